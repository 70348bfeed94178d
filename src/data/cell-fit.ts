import { AutomlError } from "../core/errors.ts";
import { markerSql, valueSql, type ColumnRequest } from "./cell-sql.ts";
import { toleratedShare } from "./column-facts.ts";
import { type DuckSession } from "./duck-session.ts";
import type { RawTable } from "./raw-table.ts";
import { columnsTogether, fewRows } from "./wide-queries.ts";

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

/** How many cells of a column of numbers, booleans or dates are, and are not, values of its type. */
export async function countFit(session: DuckSession, column: WantedColumn): Promise<CellFit> {
  const [[fit, unfit]] = (await session.rows(
    `SELECT coalesce(sum(CASE WHEN fits THEN k END), 0),
       coalesce(sum(CASE WHEN fits OR ${markerSql("v", "value")} THEN NULL ELSE k END), 0)
     FROM (SELECT v, k, coalesce(isfinite(${valueSql("v", column)}), false) AS fits FROM (
       SELECT c${column.position} AS v, count(*) AS k FROM raw WHERE v IS NOT NULL GROUP BY v))`,
  )) as [[unknown, unknown]];
  return { present: Number(fit) + Number(unfit), unfit: Number(unfit) };
}

/** The same of many columns. */
export async function countFits(
  session: DuckSession,
  columns: readonly WantedColumn[],
  rows: number,
): Promise<Map<WantedColumn, CellFit>> {
  const found = new Map<WantedColumn, CellFit>();
  for (const alike of rows > fewRows ? columns.map((column) => [column]) : readAlike(columns)) {
    const [first] = alike;
    if (alike.length === 1) {
      found.set(first!, await countFit(session, first!));
      continue;
    }
    const names = alike.map(({ position }) => `c${position}`).join(", ");
    const counted = await session.rows(
      `SELECT name, count_if(fits), count_if(NOT fits AND NOT ${markerSql("v", "value")}) FROM (
         SELECT name, v, coalesce(isfinite(${valueSql("v", first!)}), false) AS fits FROM (
           UNPIVOT (SELECT ${names} FROM raw) ON ${names} INTO NAME name VALUE v)) GROUP BY name`,
    );
    const byName = new Map(counted.map(([name, ...counts]) => [name, counts.map(Number)]));
    for (const column of alike) {
      const [fit = 0, unfit = 0] = byName.get(`c${column.position}`) ?? [];
      found.set(column, { present: fit + unfit, unfit });
    }
  }
  return found;
}

/** Columns whose cells are read in the same way, some at a time. */
function readAlike(columns: readonly WantedColumn[]): WantedColumn[][] {
  const groups = new Map<string, WantedColumn[]>();
  for (const column of columns) {
    const key = JSON.stringify([column.type, column.format]);
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / columnsTogether) }, (_, i) =>
      group.slice(i * columnsTogether, (i + 1) * columnsTogether),
    ),
  );
}

/** Throws AUTOML_TARGET_NOT_NUMERIC when more than a few cells of the target are no numbers. */
export async function checkTargetCells(
  source: LoadSource,
  column: WantedColumn,
  fit: CellFit,
): Promise<void> {
  if (fit.unfit <= toleratedShare * fit.present) return;
  const { text: values, cells } = await offendingCells(source, column);
  throw new AutomlError(
    "AUTOML_TARGET_NOT_NUMERIC",
    `The target "${column.name}" must be a number in every row, but ${fit.unfit} of ${fit.present} cells are not: ${values}.`,
    {
      hint: targetHint(source, fit, cells),
      details: { column: column.name, unfit: fit.unfit, present: fit.present },
    },
  );
}

/** What to do depends on how many of the cells are numbers; rows that were left out may be the reason. */
function targetHint(
  { raw }: LoadSource,
  { unfit, present }: CellFit,
  cells: readonly string[],
): string {
  const { count, examples } = raw.broken;
  const broken =
    count === 0
      ? ""
      : ` Also left out: ${count === 1 ? "1 row that does" : `${count} rows that do`} not fit the header (line ${examples[0]!.line}${count > 1 ? " ..." : ""}).`;
  if (unfit * 2 <= present)
    return `Mend these cells or empty them: rows without a target are left out.${broken}`;
  return cells.some((cell) => /[0-9]/.test(cell))
    ? `Choose another target, or turn these cells into plain numbers without units and currency signs.${broken}`
    : `Only numbers can be predicted (regression): choose a target that holds numbers.${broken}`;
}

/** Throws AUTOML_COLUMN_TYPE when most cells of a column do not fit its declared type. */
export async function checkCells(
  source: LoadSource,
  column: WantedColumn,
  fit: CellFit,
): Promise<void> {
  if (fit.unfit * 2 <= fit.present) return;
  const { text: values } = await offendingCells(source, column);
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
async function offendingCells(
  { session, raw }: LoadSource,
  column: WantedColumn,
): Promise<{ readonly text: string; readonly cells: readonly string[] }> {
  const cell = `c${column.position}`;
  const found = await session.rows(
    `SELECT rowid, ${cell} FROM raw WHERE ${cell} IS NOT NULL
       AND NOT coalesce(isfinite(${valueSql(cell, column)}), false)
       AND NOT ${markerSql(cell, "value")} ORDER BY rowid LIMIT 3`,
  );
  const labels = await raw.rowLabels(found.map(([row]) => Number(row)));
  const cells = found.map(([, value]) => String(value));
  return { text: cells.map((cell, i) => `${shortened(cell)} (${labels[i]!})`).join(", "), cells };
}

function shortened(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
}
