import type { CheckRecord } from "../../core/run-record.ts";
import type { Inspection, LoadedTable } from "../data-source.ts";
import { dayMonthTwin } from "../date-candidates.ts";
import { eitherWayRound } from "../decide-date.ts";
import { finding } from "./code-table.ts";

/** A smaller share of a column's cells makes no difference to a model. */
const slightShare = 0.002;

/** What reading the file left out. */
export function checkReading(
  inspection: Inspection,
  loaded: LoadedTable,
  target: string,
): CheckRecord[] {
  const { brokenRows } = inspection;
  const checks: CheckRecord[] = [];
  if (brokenRows.count > 0) {
    const { count, examples } = brokenRows;
    const places = examples.map(({ line, file }) =>
      file === undefined ? line : `${line} of ${file}`,
    );
    const lines = `${places.length === 1 ? "line" : "lines"} ${places.join(", ")}${count > examples.length ? " ..." : ""}`;
    checks.push(
      finding("broken-rows", {
        message: `${count === 1 ? "1 row does" : `${count} rows do`} not fit the header (${lines}).`,
        action: "Left out; mend these lines if they matter.",
        evidence: examples
          .slice(0, 3)
          .map(({ line, reason, text }) =>
            text === ""
              ? `line ${line}: ${reason}`
              : `line ${line} (${reason}): ${JSON.stringify(text)}`,
          )
          .join("; "),
      }),
    );
  }
  for (const { column, cells } of loaded.unreadable) {
    checks.push(
      finding("unreadable-cells", {
        message: `${cells} ${cells === 1 ? "cell" : "cells"} of ${column} cannot be read as the column's type.`,
        action: "They count as missing; check how they are written.",
        columns: [column],
        evidence: `${cells} of ${loaded.fileRows} cells`,
        slight: cells < slightShare * loaded.fileRows,
      }),
    );
  }
  checks.push(...checkAmbiguousDates(inspection), ...checkUnlisted(inspection));
  if (loaded.rowsWithoutTarget > 0) {
    checks.push(
      finding("target-missing", {
        message: `${loaded.rowsWithoutTarget} of ${loaded.fileRows} rows have no ${target}.`,
        action: "Left out: there is nothing to learn from or to compare with.",
        columns: [target],
        evidence: `${((100 * loaded.rowsWithoutTarget) / loaded.fileRows).toFixed(2)} % of the rows`,
      }),
    );
  }
  return checks;
}

/** Dates that could be read in two ways; one of them is used, and only the user can know. */
function checkAmbiguousDates({ columns }: Inspection): CheckRecord[] {
  return columns.flatMap(({ name, type, role, reason, format = "" }): CheckRecord[] => {
    const isUsed = type === "date" && role === "feature";
    const twin = dayMonthTwin(format);
    if (!isUsed || twin === undefined || !reason.includes(eitherWayRound)) return [];
    const isMonthFirst = format.startsWith("%m");
    return [
      finding("ambiguous-dates", {
        message: `The dates of ${name} could have the day or the month first: no day is above 12. They are read with the ${isMonthFirst ? "month" : "day"} first.`,
        action: `If the ${isMonthFirst ? "day" : "month"} comes first: --types "${name}=date:${twin}".`,
        columns: [name],
        evidence: `all cells fit ${format} and ${twin}, and neither puts the rows in order of time`,
      }),
    ];
  });
}

/** Cells of an ordered category outside its levels: they are -1, below the lowest. */
function checkUnlisted({ columns, rows }: Inspection): CheckRecord[] {
  return columns.flatMap(({ name, role, levels, missing, seen }): CheckRecord[] => {
    if (levels === undefined || role !== "feature" || seen === undefined) return [];
    const filled = rows - missing;
    const unlisted = filled - seen.fits;
    if (unlisted <= 0) return [];
    const examples = seen.unfit.map((cell) => JSON.stringify(cell)).join(", ");
    return [
      finding("unlisted-levels", {
        message: `${unlisted} of ${filled} cells of ${name} are none of the levels that --types gives.`,
        action: "They count as below the lowest level; add the levels that are missing.",
        columns: [name],
        evidence: `levels ${levels.join(" < ")}${examples === "" ? "" : `; other cells: ${examples}`}`,
      }),
    ];
  });
}
