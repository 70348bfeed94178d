import { basename } from "node:path";
import { AutomlError, nearestName } from "../core/errors.ts";
import type { ColumnSchema } from "../core/schema.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { levelSql, markerSql, valueSql, type ColumnRequest } from "./cell-sql.ts";
import { dayMonthTwin } from "./date-candidates.ts";
import { eitherWayRound } from "./decide-date.ts";
import { decideDeclared } from "./decide-declared.ts";
import type { DeclaredTypes } from "./declared-types.ts";
import { describeColumns, shortened, toSchema } from "./describe-column.ts";
import { literal, type DuckSession } from "./duck-session.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { RawTable } from "./raw-table.ts";

const keptUnfit = 5;

/** Every column of a table with type, role, reason and what was seen; what `types` says comes before any guess. */
export async function describeTable(
  session: DuckSession,
  raw: RawTable,
  types: DeclaredTypes | undefined,
  path: string,
): Promise<ColumnSchema[]> {
  if (types !== undefined) requireColumns(types, raw.names, path);
  const facts = await gatherFacts(session, raw);
  const columns = describeColumns(facts);
  for (const [c, fact] of facts.entries()) {
    const declared = types?.get(fact.name);
    if (declared === undefined) continue;
    const guessed = columns[c]!;
    columns[c] = declaredSchema(fact, await decideDeclared(session, fact, declared));
    columns[c] = await withUnfit(session, c, columns[c]);
    refuseMisfits(fact, columns[c], guessed);
  }
  for (const [c, column] of columns.entries()) {
    if ((column.misfits ?? 0) > 0) columns[c] = await withUnfit(session, c, column);
  }
  return columns;
}

/** A declared column is used, however few of its cells are filled; only a constant one cannot be. */
function declaredSchema(
  facts: ColumnFacts,
  decision: Awaited<ReturnType<typeof decideDeclared>>,
): ColumnSchema {
  const schema = toSchema(facts, decision);
  if (schema.role !== "unused" || decision.fits === 0) return schema;
  return { ...schema, role: "feature", reason: decision.reason };
}

/** Throws AUTOML_COLUMN_TYPE when most filled cells are something else than what was declared. */
function refuseMisfits(facts: ColumnFacts, column: ColumnSchema, guessed: ColumnSchema): void {
  const { name, type, levels, format } = column;
  const fits = column.seen!.fits;
  const filled = levels === undefined ? fits + (column.misfits ?? 0) : facts.rows - column.missing;
  const isRefused = levels === undefined ? fits * 2 < filled : fits === 0 && filled > 0;
  if (!isRefused) return;
  const what =
    levels === undefined
      ? `${type === "date" ? `a date like ${format!}` : type === "numeric" ? "a number" : "a word for yes or no"}`
      : "one of its levels";
  const examples = column.seen!.unfit.slice(0, 3).map((cell) => JSON.stringify(cell));
  const declared = levels === undefined ? type : "ordered";
  throw new AutomlError(
    "AUTOML_COLUMN_TYPE",
    `Column "${name}" is declared ${declared}, but ${fits === 0 ? "none" : `only ${fits}`} of its ${filled} filled cells is ${what}: ${examples.join(", ")}.`,
    {
      hint:
        guessed.type === "date" && type === "date" && guessed.format !== undefined
          ? `They fit --types "${name}=date:${guessed.format}"${twinOf(guessed)}.`
          : `Without --types it is read as ${guessed.type}. ${guessed.reason}`,
      details: { column: name, fits, filled },
    },
  );
}

/** The other way to read dates that fit two. */
function twinOf({ name, format = "", reason }: ColumnSchema): string {
  const twin = dayMonthTwin(format);
  return twin !== undefined && reason.includes(eitherWayRound) ? ` and "${name}=date:${twin}"` : "";
}

/** The first different cells that are no value of the column's type. */
async function withUnfit(
  session: DuckSession,
  c: number,
  column: ColumnSchema,
): Promise<ColumnSchema> {
  const request: ColumnRequest = column;
  const { levels, type } = column;
  if (levels === undefined && (type === "category" || type === "text")) return column;
  const isUnfit =
    levels === undefined
      ? `NOT coalesce(isfinite(${valueSql(`c${c}`, request)}), false) AND NOT ${markerSql(`c${c}`, "value")}`
      : `${levelSql(`c${c}`)} NOT IN (${levels.map(literal).join(", ")}) AND NOT ${markerSql(`c${c}`, "text")}`;
  const [found] = await session.rows(
    `SELECT arg_min(v, first_row, ${keptUnfit}) FROM (
       SELECT c${c} AS v, min(rowid) AS first_row FROM raw
       WHERE c${c} IS NOT NULL AND ${isUnfit} GROUP BY v)`,
  );
  const unfit = Array.isArray(found?.[0]) ? found[0].map((cell) => shortened(String(cell))) : [];
  return { ...column, seen: { ...column.seen!, unfit } };
}

function requireColumns(types: DeclaredTypes, names: readonly string[], path: string): void {
  for (const name of types.keys()) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new AutomlError(
      "AUTOML_COLUMN_UNKNOWN",
      `A type is declared for "${name}", but there is no such column in ${basename(path)}.`,
      {
        hint:
          near === undefined
            ? `Columns: ${names.slice(0, 30).join(", ")}`
            : `Did you mean "${near}"?`,
        details: { name, near, columns: names },
      },
    );
  }
}
