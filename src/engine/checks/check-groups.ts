import type { CheckRecord } from "../../core/run-record.ts";
import { isNumberColumn, type Column } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import { nameWords } from "../../data/name-words.ts";
import type { ColumnStrength } from "./column-strength.ts";

/** Words for what rows may belong to. */
const owners = new Set(
  (
    "id customer client user patient subject person player team driver director author owner seller store shop branch " +
    "site plant station sensor device machine school student hospital company employer household panel region city district " +
    "name"
  ).split(" "),
);
/** Levels of a group: several, each seen again, none of them most of the table. */
const fewestLevels = 10;
const mostLevels = 1 / 2;
const repeatedShare = 0.4;
/** R² of the level alone, out of fold, where no name says it. */
const tellsBound = 0.15;

/** Columns whose levels rows share: with new levels to come, validation must keep a level's rows together. */
export function checkGroups(strengths: readonly ColumnStrength[], target: string): CheckRecord[] {
  // Counting levels goes through all rows: it comes after what the sample tells.
  const groups = strengths
    .map((strength) => ({ ...strength, isNamed: isNamedGroup(strength.column) }))
    .filter(({ column, model, rankModel, isNamed }) => {
      const tells = Math.max(model, rankModel) >= tellsBound;
      return isNamed || (!isNumberColumn(column) && tells);
    })
    .filter(({ column }) => isGroup(column))
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.rankModel - a.rankModel);
  const [first] = groups;
  if (first === undefined) return [];
  const { name } = first.column;
  const others = groups.slice(1, 4).map(({ column }) => column.name);
  return [
    finding("repeated-groups", {
      message: `Rows share the values of ${name}${others.length === 0 ? "" : ` (and of ${others.join(", ")})`}: a random split has most of them on both sides.`,
      action: `Right, if new rows are of a ${name} seen before; if not: --group-col "${name}".`,
      columns: [name, ...others],
      evidence: `${levelsOf(first.column)} different values; R² of ${target} by ${name} alone, out of fold: ${Math.max(first.model, first.rankModel).toFixed(3)}`,
    }),
  ];
}

/** Of numbers only the last word counts: the likes of a director are no director. */
function isNamedGroup(column: Column): boolean {
  const words = nameWords(column.name);
  return (isNumberColumn(column) ? words.slice(-1) : words).some((word) => owners.has(word));
}

function levelsOf(column: Column): number {
  return isNumberColumn(column) ? new Set(column.values).size : column.levels.length;
}

/** Many levels, most rows in one of several rows. Whole numbers may be such levels. */
function isGroup(column: Column): boolean {
  if (column.type === "date" || column.type === "boolean") return false;
  const cells = isNumberColumn(column) ? column.values : column.codes;
  if (isNumberColumn(column) && !column.values.every((x) => Number.isNaN(x) || Number.isInteger(x)))
    return false;
  const counts = new Map<number, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  if (counts.size < fewestLevels || counts.size > mostLevels * cells.length + 1) return false;
  let repeated = 0;
  for (const count of counts.values()) if (count > 1) repeated += count;
  return repeated >= repeatedShare * cells.length;
}
