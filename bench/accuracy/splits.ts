import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Random } from "../../src/core/random.ts";
import { parseCsv } from "../csv-column.ts";

/** Sets of fewer rows are split again: one split of so few says little. */
const fewRows = 2000;

/** A set of the benchmark with its two files. */
export interface BenchmarkSplit {
  readonly set: string;
  readonly resplit: number;
  readonly target: string;
  readonly train: string;
  readonly test: string;
  readonly trainRows: number;
  /** What a system that takes it gets: `--time-col` or `--group-col` with the column. */
  readonly column: readonly [option: string, column: string] | null;
}

interface CatalogEntry {
  readonly name: string;
  readonly target: string;
  readonly train_rows: number;
  readonly test_rows: number;
  readonly option?: string;
  readonly column?: string;
}

/** The given splits of all sets, each followed by its reshuffled ones if it has few rows. */
export function benchmarkSplits(
  benchmark: string,
  options: { readonly ordered: boolean; readonly resplits: number; readonly scratch: string },
): BenchmarkSplit[] {
  const folder = options.ordered ? join(benchmark, "splits-ordered") : join(benchmark, "splits");
  const catalogFolder = options.ordered ? folder : benchmark;
  const catalog = JSON.parse(
    readFileSync(join(catalogFolder, "catalog.json"), "utf8"),
  ) as CatalogEntry[];
  return catalog.flatMap(({ name, target, train_rows, test_rows, option, column }) => {
    const given: BenchmarkSplit = {
      set: name,
      resplit: 0,
      target,
      train: join(folder, `${name}.train.csv.gz`),
      test: join(folder, `${name}.test.csv.gz`),
      trainRows: train_rows,
      column: option === undefined || column === undefined ? null : [option, column],
    };
    const count = !options.ordered && train_rows + test_rows < fewRows ? options.resplits : 0;
    const again = Array.from({ length: count }, (_, i) => {
      const file = (part: string): string =>
        join(options.scratch, "resplits", `${name}-${i + 1}.${part}.csv`);
      return { ...given, resplit: i + 1, train: file("train"), test: file("test") };
    });
    return [given, ...again];
  });
}

/** Writes the files of a reshuffled split, if they are not there: all rows of the given one, four fifths to train. */
export function writeResplit(given: BenchmarkSplit, wanted: BenchmarkSplit): void {
  if (existsSync(wanted.train) && existsSync(wanted.test)) return;
  const [header = [], ...train] = parseCsv(readText(given.train));
  const [, ...test] = parseCsv(readText(given.test));
  const parts = reshuffle([...train, ...test], `${wanted.set}/${wanted.resplit}`);
  mkdirSync(join(wanted.train, ".."), { recursive: true });
  writeFileSync(wanted.test, csvText([header, ...parts.test]));
  writeFileSync(wanted.train, csvText([header, ...parts.train]));
}

export function reshuffle<T>(rows: readonly T[], seed: string): { train: T[]; test: T[] } {
  const shuffled = new Random(`resplit/${seed}`).shuffle([...rows]);
  const count = Math.round(0.8 * rows.length);
  return { train: shuffled.slice(0, count), test: shuffled.slice(count) };
}

export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

export function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/**
 * The same split with column names that every peer can take (LightGBM refuses some characters, and so does all that is
 * built on it); itself where there are none to change.
 */
export function withPlainNames(split: BenchmarkSplit, scratch: string): BenchmarkSplit {
  const plain = (name: string): string => name.replace(/[",:[\]{}]/g, "_");
  const copy = (path: string): string => {
    const [header = [], ...rows] = parseCsv(readText(path));
    const file = join(scratch, "plain-names", basename(path).replace(/\.gz$/, ""));
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, csvText([header.map(plain), ...rows]));
    return file;
  };
  const [header = []] = parseCsv(readText(split.train));
  if (header.every((name) => plain(name) === name)) return split;
  const { target, train, test, column } = split;
  return {
    ...split,
    target: plain(target),
    train: copy(train),
    test: copy(test),
    column: column === null ? null : [column[0], plain(column[1])],
  };
}

/** The target's values in a file; NaN for empty cells. */
export function readTarget(path: string, target: string): number[] {
  const [header = [], ...rows] = parseCsv(readText(path));
  const column = header.indexOf(target);
  if (column < 0) throw new Error(`${path} has no column ${target}`);
  return rows.map((row) => {
    const text = row[column]?.trim() ?? "";
    return text === "" ? NaN : Number(text);
  });
}

/** Test RMSE of the training mean: what a failed run counts as. */
export function constantError(split: BenchmarkSplit): number {
  const known = (values: number[]): number[] => values.filter((value) => !Number.isNaN(value));
  const train = known(readTarget(split.train, split.target));
  const test = known(readTarget(split.test, split.target));
  const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
  return Math.sqrt(test.reduce((sum, value) => sum + (value - mean) ** 2, 0) / test.length);
}
