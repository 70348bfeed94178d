import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { AutomlError } from "../../core/errors.ts";
import type { FeatureSpec, TargetSpec } from "../../core/trial-spec.ts";
import { isPattern } from "../../data/expand-pattern.ts";
import type { SampleSpec } from "../../core/reading.ts";
import type { ColumnRequest } from "../../data/cell-sql.ts";
import type { DataTable } from "../../data/data-table.ts";
import { featureSpecs } from "../../preprocess/features/feature-specs.ts";
import type { Computed } from "../../preprocess/features/computed.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import { columnsOfFeatures } from "../input-columns.ts";
import { scriptContext } from "./context.ts";
import { loadThroughCache } from "./table-cache.ts";

/** A table read from a file, and what it was read for. */
export interface LoadedTable extends DataTable<readonly Feature[]> {
  readonly kind: "table";
  /** File name of the data. */
  readonly name: string;
  /** Rows of the file that have no target and are not in the table. */
  readonly rowsWithoutTarget: number;
}

/** A table whose columns the compiler knows. */
export interface ScriptTable<F extends readonly Feature[]> extends LoadedTable {
  readonly features: F;
  /** Phantom, never present at run time: lets the compiler see whether the columns of a trial were read. */
  readonly holds?: (column: FileColumn<F[number], string>) => void;
}

/** Any table in which the columns of the features were read. */
export interface TableWith<F extends readonly Feature[]> extends LoadedTable {
  readonly holds?: (column: FileColumn<F[number], never>) => void;
}

/** Names of the columns that features read from the file; `Unknown` when the compiler does not know them. */
type FileColumn<G extends Feature, Unknown> = string extends G["column"]
  ? Unknown
  : G extends Feature<string, Computed>
    ? never
    : G["column"];

export interface ReadTableOptions<F extends readonly Feature[]> {
  /** The columns to read: one line each. */
  readonly features: F;
  readonly target: TargetSpec;
  /** Columns that are read and are no features: to divide the rows by. A line for each, as for a feature. */
  readonly also?: readonly Feature[];
  /** Whether the first line names the columns; left out: it is looked at. */
  readonly header?: boolean;
  /** Rows to draw by their numbers, from a file larger than memory; left out: all rows. */
  readonly sample?: SampleSpec;
  /** Of the file the script was written for, in hex; the first 8 digits or more. */
  readonly sha256?: string;
}

/**
 * Reads the columns that the features name, the target, and its weights from a data file: CSV or TSV (also .gz), Parquet, JSON,
 * NDJSON. The path is relative to the script's folder (in a notebook: to the notebook's). Rows without a target are left
 * out. Columns come in the file's order, whatever the order of the lines.
 *
 * Throws AUTOML_FILE_CHANGED when the file is not the one that `sha256` names, and what the reader throws.
 *
 * @example
 * const table = await readTable("houses.csv", { features, target: target("price") });
 */
export async function readTable<const F extends readonly Feature[]>(
  path: string,
  options: ReadTableOptions<F>,
): Promise<ScriptTable<F>> {
  const { features, target, also = [], header, sample } = options;
  if (!isAbsolute(path)) scriptContext().dataPaths.add(path);
  const file = resolveData(path);
  const lines = featureSpecs(features, target.column);
  const others = featureSpecs(also, target.column);
  const columns = [
    ...requestsOf([...lines, ...others], target.weight),
    { name: target.column, type: "numeric" as const, format: target.format },
  ];
  const { table, rowsWithoutTarget } = await loadThroughCache(file, columns, target.column, {
    ...(header === undefined ? {} : { header }),
    ...(sample === undefined ? {} : { sample }),
  });
  if (options.sha256 !== undefined) requireSame(file, table.sha256, options.sha256);
  return Object.freeze({
    ...table,
    kind: "table" as const,
    name: basename(file),
    features,
    target: target.column,
    ...(target.weight === undefined ? {} : { weight: target.weight }),
    rowsWithoutTarget,
  });
}

/** The columns of all lines, those of the features first, and that of the weights as numbers. */
function requestsOf(lines: readonly FeatureSpec[], weight: string | undefined): ColumnRequest[] {
  const requests = columnsOfFeatures(lines);
  if (weight === undefined) return requests;
  const given = requests.find(({ name }) => name === weight);
  const format = given?.type === "numeric" ? given.format : undefined;
  const numbers = { name: weight, type: "numeric", format } as const;
  return [...requests.filter((request) => request !== given), numbers];
}

/** From the script's folder; programs may also mean their working directory. */
function resolveData(path: string): string {
  const beside = resolve(scriptContext().folder, path);
  return isThere(beside) || !isThere(path) ? beside : resolve(path);
}

/** A pattern stands for files that the reader looks for. */
function isThere(path: string): boolean {
  return isPattern(path) ? existsSync(dirname(path)) : existsSync(path);
}

function requireSame(file: string, found: string, wanted: string): void {
  if (wanted.length >= 8 && found.startsWith(wanted.toLowerCase())) return;
  throw new AutomlError(
    "AUTOML_FILE_CHANGED",
    `${basename(file)} is not the file this script was written for: its scores would be other ones.`,
    {
      hint: `Bring the old file back, or remove the sha256 line to go on with this one (${found.slice(0, 8)}…).`,
      details: { file, found, wanted },
    },
  );
}
