import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { AutomlError } from "../core/errors.ts";
import type { Rows } from "../core/split.ts";
import { isNumberColumn, type Column, type Table } from "../core/table.ts";
import type { MemoryColumn } from "../data/columns-csv.ts";
import type { DataSource } from "../data/data-source.ts";
import { frameNames } from "../data/frame-names.ts";
import { openColumns } from "../data/open-columns.ts";

/** What is used of a danfojs DataFrame. Structural, so that nothing here needs danfojs to be installed. */
export interface DataFrameLike {
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  /** The values column by column, for all its name a property. */
  readonly getColumnData: unknown;
}

/** Whether a value is a DataFrame of danfojs, by its shape. */
export function isDataFrame(value: unknown): value is DataFrameLike {
  if (typeof value !== "object" || value === null) return false;
  const frame = value as Partial<DataFrameLike>;
  return Array.isArray(frame.columns) && Array.isArray(frame.shape) && "getColumnData" in value;
}

/** The columns of a DataFrame. Values are taken as they are, never through its inferred dtypes. */
export function danfoColumns(frame: DataFrameLike): MemoryColumn[] {
  const data = frame.getColumnData as readonly MemoryColumn["values"][];
  return frame.columns.map((name, c) => ({ name, values: data[c]! }));
}

/** Opens a DataFrame like a file: `inspect()` and `load()` give what the same data gives as a CSV. */
export function openDanfo(frame: DataFrameLike): Promise<DataSource> {
  return openColumns(danfoColumns(frame));
}

/** All columns of a DataFrame as a table of typed columns, with the types that the same data would get as a CSV. */
export async function fromDanfo(frame: DataFrameLike): Promise<Table> {
  const source = await openDanfo(frame);
  try {
    const { columns } = await source.inspect();
    return (await source.load({ columns, lenient: true })).table;
  } finally {
    source.close();
  }
}

interface Danfo {
  readonly DataFrame: new (
    rows: readonly (readonly unknown[])[],
    options: { columns: readonly string[] },
  ) => DataFrameLike;
}

/**
 * A table, or some rows of it, as a danfojs DataFrame: missing numbers NaN, missing texts and booleans null, dates ISO text in UTC. A name
 * that danfojs uses for itself gets a "_" at its end. `D` is danfojs-node's own DataFrame type, for callers that have it.
 * Throws AUTOML_DEPENDENCY_MISSING when danfojs-node is not installed.
 */
export async function toDanfo<D extends DataFrameLike = DataFrameLike>(
  table: Table,
  options: { readonly rows?: Rows } = {},
): Promise<D> {
  const { DataFrame } = await loadDanfo();
  const cells = table.columns.map(cellReader);
  const index = options.rows?.index ?? Array.from({ length: table.rows }, (_, row) => row);
  const rows = Array.from(index, (row) => cells.map((cell) => cell(row)));
  const columns = frameNames(table.columns.map(({ name }) => name));
  // By rows and a list of names: as the keys of an object, names like "4046" would move to the front.
  return new DataFrame(rows, { columns }) as D;
}

/** From where this package lies, else from where the script lies or was started: danfojs is installed there. */
async function loadDanfo(): Promise<Danfo> {
  // Not a literal, so that neither the compiler nor a bundler looks for a package that is optional.
  const name: string = "danfojs-node";
  const found = [
    name,
    resolvedFrom(process.argv[1], name),
    resolvedFrom(join(process.cwd(), "_"), name),
  ];
  let cause: unknown;
  for (const place of found) {
    if (place === null) continue;
    try {
      const loaded = (await import(place)) as Danfo & { readonly default?: Danfo };
      return loaded.default ?? loaded;
    } catch (error) {
      cause ??= error;
    }
  }
  throw new AutomlError(
    "AUTOML_DEPENDENCY_MISSING",
    "danfojs-node is not installed: it is optional.",
    {
      hint:
        'Run `npm install danfojs-node@1.2.0` in a project whose package.json has "overrides": ' +
        '{"xlsx": "npm:xlsx@0.18.5", "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs-core@^3.21"}.',
      cause,
    },
  );
}

/** URL of a package as a file sees it; null when it sees none. */
function resolvedFrom(file: string | undefined, name: string): string | null {
  if (file === undefined) return null;
  try {
    return pathToFileURL(createRequire(resolve(file)).resolve(name)).href;
  } catch {
    return null;
  }
}

function cellReader(column: Column): (row: number) => unknown {
  if (!isNumberColumn(column)) return (row) => column.levels[column.codes[row]!] ?? null;
  const { values } = column;
  switch (column.type) {
    case "numeric":
      return (row) => values[row];
    case "boolean":
      return (row) => (Number.isNaN(values[row]) ? null : values[row] === 1);
    case "date":
      return (row) => (Number.isNaN(values[row]) ? null : new Date(values[row]!).toISOString());
  }
}
