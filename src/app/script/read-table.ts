import { existsSync, statSync } from "node:fs";
import { basename, isAbsolute, resolve } from "node:path";
import { AutomlError } from "../../core/errors.ts";
import type { TargetSpec } from "../../core/trial-spec.ts";
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
  /** Of the file the script was written for, in hex; the first 8 digits or more. */
  readonly sha256?: string;
}

/**
 * Reads the columns that the features name, and the target, from a data file: CSV or TSV (also .gz), Parquet, JSON,
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
  const { features, target } = options;
  if (!isAbsolute(path)) scriptContext().dataPaths.add(path);
  const file = resolveData(path);
  const columns = [
    ...columnsOfFeatures(featureSpecs(features, target.column)),
    { name: target.column, type: "numeric" as const, format: target.format },
  ];
  const { table, rowsWithoutTarget } = await loadThroughCache(file, columns, target.column);
  if (options.sha256 !== undefined) requireSame(file, table.sha256, options.sha256);
  return Object.freeze({
    ...table,
    kind: "table" as const,
    name: basename(file),
    features,
    target: target.column,
    rowsWithoutTarget,
  });
}

/** From the script's folder; programs may also mean their working directory. */
function resolveData(path: string): string {
  const beside = resolve(scriptContext().folder, path);
  return existsSync(beside) || !existsSync(path) ? beside : resolve(path);
}

function requireSame(file: string, found: string, wanted: string): void {
  if (wanted.length >= 8 && found.startsWith(wanted.toLowerCase())) return;
  throw new AutomlError(
    "AUTOML_FILE_CHANGED",
    `${basename(file)} is not the file this script was written for: its scores would be other ones.`,
    {
      hint: `Bring the old file back, or remove the sha256 line to go on with this one (${found.slice(0, 8)}…).`,
      details: { file, found, wanted, bytes: statSync(file).size },
    },
  );
}
