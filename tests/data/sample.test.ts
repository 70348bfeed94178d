import { describe, expect, it } from "vitest";
import { sharedInt32 } from "../../src/core/table.ts";
import { DuckSession } from "../../src/data/duck-session.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { inspectFile, loadTable } from "../../src/data/open-file.ts";
import { splitCsv, splitFromCsv } from "../../src/data/split-csv.ts";
import { lotOf } from "../../src/data/text/sample-rows.ts";
import { temporaryFile, temporaryPath } from "./temporary.ts";

const rows = Array.from({ length: 2000 }, (_, i) => i + 1);
const columns = [{ name: "x", type: "numeric" as const }];
const sample = { fraction: 0.2, seed: 3 };
const csv = temporaryFile(`x,y\n${rows.map((x) => `${x},"a\nb"`).join("\n")}\n`);

describe("a sample", () => {
  it("holds about the share that is wanted, and rows by number", async () => {
    const { table, fileRows } = await loadTable(csv, { columns, sample });
    expect(fileRows).toBe(table.rows);
    expect(table.rows / rows.length).toBeCloseTo(0.2, 1);
    // x is the number of its row.
    expect(table.columns[0]).toMatchObject({ values: Float64Array.from(table.rowNumbers) });
    const wanted = rows.filter((row) => lotOf(row, 3) < 0.2 * 2 ** 31);
    expect(Array.from(table.rowNumbers)).toEqual(wanted);
  });

  it("does not depend on threads, or on the format of the file", async () => {
    const parquet = temporaryPath("x.parquet");
    const session = await DuckSession.open();
    await session.run(
      `COPY (SELECT i AS x FROM range(1, 2001) t(i)) TO '${parquet}' (ROW_GROUP_SIZE 300)`,
    );
    session.close();
    const lines = temporaryFile(rows.map((x) => JSON.stringify({ x })).join("\n"), "x.ndjson");
    const numbers = async (path: string, threads: number) => {
      const { table } = await loadTable(path, { columns, sample, threads });
      return [Array.from(table.rowNumbers), table.columns[0]];
    };
    const expected = await numbers(csv, 1);
    for (const path of [csv, parquet, lines]) expect(await numbers(path, 4)).toEqual(expected);
  });

  it("is as large as memory allows, and said", async () => {
    const wanted = { fitting: 9000, drawn: 5000, memoryBytes: 3e8, seed: 1 };
    const seen = await inspectFile(csv, { sample: wanted });
    expect(seen.fileRows).toBe(2000);
    expect(seen.sample).toEqual({ fraction: expect.closeTo(0.23, 1) as number, seed: 1 });
    expect(seen.rows).toBe(seen.rowNumbers!.length);
    // Less when there is little time for what is drawn.
    const hasty = await inspectFile(csv, { sample: { ...wanted, seconds: 0.002 } });
    expect(hasty.rows).toBeLessThan(0.6 * seen.rows);
    // The share that is said gives the same rows again.
    const { table } = await loadTable(csv, { columns, sample: seen.sample! });
    expect(Array.from(table.rowNumbers)).toEqual(Array.from(seen.rowNumbers!));
    const roomy = { ...wanted, fitting: 1e6 };
    expect((await inspectFile(csv, { sample: roomy })).sample).toBeNull();
    // What fits is drawn from only where there is more than can be used in time, and never below 100,000 rows.
    const short = { ...roomy, trainingSeconds: 1e-9 };
    expect((await inspectFile(csv, { sample: short })).sample).toBeNull();
    await expect(inspectFile(csv, { sample: { fraction: 1e-6, seed: 1 } })).rejects.toMatchObject({
      code: "AUTOML_FILE_EMPTY",
    });
  });

  it("lists its rows in split.csv, and only them", async () => {
    const { table } = await loadTable(csv, { columns, target: "x", sample });
    const spec = {
      kind: "random",
      test: 0.2,
      folds: 3,
      repeats: 1,
      stratify: true,
      seed: 1,
    } as const;
    const split = makeSplit(table, "x", spec);
    const text = splitCsv(split, table, table.rowNumbers);
    const listed = text
      .split("\n")
      .slice(1, -1)
      .map((line) => Number(line.split(",")[0]));
    expect(listed).toEqual(Array.from(table.rowNumbers));
    const again = splitFromCsv(text, table);
    expect(again.test).toEqual(split.test);
    expect(again.folds).toEqual(split.folds);
  });

  it("refuses one list in JSON, which has to be read whole", async () => {
    const path = temporaryFile(JSON.stringify(rows.map((x) => ({ x }))), "x.json");
    await expect(inspectFile(path, { sample })).rejects.toMatchObject({
      code: "AUTOML_TABLE_TOO_LARGE",
    });
  });
});

describe("lotOf", () => {
  it("is even, and other for other seeds", () => {
    const counts = sharedInt32(10);
    for (let row = 1; row <= 50_000; row++) counts[Math.floor((lotOf(row, 1) / 2 ** 31) * 10)]!++;
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(300);
    const same = rows.filter((row) => lotOf(row, 1) < 2 ** 30 && lotOf(row, 2) < 2 ** 30).length;
    expect(Math.abs(same - 500)).toBeLessThan(80);
  });
});

describe("Parquet types", () => {
  it("are respected: texts of digits stay texts, unless the user says otherwise", async () => {
    const path = temporaryPath("t.parquet");
    const session = await DuckSession.open();
    await session.run(
      `COPY (SELECT (i % 7 + 10)::VARCHAR AS zip, i / 8 AS size, i % 2 = 0 AS ok, DATE '2024-01-01' + (i * 3)::INTEGER AS day
        FROM range(200) t(i)) TO '${path}'`,
    );
    session.close();
    const { columns: seen } = await inspectFile(path);
    expect(seen.map(({ type }) => type)).toEqual(["category", "numeric", "boolean", "date"]);
    expect(seen[0]!.reason).toContain("VARCHAR in the file");
    expect(seen[1]!.reason).toContain("DOUBLE in the file");
  });
});

it("of a long file that fits, the rows that can be used in the time are drawn", async () => {
  const rows = 400_000;
  const cells = Array.from({ length: rows }, (_, row) => `${row % 97},${row % 89},${row % 83}`);
  const path = temporaryFile(`a,b,c\n${cells.join("\n")}\n`);
  const limit = { fitting: 1e9, drawn: 1e9, memoryBytes: 1e9, seed: 3 };
  expect((await inspectFile(path, { sample: limit })).sample).toBeNull();
  const hasty = await inspectFile(path, { sample: { ...limit, trainingSeconds: 0.01 } });
  expect(hasty.sample).toMatchObject({ seed: 3 });
  expect(hasty.fileRows).toBe(rows);
  expect(hasty.rows).toBeGreaterThan(90_000);
  expect(hasty.rows).toBeLessThan(110_000);
  const longer = await inspectFile(path, { sample: { ...limit, trainingSeconds: 8 } });
  expect(longer.rows).toBeGreaterThan(hasty.rows);
  expect(
    (await inspectFile(path, { sample: { ...limit, trainingSeconds: 60 } })).sample,
  ).toBeNull();
});
