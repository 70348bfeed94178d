import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AutomlError } from "../../src/core/errors.ts";
import { isNumberColumn, type Column } from "../../src/core/table.ts";
import { guessTarget } from "../../src/data/guess-target.ts";
import { openFile } from "../../src/data/open-file.ts";
import type { SeenColumn, SeenTable } from "./judge.ts";

/** A table, or the code of the error. */
export type Seen = SeenTable | { readonly error: string; readonly message: string };

/** Reads a file as a run does, every column with the type it was given. */
export async function seeByReading(path: string): Promise<Seen> {
  try {
    const source = await openFile(path);
    try {
      const { rows, dialect, columns } = await source.inspect();
      const wanted = columns.map(({ name, type, format }) => ({ name, type, format }));
      const { table } = await source.load({ columns: wanted, lenient: true });
      const seen = columns.map((column, c) => ({
        ...pick(column),
        values: valuesOf(table.columns[c]!),
      }));
      return { rows, header: dialect?.header ?? null, target: guess(columns), columns: seen };
    } finally {
      source.close();
    }
  } catch (error) {
    return refusal(error);
  }
}

function guess(columns: Parameters<typeof guessTarget>[0]): string | null {
  try {
    return guessTarget(columns).name;
  } catch {
    return null;
  }
}

function pick(column: object): SeenColumn {
  const { name, type, role, missing, misfits, format } = column as SeenColumn & {
    readonly misfits?: unknown;
  };
  return {
    name,
    type,
    role,
    missing,
    ...(typeof misfits === "number" ? { misfits } : {}),
    ...(format === undefined ? {} : { format }),
  };
}

function valuesOf(column: Column): (SeenColumn["values"] & object) | null {
  if (!isNumberColumn(column)) return null;
  const known = [...column.values].filter((value) => !Number.isNaN(value));
  const sum = known.reduce((total, value) => total + value, 0);
  return {
    mean: sum / known.length,
    lowest: known.reduce((low, value) => Math.min(low, value), Infinity),
    highest: known.reduce((high, value) => Math.max(high, value), -Infinity),
  };
}

function refusal(error: unknown): Seen {
  if (error instanceof AutomlError) return { error: error.code, message: error.message };
  return { error: "none", message: String(error) };
}

/** What `automl train` wrote into run.json, or the code it ended with. */
export function seeByTraining(
  automl: string,
  path: string,
  { budget, out }: { readonly budget: number; readonly out: string },
): Seen & { readonly trials?: number } {
  const flags = ["--time-budget", String(budget), "--out", out, "--quiet"];
  const ended = spawnSync(process.execPath, [automl, "train", path, ...flags], {
    encoding: "utf8",
    timeout: 1000 * (4 * budget + 60),
  });
  const record = join(out, "run.json");
  if (ended.status !== 0 || !existsSync(record)) return failure(ended);
  const { data, target, columns, trials } = JSON.parse(readFileSync(record, "utf8")) as Run;
  return {
    rows: data.rows + data.rowsWithoutTarget,
    header: null,
    target: target.name,
    columns: columns.map(pick),
    trials: trials.filter(({ status }) => status === "completed").length,
  };
}

interface Run {
  readonly data: { readonly rows: number; readonly rowsWithoutTarget: number };
  readonly target: { readonly name: string };
  readonly columns: readonly object[];
  readonly trials: readonly { readonly status: string }[];
}

/** What `automl explore --json` said, or the code it ended with. */
export function seeByExploring(automl: string, path: string, out: string): Seen {
  const ended = spawnSync(process.execPath, [automl, "explore", path, "--out", out, "--json"], {
    encoding: "utf8",
    timeout: 180_000,
    maxBuffer: 1 << 28,
  });
  if (ended.status !== 0) return failure(ended);
  const events = ended.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Event);
  const read = events.find(({ type }) => type === "data-read");
  const explored = events.find(({ type }) => type === "explored");
  if (read?.rows === undefined || explored?.columns === undefined) {
    return { error: "none", message: "nothing was explored" };
  }
  return {
    rows: read.rows,
    header: null,
    target: explored.target?.name ?? null,
    columns: explored.columns.map(pick),
  };
}

interface Event {
  readonly type: string;
  readonly rows?: number;
  readonly target?: { readonly name: string } | null;
  readonly columns?: readonly object[];
}

export function hasExplore(automl: string): boolean {
  return spawnSync(process.execPath, [automl, "explore", "--help"]).status === 0;
}

function failure(ended: {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}): { readonly error: string; readonly message: string } {
  const code = /AUTOML_[A-Z_]+/.exec(ended.stderr + ended.stdout)?.[0];
  const how = ended.signal ?? `exit ${ended.status}`;
  return { error: code ?? "none", message: `${how}: ${ended.stderr.trim().slice(-300)}` };
}
