import { AutomlError } from "../core/errors.ts";
import { levelSql, markerSql, valueSql } from "./cell-sql.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { countFit } from "./cell-fit.ts";
import { decideDate } from "./decide-date.ts";
import { cellsAre, type Decision } from "./decision.ts";
import type { DeclaredType } from "./declared-types.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { formatWords } from "./number-format.ts";

/** The decision on a column whose type was said: nothing is guessed but the format where none was given. */
export async function decideDeclared(
  session: DuckSession,
  facts: ColumnFacts,
  declared: DeclaredType,
): Promise<Decision> {
  const { type } = declared;
  if (type === "category" || type === "text") return declaredLevels(session, facts, declared);
  const format = formatOf(facts, declared);
  const cell = `c${facts.position}`;
  const column = { name: facts.name, type, position: facts.position, ...(format && { format }) };
  try {
    const { present, unfit } = await countFit(session, column);
    const [row] = await session.rows(
      `SELECT count(DISTINCT x) FROM (SELECT ${valueSql(cell, column)} AS x FROM raw) WHERE isfinite(x)`,
    );
    const fits = present - unfit;
    return {
      type,
      role: "feature",
      reason: `Declared ${type}: ${lowered(cellsAre(fits, present, whatCells(type, format)))}.`,
      missing: facts.rows - fits,
      distinct: Number(row![0]),
      fits,
      misfits: unfit,
      ...(format !== undefined && { format }),
    };
  } catch (cause) {
    if (!String(cause).includes("strptime")) throw cause;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `The date format "${format ?? ""}" of "${facts.name}" cannot be read.`,
      { hint: 'Write it for strptime, for example "%Y-%m-%d" or "%d/%m/%Y %H:%M".', cause },
    );
  }
}

function whatCells(type: "numeric" | "boolean" | "date", format: string | undefined): string {
  if (type === "boolean") return "words for yes and no";
  if (type === "date") return `dates like ${format!}`;
  return format === undefined ? "numbers" : formatWords(format);
}

/** The format that was given, or that the cells have. */
function formatOf(facts: ColumnFacts, { type, format }: DeclaredType): string | undefined {
  if (format !== undefined || type === "boolean") return format;
  if (type === "date") {
    const found = decideDate(facts)?.format;
    if (found !== undefined) return found;
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `The cells of "${facts.name}" are written like no date that is known here.`,
      {
        hint: `Say how they are written, for example --types "${facts.name}=date:%d.%m.%Y".`,
        details: { column: facts.name },
      },
    );
  }
  const written = facts.written.numbers;
  return written !== null && written.fits > facts.numbers ? written.format : undefined;
}

async function declaredLevels(
  session: DuckSession,
  facts: ColumnFacts,
  { type, levels }: DeclaredType,
): Promise<Decision> {
  const missing = facts.rows - facts.filled + facts.textMarkers;
  const present = facts.rows - missing;
  const [row] = await session.rows(`SELECT ${levelCounts(facts, levels)} FROM raw`);
  const [distinct, unknown] = row!.map(Number) as [number, number];
  const others =
    unknown > 0 ? `; ${unknown} of its ${present} filled cells are none of the levels` : "";
  const reason =
    levels === undefined
      ? `Declared ${type}: ${distinct} different texts in ${present} cells.`
      : `Declared in the order ${levels.join(" < ")}${others}.`;
  return {
    type,
    role: "feature",
    reason,
    missing,
    distinct,
    fits: present - unknown,
    misfits: 0,
    ...(levels !== undefined && { levels }),
  };
}

/** Different texts, and cells that are none of the declared levels. */
function levelCounts(facts: ColumnFacts, levels: readonly string[] | undefined): string {
  const cell = `c${facts.position}`;
  const isText = `${cell} IS NOT NULL AND NOT ${markerSql(cell, "text")}`;
  const unknown =
    levels === undefined
      ? "false"
      : `${isText} AND ${levelSql(cell)} NOT IN (${levels.map(literal).join(", ")})`;
  return `count(DISTINCT ${levelSql(cell)}) FILTER (WHERE ${isText}), count(*) FILTER (WHERE ${unknown})`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
