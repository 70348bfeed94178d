import type { WantedColumn } from "./cell-fit.ts";
import { levelSql, markerSql, valueSql } from "./cell-sql.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { columnsTogether, fewRows } from "./wide-queries.ts";

/**
 * The values of each coded column, sorted by code unit as JavaScript compares strings. An ENUM type of the same values
 * makes DuckDB turn cells into numbers; `codes` maps its order (by code point) to ours where they differ.
 */
export interface Levels {
  readonly levels: readonly string[];
  readonly codes: Int32Array | null;
  /** Whether some cells have blanks around their level: trimming all of them takes longer than the rest. */
  readonly padded: boolean;
}

/**
 * The levels of the columns that have some, each with its ENUM type `e<position>`.
 * @param target rows without a number there do not count; undefined: all do
 */
export async function findLevels(
  session: DuckSession,
  wanted: readonly WantedColumn[],
  rows: number,
  target: WantedColumn | undefined,
): Promise<Map<WantedColumn, Levels>> {
  const where =
    target === undefined ? "" : `WHERE isfinite(${valueSql(`c${target.position}`, target)})`;
  const coded = wanted.filter(({ type }) => type === "category" || type === "text");
  const found = new Map<WantedColumn, Levels>();
  // What marks a missing value is not the same in columns that keep some of the marks.
  const alike = rows <= fewRows ? coded.filter(({ notMissing }) => notMissing === undefined) : [];
  for (let start = 0; start < alike.length; start += columnsTogether) {
    const some = alike.slice(start, start + columnsTogether);
    for (const [column, levels] of await levelsTogether(session, some, where))
      found.set(column, levels);
  }
  for (const column of coded) {
    if (!found.has(column)) found.set(column, await levelsOf(session, column, where));
  }
  return found;
}

/** Of several columns in one query. A column with a level that cannot be written as a literal is left out. */
async function levelsTogether(
  session: DuckSession,
  columns: readonly WantedColumn[],
  where: string,
): Promise<Map<WantedColumn, Levels>> {
  const names = columns.map(({ position }) => `c${position}`).join(", ");
  const rows = await session.rows(
    `SELECT name, value, bool_or(padded) FROM (
       SELECT name, ${levelSql("v")} AS value, v <> ${levelSql("v")} AS padded FROM (
         UNPIVOT (SELECT ${names} FROM raw ${where}) ON ${names} INTO NAME name VALUE v))
     WHERE NOT ${markerSql("value", "text")} GROUP BY name, value ORDER BY value`,
  );
  const byName = new Map<string, { readonly values: string[]; padded: boolean }>();
  for (const [name, value, padded] of rows) {
    const own = byName.get(String(name)) ?? { values: [], padded: false };
    own.values.push(String(value));
    own.padded ||= padded === true;
    byName.set(String(name), own);
  }
  const found = new Map<WantedColumn, Levels>();
  for (const column of columns) {
    const name = `c${column.position}`;
    const { values, padded } = byName.get(name) ?? { values: [], padded: false };
    // A byte order mark in front of a level is lost on the way here, and a NUL ends a literal.
    const isWritable = new Set(values).size === values.length && !values.some(hasNul);
    if (!isWritable) continue;
    if (values.length > 0) {
      const list = values.map(literal).join(", ");
      await session.run(`CREATE OR REPLACE TYPE e${column.position} AS ENUM (${list})`);
    }
    found.set(column, { ...sortLevels(values), padded });
  }
  return found;
}

function hasNul(value: string): boolean {
  return value.includes("\0");
}

async function levelsOf(
  session: DuckSession,
  column: WantedColumn,
  where: string,
): Promise<Levels> {
  const cell = `c${column.position}`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE cells AS SELECT DISTINCT ${cell} AS cell FROM raw ${where}`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE levels AS SELECT value FROM (SELECT DISTINCT ${levelSql("cell")} AS value FROM cells)
     WHERE value IS NOT NULL AND NOT ${markerSql("value", "text", column.notMissing)}`,
  );
  const [padded] = await session.rows(
    `SELECT 1 FROM cells WHERE cell <> ${levelSql("cell")} LIMIT 1`,
  );
  const values = (await session.rows("SELECT value FROM levels ORDER BY value")).map(([value]) =>
    String(value),
  );
  if (values.length > 0) {
    await session.run(
      `CREATE OR REPLACE TYPE e${column.position} AS ENUM (SELECT value FROM levels ORDER BY value)`,
    );
  }
  return { ...sortLevels(values), padded: padded !== undefined };
}

function sortLevels(values: readonly string[]): Omit<Levels, "padded"> {
  const levels = [...values].sort();
  if (levels.every((level, i) => level === values[i])) return { levels, codes: null };
  const place = new Map(levels.map((level, i) => [level, i]));
  return { levels, codes: Int32Array.from(values, (value) => place.get(value)!) };
}
