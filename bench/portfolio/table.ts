import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Config } from "./config.ts";
import { readLines } from "./config.ts";
import type { Result } from "./try-config.ts";

export interface SetFacts {
  readonly name: string;
  /** Validation RMSE of the mean. */
  readonly constant: number;
  readonly rows: number;
  readonly suggested: string;
}

/** What one configuration did on one set. */
export interface Cell {
  readonly loss: number;
  /** By fold. */
  readonly losses: readonly number[];
  /** Work units of all folds of a real run. */
  readonly units: number;
}

/** Configurations that were tried on all sets x sets; null: too much work there, or failed. */
export interface ResultsTable {
  readonly sets: readonly SetFacts[];
  readonly rows: readonly { readonly config: Config; readonly cells: readonly (Cell | null)[] }[];
}

/** Out-of-fold predictions of a set's sampled rows, by configuration, and their truth. They stay out of the table. */
export interface Sample {
  readonly truth: Float32Array;
  readonly predictions: ReadonlyMap<string, Float32Array>;
}

/** Puts together what the collection left in its scratch folder. */
export function gather(scratch: string, sets: readonly string[]): ResultsTable {
  const facts = sets.flatMap((name) => readLines<SetFacts>(factsPath(scratch, name)).slice(-1));
  const results = facts.map(
    ({ name }) => new Map(readLines<Result>(resultsPath(scratch, name)).map((r) => [r.id, r])),
  );
  const tried = readLines<Config>(join(scratch, "configs.jsonl")).filter(({ id }) =>
    results.every((byId) => byId.has(id)),
  );
  const rows = tried.map((config) => ({
    config,
    cells: results.map((byId) => cellOf(byId.get(config.id))),
  }));
  return {
    sets: facts.map(({ name, constant, rows: count, suggested }) => {
      return { name, constant, rows: count, suggested };
    }),
    rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)),
  };
}

export function readSample(scratch: string, set: string): Sample {
  const [facts] = readLines<{ truth: string }>(factsPath(scratch, set)).slice(-1);
  const results = readLines<Result>(resultsPath(scratch, set));
  return {
    truth: floats(facts?.truth ?? ""),
    predictions: new Map(
      results.flatMap(({ id, predictions }) =>
        predictions === undefined ? [] : [[id, floats(predictions)]],
      ),
    ),
  };
}

/** A line for the sets, then one per configuration: [loss, units, losses by fold ...] of every set, with four digits. */
export function writeTable(path: string, { sets, rows }: ResultsTable): number {
  const lines = rows.map(({ config, cells }) => ({
    ...config,
    cells: cells.map((cell) =>
      cell === null ? null : [cell.loss, cell.units, ...cell.losses].map(fourDigits),
    ),
  }));
  const text = [{ sets }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join("");
  const packed = gzipSync(text, { level: 9 });
  writeFileSync(path, packed);
  return packed.length;
}

export function readTable(path: string): ResultsTable {
  const [first = "", ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const { sets } = JSON.parse(first) as { sets: SetFacts[] };
  const rows = lines.map((line) => {
    const { cells, ...config } = JSON.parse(line) as Config & { cells: (number[] | null)[] };
    return {
      config,
      cells: cells.map((cell): Cell | null => {
        if (cell === null) return null;
        const [loss = NaN, units = NaN, ...losses] = cell;
        return { loss, units, losses };
      }),
    };
  });
  return { sets, rows };
}

function cellOf(result: Result | undefined): Cell | null {
  if (result === undefined || result.loss === null || result.units === null) return null;
  return { loss: result.loss, units: result.units, losses: result.losses };
}

function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

function floats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return new Float32Array(new Uint8Array(bytes).buffer);
}

function resultsPath(scratch: string, set: string): string {
  return join(scratch, "results", `${set}.jsonl`);
}

function factsPath(scratch: string, set: string): string {
  return join(scratch, "results", `${set}.set.jsonl`);
}
