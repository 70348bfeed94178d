import { basename } from "node:path";
import { AutomlError, nearestName } from "../core/errors.ts";
import {
  sharedFloat64,
  sharedInt32,
  type CodedColumn,
  type Column,
  type NumberColumn,
  isNumberColumn,
} from "../core/table.ts";
import {
  checkCells,
  checkTargetCells,
  countUnreadable,
  type LoadSource,
  type WantedColumn,
} from "./cell-fit.ts";
import { valueSql } from "./cell-sql.ts";
import type { LoadedTable, LoadOptions } from "./data-source.ts";
import type { DuckSession } from "./duck-session.ts";

/** Reads columns of `raw` into typed arrays on shared memory. Throws as `loadTable`. */
export async function loadColumns(source: LoadSource, options: LoadOptions): Promise<LoadedTable> {
  const { session, raw } = source;
  const wanted = resolveColumns(source, options);
  const target = wanted.find((column) => column.name === options.target);
  const unreadable = await countUnreadable(session, wanted);
  for (const column of wanted) {
    if (column === target) await checkTargetCells(source, column, unreadable.get(column)!);
    else if (options.lenient !== true) await checkCells(source, column, unreadable.get(column)!);
  }
  const where =
    target === undefined ? "" : `WHERE isfinite(${valueSql(`c${target.position}`, target)})`;
  const [[count]] = (await session.rows(`SELECT count(*) FROM raw ${where}`)) as [[unknown]];
  const rows = Number(count);
  const levels = await findLevels(session, wanted, where);
  const filling = wanted.map((column) => emptyColumn(column, rows, levels.get(column)));
  const rowNumbers = sharedInt32(rows);
  await fillColumns(session, wanted, filling, rowNumbers, where);
  const columns = filling.map(({ column }) => column);
  return {
    table: { rows, columns, rowNumbers, sha256: source.sha256 },
    rowsWithoutTarget: raw.rows - rows,
    fileRows: raw.rows,
    unreadable: wanted
      .map((column) => ({ column: column.name, cells: unreadable.get(column)!.unfit }))
      .filter(({ cells }) => cells > 0),
  };
}

/** The requested columns once each, in file order, the target as a column of numbers. */
function resolveColumns({ raw, path }: LoadSource, options: LoadOptions): WantedColumn[] {
  const requests = new Map(options.columns.map((column) => [column.name, column]));
  const { target } = options;
  if (target !== undefined) requests.set(target, { name: target, type: "numeric" });
  for (const name of requests.keys()) {
    if (raw.names.includes(name)) continue;
    const nearest = nearestName(name, raw.names);
    throw new AutomlError(
      name === target ? "AUTOML_TARGET_UNKNOWN" : "AUTOML_COLUMN_UNKNOWN",
      `There is no column "${name}" in ${basename(path)}.`,
      {
        hint: `${nearest === undefined ? "" : `Did you mean "${nearest}"?  `}Columns: ${listNames(raw.names)}`,
        details: { column: name, nearest, columns: raw.names },
      },
    );
  }
  return raw.names.flatMap((name, position) => {
    const request = requests.get(name);
    return request === undefined ? [] : [{ ...request, position }];
  });
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 30).join(", ");
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown;
}

/**
 * The values of each coded column, sorted by code unit as JavaScript compares strings. An ENUM type of the same values
 * makes DuckDB turn cells into numbers; `codes` maps its order (by code point) to ours where they differ.
 */
interface Levels {
  readonly levels: readonly string[];
  readonly codes: Int32Array | null;
}

async function findLevels(
  session: DuckSession,
  wanted: readonly WantedColumn[],
  where: string,
): Promise<Map<WantedColumn, Levels>> {
  const found = new Map<WantedColumn, Levels>();
  for (const column of wanted) {
    if (column.type !== "category" && column.type !== "text") continue;
    const value = valueSql(`c${column.position}`, column);
    const distinct = `SELECT DISTINCT ${value} AS value FROM raw ${where}`;
    const query = `SELECT value FROM (${distinct}) WHERE value IS NOT NULL ORDER BY value`;
    const values = (await session.rows(query)).map(([level]) => String(level));
    if (values.length > 0) {
      await session.run(`CREATE OR REPLACE TYPE e${column.position} AS ENUM (${query})`);
    }
    found.set(column, sortLevels(values));
  }
  return found;
}

function sortLevels(values: readonly string[]): Levels {
  const levels = [...values].sort();
  if (levels.every((level, i) => level === values[i])) return { levels, codes: null };
  const place = new Map(levels.map((level, i) => [level, i]));
  return { levels, codes: Int32Array.from(values, (value) => place.get(value)!) };
}

interface FilledColumn {
  readonly column: Column;
  /** Our code for each code of DuckDB's, where they differ. */
  readonly codes: Int32Array | null;
}

function emptyColumn(column: WantedColumn, rows: number, levels: Levels | undefined): FilledColumn {
  const { name, type } = column;
  if (type === "category" || type === "text") {
    const coded: CodedColumn = { name, type, codes: sharedInt32(rows), levels: levels!.levels };
    return { column: coded, codes: levels!.codes };
  }
  const numbers: NumberColumn = { name, type, values: sharedFloat64(rows) };
  return { column: numbers, codes: null };
}

/** Copies whole vectors, chunk by chunk, in file order; no cell passes through JavaScript one by one. O(cells). */
async function fillColumns(
  session: DuckSession,
  wanted: readonly WantedColumn[],
  filling: readonly FilledColumn[],
  rowNumbers: Int32Array,
  where: string,
): Promise<void> {
  const select = wanted.map((column, i) => {
    const value = valueSql(`c${column.position}`, column);
    const target = filling[i]!.column;
    if (isNumberColumn(target)) return `coalesce(${value}, 'nan'::DOUBLE)`;
    if (target.levels.length === 0) return "-1";
    return `coalesce(enum_code((${value})::e${column.position})::INTEGER, -1)`;
  });
  const result = await session.stream(
    `SELECT (rowid + 1)::INTEGER${select.map((value) => `, ${value}`).join("")} FROM raw ${where}`,
  );
  let start = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const items = (c: number) =>
      (chunk.getColumnVector(c) as unknown as { items: Float64Array | Int32Array }).items;
    rowNumbers.set(items(0).subarray(0, chunk.rowCount), start);
    filling.forEach(({ column }, i) => {
      const values = isNumberColumn(column) ? column.values : column.codes;
      values.set(items(i + 1).subarray(0, chunk.rowCount), start);
    });
    start += chunk.rowCount;
  }
  for (const { column, codes } of filling) {
    if (isNumberColumn(column)) onlyFinite(column.values);
    else if (codes !== null) recode(column.codes, codes);
  }
}

/** "nan", "inf" and "1e999" are missing values; and every NaN gets the same bits. */
function onlyFinite(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) values[i] = NaN;
}

function recode(values: Int32Array, codes: Int32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! >= 0) values[i] = codes[values[i]!]!;
}
