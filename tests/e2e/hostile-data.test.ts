import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/core/run-record.ts";
import { Random } from "../../src/core/random.ts";
import { automl, ended, expectError } from "./automl.ts";

const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

/** What must do nothing wherever it gets: in code, HTML, CSV, JSON, SQL, templates, paths, terminals, prototypes. */
const hostile = [
  'it\'s "quoted"',
  "back`tick`",
  "${process.exit(9)}",
  "</script><script>alert(1)</script>",
  "__proto__",
  "constructor",
  "toString",
  "4046",
  "4225",
  "line\nbreak",
  "old\rbreak",
  "paragraph\u2028separator\u2029",
  "\u202Eright to left\u2066",
  "*/ code(); /*",
  "// comment",
  "back\\slash\\",
  "{{mustache}} {{{triple}}}",
  "<!-- comment",
  "<img src=x onerror=alert(1)>",
  "$& $1 %s",
  "=1+1",
  "../../up",
  "a|b;c\td",
  "\u001b[31mred\u0007",
  " spaces ",
  "null",
  "NaN",
  "; DROP TABLE raw; --",
  "'; SELECT 1; --",
  "😀",
  "long".repeat(2500),
  `${"long".repeat(2499)}tail`,
];

/** CSV text; null is an empty cell. */
function csv(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cell = (text: string | null): string =>
    text === null ? "" : /[",\n\r\t;|]|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [header, ...rows].map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}

const random = new Random("hostile");
const number = (): string => (10 * random.next()).toFixed(3);
const pick = (values: readonly string[]): string => values[random.integer(values.length)]!;
const rowsOf = <T>(count: number, row: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => row(i));

interface DataSet {
  readonly name: string;
  readonly file?: string;
  readonly target: string;
  readonly text: string;
  readonly rows: number;
  readonly trials: number;
  /** All of them unless said. */
  readonly families?: string;
}

const dataSets: readonly DataSet[] = [
  {
    name: "columns with hostile names",
    // A name that another column has in other letters, twice over, and no name at all.
    ...withTarget('price`${1}`\n</script>\u202E"', [
      ...hostile,
      "PRICE",
      "Price",
      "Price",
      "",
      "empty",
    ]),
    rows: 60,
    trials: 9,
    families:
      "mean,ridge,polynomialRidge,huber,nearestNeighbors,decisionTree,gradientBoosting,randomForest,mlRandomForest",
  },
  {
    name: "categories with hostile levels",
    file: "it's `${1}` <b>;\"\n\u202E.csv",
    target: "constructor",
    text: csv(
      ["__proto__", "4046", "day", "note", "toString", "constructor"],
      rowsOf(96, (i) => [
        hostile[i % 4]!,
        hostile[i % hostile.length]!,
        `2024-0${1 + (i % 9)}-1${i % 10}`,
        `${pick(hostile)} number ${i} of many ${pick(hostile)}`,
        pick(["yes", "no"]),
        (i % 4) + Number(number()) + "",
      ]),
    ),
    rows: 96,
    trials: 12,
  },
  {
    name: "25 rows x 3 columns",
    target: "price",
    text: csv(
      ["a", "b", "price"],
      rowsOf(25, () => [number(), number(), number()]),
    ),
    rows: 25,
    trials: 8,
  },
  {
    name: "nothing but a unique text",
    target: "price",
    text: csv(
      ["note", "price"],
      rowsOf(40, (i) => [
        `note ${i} says ${number()} and ${number()}, and no other does`,
        number(),
      ]),
    ),
    rows: 40,
    trials: 4,
    families: "linear,nearestNeighbors,decisionTree,gradientBoosting",
  },
  {
    name: "nothing but dates",
    target: "price",
    text: csv(
      ["day", "price"],
      rowsOf(40, (i) => [new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10), number()]),
    ),
    rows: 40,
    trials: 4,
    families: "linear,nearestNeighbors,decisionTree,gradientBoosting",
  },
  {
    name: "nothing but categories, one of them nearly empty",
    target: "price",
    text: csv(
      ["a", "b", "c", "price"],
      rowsOf(60, (i) => [pick(["x", "y"]), pick(["u", "v", "w"]), i % 7 ? null : "z", number()]),
    ),
    rows: 60,
    trials: 4,
    families: "linear,nearestNeighbors,decisionTree,gradientBoosting",
  },
  {
    name: "200 columns x 60 rows",
    target: "price",
    text: csv(
      [...rowsOf(200, (c) => `f${c}`), "price"],
      rowsOf(60, () => rowsOf(201, number)),
    ),
    rows: 60,
    trials: 2,
    families: "ridge,gradientBoosting",
  },
];

/** Columns of numbers with these names before a target that follows the first of them. */
function withTarget(target: string, names: readonly string[]): { target: string; text: string } {
  const rows = rowsOf(60, () => {
    const cells: (string | null)[] = names.map(number);
    const [first] = cells;
    cells[names.length - 1] = null;
    return [...cells, (3 * Number(first) + random.next()).toFixed(3)];
  });
  return { target, text: csv([...names, target], rows) };
}

/** Characters that steer a terminal or turn the order of its text around. */
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe("hostile data", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "automl-hostile-"));
  const seen = mkdtempSync(join(tmpdir(), "automl-hostile-seen-"));
  afterAll(() => {
    for (const made of [folder, seen]) rmSync(made, { recursive: true, force: true });
  });

  it.concurrent.each(dataSets)("trains, verifies and predicts: $name", async ({ name, ...set }) => {
    const run = name.replaceAll(/\W+/g, "-");
    const data = set.file ?? `${run}.csv`;
    writeFileSync(join(folder, data), set.text);
    const args = [`--target=${set.target}`, "--max-trials", String(set.trials), "--out", run];
    if (set.families !== undefined) args.push("--families", set.families);
    const trained = await automl(folder, "train", data, ...args);
    expect(trained.status, trained.stderr).toBe(0);
    expect(trained.stdout).not.toMatch(steering);
    expect(trained.stderr).not.toMatch(steering);
    expectHarmless(join(folder, run));

    const verified = await automl(folder, "verify", run);
    expect(verified.stdout).toMatch(
      / (\d+) of \1 scripts give the recorded scores to the last bit/,
    );
    expect(verified.status).toBe(0);

    const explored = await automl(folder, "run", `${run}/explore.ts`);
    expect(explored.status, explored.stderr).toBe(0);
    expect(explored.stdout + explored.stderr).not.toMatch(steering);

    const place = join(seen, run);
    const looked = await automl(folder, "explore", data, `--target=${set.target}`, "--out", place);
    expect(looked.status, looked.stderr).toBe(0);
    expect(looked.stdout + looked.stderr).not.toMatch(steering);
    expectHarmlessPage(join(place, "explore.html"));
    expectHarmlessScript(place, "explore");

    const predicted = await automl(folder, "predict", run, data, "--out", `${run}-out.csv`);
    expect(predicted.status, predicted.stderr).toBe(0);
    expect(predicted.stdout + predicted.stderr).not.toMatch(steering);
    const [head, ...lines] = readFileSync(join(folder, `${run}-out.csv`), "utf8")
      .trim()
      .split("\n");
    expect(head).toBe("prediction");
    expect(lines).toHaveLength(set.rows);
    expect(lines.every((line) => line !== "" && Number.isFinite(Number(line)))).toBe(true);
  });

  it("gives scripts that type-check", async () => {
    const runs = readdirSync(folder).filter((name) => !name.endsWith(".csv"));
    expect(runs).toHaveLength(dataSets.length);
    const include = runs.flatMap((run) => [
      `${run}/trials/*/*.ts`,
      `${run}/best/*.ts`,
      `${run}/explore.ts`,
    ]);
    const settings = { extends: `./${runs[0]!}/tsconfig.json`, include };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    const checked = await ended(folder, [compiler, "--noEmit", "-p", "."]);
    expect(checked).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("never becomes markup, a path or a property of the wrong thing", () => {
    const run = join(folder, "columns-with-hostile-names");
    const { columns, target } = readRecord(run);
    const [first] = dataSets;
    expect(target.name).toBe(first!.target);
    const names = columns.map((column) => column.name);
    expect(names).toEqual(
      // Blanks around a name are cut off, and said.
      expect.arrayContaining([
        ...hostile.map((name) => name.trim()),
        "PRICE",
        "Price",
        "Price_2",
        "column36",
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(columns.find((column) => column.name === "empty")?.role).toBe("unused");
  });

  it.each([
    ["NUL bytes", "nul.csv", nulBytes(), "AUTOML_FILE_FORMAT", /binary/],
    ["columns without a value", "void.csv", noValues(), "AUTOML_NO_FEATURES", /No column/],
  ] as const)("is refused: %s", async (_, file, text, code, message) => {
    mkdirSync(join(folder, "refused"), { recursive: true });
    const place = join(folder, "refused");
    writeFileSync(join(place, file), text);
    const trained = await automl(place, "train", file, "--target", "price", "--max-trials", "14");
    expectError(trained, code, message, /\w/);
    expect(readdirSync(place)).toEqual([file]);
    rmSync(place, { recursive: true });
  });

  it("is no matter in JSON: keys that SQL and prototypes stumble over", async () => {
    const keys = ["__proto__", "constructor", "4046", "nul\0key", "it's"];
    const records = rowsOf(
      30,
      () => `{${[...keys, "price"].map((key) => `${JSON.stringify(key)}:${number()}`).join(",")}}`,
    );
    writeFileSync(join(folder, "keys.json"), `[${records.join(",")}]`);
    const args = ["--target", "price", "--max-trials", "3", "--out", "keys"];
    const trained = await automl(folder, "train", "keys.json", ...args);
    expect(trained.status, trained.stderr).toBe(0);
    expect(readRecord(join(folder, "keys")).columns.map(({ name }) => name)).toEqual([
      ...keys,
      "price",
    ]);
    expect((await automl(folder, "verify", "keys")).status).toBe(0);
    expect((await automl(folder, "predict", "keys", "keys.json")).status).toBe(0);
  });
});

function nulBytes(): string {
  return csv(
    ["a", "price"],
    rowsOf(60, () => [`x\0${pick(["a", "b"])}`, number()]),
  );
}

function noValues(): string {
  return csv(
    ["a", "b", "price"],
    rowsOf(40, () => [null, "NA", number()]),
  );
}

function readRecord(run: string): RunRecord {
  return JSON.parse(readFileSync(join(run, "run.json"), "utf8")) as RunRecord;
}

/** Nothing of the data got out of its quotes in the files of a run. */
function expectHarmless(run: string): void {
  expectHarmlessPage(join(run, "report.html"));
  expectHarmlessScript(run, "explore");
  for (const trial of readdirSync(join(run, "trials"))) {
    expect(trial).toMatch(/^\d{3}-[a-z-]+$/);
    expectHarmlessScript(join(run, "trials", trial), "trial");
  }
}

function expectHarmlessPage(path: string): void {
  const page = readFileSync(path, "utf8");
  expect(page.match(/<script\b/gi)?.length).toBe(page.match(/<\/script>/gi)?.length);
  expect(page).not.toMatch(/<script>alert|<img src=x/i);
}

function expectHarmlessScript(folder: string, name: string): void {
  const notebook = readFileSync(join(folder, `${name}.ipynb`), "utf8");
  expect(JSON.parse(notebook)).toHaveProperty("nbformat", 4);
  const script = readFileSync(join(folder, `${name}.ts`), "utf8");
  // The characters that end a line for JavaScript, or hide what a line says, are written as escapes.
  expect(script).not.toMatch(steering);
}
