import { describe, expect, it } from "vitest";
import type { ColumnSchema } from "../../src/core/schema.ts";
import { inspectFile } from "../../src/data/open-file.ts";
import { csvOf, two } from "./inspect-columns.ts";
import { temporaryFile } from "./temporary.ts";

const rows = 60;

async function inspect(
  columns: Parameters<typeof csvOf>[0],
  count = rows,
): Promise<Map<string, ColumnSchema>> {
  const inspection = await inspectFile(temporaryFile(csvOf(columns, count)));
  return new Map(inspection.columns.map((column) => [column.name, column]));
}

const word = (row: number) => `w${(row * 7919) % 100_003}`;

describe("numbers", () => {
  it("are told with their missing markers, and guarded against what only looks like one", async () => {
    const found = await inspect({
      plain: (row) => `${row * 1.5 - 3}`,
      forms: (row) => [".5", "-3.", "+2e-3", " 7 ", "1E5"][row % 5]!,
      markers: (row) => ["1", "2", "NA", "?", "-", "None", "nan", "", "#N/A", "null"][row % 10]!,
      underscores: (row) => ["1_000", "2_000", "x"][row % 3]!,
      infinite: (row) => ["inf", "1e999", "nan", "x", "1"][row % 5]!,
      codes: (row) => ["007", "123", "042"][row % 3]!,
      hours: (row) => two(row % 24),
      long: (row) => `${12345678901234560000n + BigInt(row % 9)}`,
      constant: () => "5",
      sameNumber: (row) => (row % 2 ? "0" : "0.0"),
    });
    expect(
      Object.fromEntries([...found].map(([name, { type, role }]) => [name, `${type} ${role}`])),
    ).toEqual({
      plain: "numeric feature",
      forms: "numeric feature",
      markers: "numeric feature",
      underscores: "category feature",
      infinite: "category feature",
      codes: "category feature",
      hours: "numeric feature",
      long: "category feature",
      constant: "numeric constant",
      sameNumber: "numeric constant",
    });
    expect(found.get("markers")).toMatchObject({ missing: 48, distinct: 2 });
    expect(found.get("codes")!.reason).toContain("leading zeros");
    expect(found.get("forms")!.reason).toBe("All 60 filled cells are numbers.");
  });

  it("may have a few cells that are none: they become missing, and the reason counts them", async () => {
    const found = await inspect({ x: (row) => (row === 7 ? "1184. 27" : `${row / 4}`) }, 200);
    expect(found.get("x")).toMatchObject({
      type: "numeric",
      missing: 1,
      reason: "199 of 200 filled cells are numbers and the other 1 count as missing.",
    });
  });
});

describe("booleans", () => {
  it("are two values of that sort in any case, and nothing else", async () => {
    const found = await inspect({
      yes: (row) => ["Yes", "no", "YES", "NA", "-"][row % 5]!,
      tf: (row) => (row % 3 ? "T" : "F"),
      truth: (row) => (row % 3 ? "true" : "False"),
      sex: (row) => (row % 2 ? "M" : "F"),
      one: () => "yes",
      mixed: (row) => ["yes", "no", "maybe"][row % 3]!,
      bits: (row) => `${row % 2}`,
    });
    expect(
      [...found.values()].map((column) => `${column.name} ${column.type} ${column.role}`),
    ).toEqual([
      "yes boolean feature",
      "tf boolean feature",
      "truth boolean feature",
      "sex category feature",
      "one category constant",
      "mixed category feature",
      "bits numeric feature",
    ]);
    expect(found.get("yes")).toMatchObject({ missing: 24, distinct: 2 });
  });
});

