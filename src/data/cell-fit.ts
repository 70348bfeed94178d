import { AutomlError } from "../core/errors.ts";
import { markerSql, valueSql, type ColumnRequest } from "./cell-sql.ts";
import { toleratedShare } from "./column-facts.ts";
import { type DuckSession } from "./duck-session.ts";
import type { RawTable } from "./raw-table.ts";

export interface LoadSource {
  readonly session: DuckSession;
  readonly raw: RawTable;
  readonly sha256: string;
  readonly path: string;
}

/** A column to read, with its place in `raw`. */
export interface WantedColumn extends ColumnRequest {
  readonly position: number;
}

export interface CellFit {
  /** Cells that hold a value. */
  readonly present: number;
  /** Of these, cells that are no value of the declared type. */
  readonly unfit: number;
}

function fitSql(column: WantedColumn): { readonly marker: string; readonly fits: string } {
  const cell = `c${column.position}`;
  const coded = column.type === "category" || column.type === "text";
  const value = valueSql(cell, column);
  return {
    marker: markerSql(cell, coded ? "text" : "value"),
    fits: coded ? "true" : `coalesce(isfinite(${value}), false)`,
  };
}

/** How many cells of each column are, and are not, values of the declared type. */
export async function countUnreadable(
  session: DuckSession,
  wanted: readonly WantedColumn[],
): Promise<Map<WantedColumn, CellFit>> {
  const found = new Map<WantedColumn, CellFit>();
  for (let start = 0; start < wanted.length; start += 24) {
    const part = wanted.slice(start, start + 24);
    const select = part.flatMap((column) => {
      const { marker, fits } = fitSql(column);
      const cell = `c${column.position}`;
      return [
        `count(*) FILTER (${cell} IS NOT NULL AND ${fits})`,
        `count(*) FILTER (CASE WHEN ${cell} IS NULL OR ${fits} THEN false ELSE NOT ${marker} END)`,
      ];
    });
    const [row] = await session.rows(`SELECT ${select.join(", ")} FROM raw`).catch(badFormat(part));
    part.forEach((column, i) => {
      const unfit = Number(row![2 * i + 1]);
      found.set(column, { present: Number(row![2 * i]) + unfit, unfit });
    });
  }
  return found;
}

function badFormat(columns: readonly WantedColumn[]): (cause: unknown) => never {
  return (cause) => {
    const dates = columns.filter((column) => column.type === "date");
    if (dates.length === 0) throw cause;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `A date format cannot be read: ${dates.map(({ name, format }) => `${name} "${format}"`).join(", ")}.`,
      { hint: 'Write it for strptime, for example "%Y-%m-%d" or "%d/%m/%Y %H:%M".', cause },
    );
  };
}

/** Throws AUTOML_TARGET_NOT_NUMERIC when more than a few cells of the target are no numbers. */
export async function checkTargetCells(
  source: LoadSource,
  column: WantedColumn,
  fit: CellFit,
): Promise<void> {
  if (fit.unfit <= toleratedShare * fit.present) return;
  const values = await offendingCells(source, column);
  throw new AutomlError(
    "AUTOML_TARGET_NOT_NUMERIC",
    `The target "${column.name}" must be a number in every row, but ${fit.unfit} of ${fit.present} cells are not: ${values}.`,
    {
      hint: "Choose another target, or turn these cells into plain numbers without units and currency signs.",
      details: { column: column.name, unfit: fit.unfit, present: fit.present },
    },
  );
}

/** Throws AUTOML_COLUMN_TYPE when most cells of a column do not fit its declared type. */
export async function checkCells(
  source: LoadSource,
  column: WantedColumn,
  fit: CellFit,
): Promise<void> {
  if (fit.unfit * 2 <= fit.present) return;
  const values = await offendingCells(source, column);
  const what =
    column.type === "date" ? `dates written as ${column.format}` : `${column.type} values`;
  throw new AutomlError(
    "AUTOML_COLUMN_TYPE",
    `Column "${column.name}" is declared ${column.type}, but ${fit.unfit} of its ${fit.present} filled cells are no ${what}: ${values}.`,
    {
      hint: `Declare it as it is in the file, for example column.category(${JSON.stringify(column.name)}).`,
      details: { column: column.name, unfit: fit.unfit, present: fit.present },
    },
  );
}

/** Up to three cells that do not fit, with their lines: `"R$9,121" (line 2)`. */
async function offendingCells({ session, raw }: LoadSource, column: WantedColumn): Promise<string> {
  const cell = `c${column.position}`;
  const { marker, fits } = fitSql(column);
  const found = await session.rows(
    `SELECT rowid, ${cell} FROM raw WHERE ${cell} IS NOT NULL AND NOT ${fits} AND NOT ${marker} ORDER BY rowid LIMIT 3`,
  );
  const labels = await raw.rowLabels(found.map(([row]) => Number(row)));
  return found.map(([, value], i) => `${shortened(String(value))} (${labels[i]!})`).join(", ");
}

function shortened(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
}
