import type { ColumnSchema, ColumnSeen } from "../core/schema.ts";
import type { ColumnFacts } from "./column-facts.ts";
import { decideDate } from "./decide-date.ts";
import { decideNumber } from "./decide-number.ts";
import { decideBoolean, decideText, holdsCodes, marksMissing } from "./decide-text.ts";
import type { Decision } from "./decision.ts";

/** A column with more missing cells than this share is left out. */
const mostlyMissing = 0.95;

/** Different cells that are kept with a decision. */
const keptExamples = 5;
const longestExample = 80;

/**
 * Type and role of every column with the reason and what was seen. Decided from counts and a few cells; no cell value gets
 * into a reason. Columns depend on each other only where "NA" may be a level: what the rest of the file means by it.
 */
export function describeColumns(all: readonly ColumnFacts[]): ColumnSchema[] {
  const markedByNa = all.filter((facts) => facts.naCells > 0 && !holdsCodes(facts));
  return all.map((facts) => {
    const usedElsewhere = markedByNa.some((other) => other !== facts);
    return toSchema(facts, decideColumn(facts, marksMissing(facts, usedElsewhere)));
  });
}

/** A decision as the schema keeps it; columns without anything to learn from lose their role. */
export function toSchema(facts: ColumnFacts, decision: Decision): ColumnSchema {
  const { fits, ...known } = unusable(facts, decision);
  return { name: facts.name, ...known, seen: seenIn(facts, fits) };
}

function decideColumn(facts: ColumnFacts, naIsMarker: boolean): Decision {
  if (facts.filled === facts.textMarkers && naIsMarker) return emptyColumn(facts);
  return (
    decideDate(facts) ??
    decideBoolean(facts) ??
    decideNumber(facts) ??
    (facts.text === null ? emptyColumn(facts) : decideText(facts, facts.text, naIsMarker))
  );
}

function emptyColumn({ rows, filled }: ColumnFacts): Decision {
  const reason =
    filled === 0
      ? `All ${rows} cells are empty.`
      : `No cell of ${rows} holds a value: ${rows - filled} are empty, ${filled} mark a missing one.`;
  return {
    type: "category",
    role: "unused",
    reason,
    missing: rows,
    distinct: 0,
    fits: 0,
    misfits: 0,
  };
}

function unusable(facts: ColumnFacts, decision: Decision): Decision {
  if (decision.role === "unused") return decision;
  const present = facts.rows - decision.missing;
  if (decision.distinct <= 1) {
    const reason = `The same value in all ${present} filled cells of ${facts.rows}.`;
    return { ...decision, role: "constant", reason };
  }
  if (decision.missing > mostlyMissing * facts.rows) {
    const reason = `${decision.missing} of ${facts.rows} cells are missing.`;
    return { ...decision, role: "unused", reason };
  }
  return decision;
}

function seenIn(facts: ColumnFacts, fits: number): ColumnSeen {
  return {
    filled: facts.filled,
    numbers: facts.numbers,
    markers: facts.valueMarkers,
    different: facts.differentCells,
    fits,
    examples: facts.firstCells.slice(0, keptExamples).map(shortened),
    unfit: [],
  };
}

/** A cell as an example: not longer than a line. */
export function shortened(cell: string): string {
  if (cell.length <= longestExample) return cell;
  // Half of a character outside the basic plane is no character.
  const last = cell.charCodeAt(longestExample - 2);
  const end = last >= 0xd800 && last <= 0xdbff ? longestExample - 2 : longestExample - 1;
  return `${cell.slice(0, end)}…`;
}