describe("dates", () => {
  it("get the format that fits the whole column", async () => {
    const month = (row: number) => ["Jan", "Feb", "Mar"][row % 3]!;
    const found = await inspect({
      iso: (row) => `2024-01-${two((row % 28) + 1)}`,
      dayFirst: (row) => `${(row % 28) + 1}/2/2024`,
      monthFirst: (row) => `2/${(row % 28) + 1}/2024`,
      dots: (row) => `${two((row % 28) + 1)}.02.2024`,
      time: (row) => `2024-01-02 ${two(row % 24)}:30:00`,
      zone: (row) => `2024-01-02T${two(row % 24)}:30:00Z`,
      offset: (row) => `2024-01-02T${two(row % 24)}:30:00+01:00`,
      fraction: (row) => `2024-01-02T03:04:05.${two(row)}`,
      ampm: (row) => `1/${(row % 28) + 1}/2024 3:04 ${row % 2 ? "PM" : "AM"}`,
      short: (row) => `${(row % 28) + 1}-${month(row)}-24`,
      words: (row) => `${month(row)} ${(row % 28) + 1}, 2024`,
      compact: (row) => `201401${two((row % 28) + 1)}`,
      stamp: (row) => `201401${two((row % 28) + 1)}T000000`,
      missing: (row) => (row % 2 ? "NA" : `2024-01-${two((row % 28) + 1)}`),
    });
    expect(
      Object.fromEntries([...found].map(([name, { type, format }]) => [name, [type, format]])),
    ).toEqual({
      iso: ["date", "%Y-%m-%d"],
      dayFirst: ["date", "%d/%m/%Y"],
      monthFirst: ["date", "%m/%d/%Y"],
      dots: ["date", "%d.%m.%Y"],
      time: ["date", "%Y-%m-%d %H:%M:%S"],
      zone: ["date", "%Y-%m-%dT%H:%M:%SZ"],
      offset: ["date", "%Y-%m-%dT%H:%M:%S%z"],
      fraction: ["date", "%Y-%m-%dT%H:%M:%S.%f"],
      ampm: ["date", "%m/%d/%Y %I:%M %p"],
      short: ["date", "%d-%b-%y"],
      words: ["date", "%b %d, %Y"],
      compact: ["date", "%Y%m%d"],
      stamp: ["date", "%Y%m%dT%H%M%S"],
      missing: ["date", "%Y-%m-%d"],
    });
    expect(found.get("missing")!.missing).toBe(30);
    expect(found.get("dayFirst")!.reason).toContain("days above 12");
  });

  it("are read in the order of time when day and month could be either way round", async () => {
    const found = await inspect({
      dayFirst: (row) => `${two((row % 12) + 1)}/${two(Math.floor(row / 12) + 1)}/2024`,
      monthFirst: (row) => `${two(Math.floor(row / 12) + 1)}/${two((row % 12) + 1)}/2024`,
      open: (row) => `0${(row % 2) + 1}/0${(Math.floor(row / 2) % 2) + 1}/2024`,
    });
    expect(found.get("dayFirst")).toMatchObject({ format: "%d/%m/%Y" });
    expect(found.get("monthFirst")).toMatchObject({ format: "%m/%d/%Y" });
    expect(found.get("open")!.reason).toContain("could be the other way round");
  });

  it("are not numbers, versions or impossible days", async () => {
    const found = await inspect({
      version: (row) => `1.${row % 9}.${row % 5}`,
      impossible: (row) => `2024-13-${two((row % 28) + 1)}`,
      amount: (row) => `${20_150_000 + row * 7919}`,
      phone: (row) => `555-${1000 + row}`,
    });
    expect([...found.values()].map((column) => column.type)).toEqual([
      "category",
      "category",
      "numeric",
      "category",
    ]);
  });
});

describe("texts", () => {
  it("are levels, free text or labels of rows", async () => {
    const found = await inspect({
      city: (row) => ["Oslo", "Rome", "NA", "None", "-"][row % 5]!,
      title: (row) => `the ${word(row)} and the ${word(row + 1)}`,
      note: (row) => `${word(row % 40)} `.repeat(12),
      code: (row) => `AB-${word(row)}`,
      person: (row) => `First${row % 20} Last${row % 29}`,
    });
    expect(
      [...found.values()].map((column) => `${column.name} ${column.type} ${column.role}`),
    ).toEqual([
      "city category feature",
      "title text feature",
      "note text feature",
      "code category identifier",
      "person category feature",
    ]);
    // "None" and "-" are levels here, "NA" is not.
    expect(found.get("city")).toMatchObject({ missing: 12, distinct: 4 });
    expect(found.get("title")!.reason).toBe(
      "60 different texts in 60 cells, 5.0 words each on average: free text.",
    );
  });
});

describe("roles", () => {
  it("set aside what labels rows, is constant or empty, and keep what only looks like it", async () => {
    const found = await inspect({
      "": (row) => `${row}`,
      "house id": (row) => `${1000 + ((row * 37) % 61) * 13}`,
      sample: (row) => `${Math.floor(((row * 37) % 61) * 1.25)}`,
      year: (row) => `${1960 + row}`,
      amount: (row) => `${((row * 37) % 61) * 1000}`,
      width: (row) => `${((row * 37) % 61) * 3}`,
      nothing: () => "",
      rare: (row) => (row === 3 ? "1" : row === 4 ? "2" : "NA"),
      constant: () => "x",
    });
    expect(Object.fromEntries([...found].map(([name, { role }]) => [name, role]))).toEqual({
      column1: "identifier",
      "house id": "identifier",
      sample: "identifier",
      year: "feature",
      amount: "feature",
      width: "feature",
      nothing: "unused",
      rare: "unused",
      constant: "constant",
    });
    for (const column of found.values()) expect(column.reason).toMatch(/\d.*\.$/);
  });
});

it("wide tables are read in several queries and stay in order", async () => {
  const names = Array.from({ length: 60 }, (_, c) => `f${c}`);
  const csv = `${names.join(",")}\n${Array.from({ length: 30 }, (_, row) => names.map((_name, c) => row * c + 0.5).join(",")).join("\n")}\n`;
  const { columns } = await inspectFile(temporaryFile(csv));
  expect(columns.map((column) => column.name)).toEqual(names);
  expect(columns.filter((column) => column.role === "feature")).toHaveLength(59);
});
