import type { RunRecord } from "../../core/run-record.ts";
import { commentLines, commentText } from "../syntax/comment-text.ts";
import { fields, literal, type Expression } from "../syntax/expression.ts";
import { countText } from "./number-text.ts";

/** What of a run's record says how its file was read. */
export type ReadingFacts = Pick<
  RunRecord["data"],
  "rows" | "rowsWithoutTarget" | "fileRows" | "brokenRows" | "notes" | "reading"
>;

/** Notes beyond these are in the report only. */
const mostNotes = 4;
const lineWidth = 100;

/** The settings of `readTable` without which other rows would be read. */
export function readingFields({ reading }: ReadingFacts): [string, Expression][] {
  const { header, sample } = reading ?? {};
  return [
    ...(header === undefined ? [] : [["header", literal(header)] as [string, Expression]]),
    ...(sample === undefined
      ? []
      : [
          [
            "sample",
            fields([
              ["fraction", literal(sample.fraction)],
              ["seed", literal(sample.seed)],
            ]),
          ] as [string, Expression],
        ]),
  ];
}

/** What was changed or left out while the file was read, as comments above `readTable`. */
export function readingNotes(data: ReadingFacts): string[] {
  const { fileRows, rows, rowsWithoutTarget, brokenRows = 0, notes = [], reading } = data;
  const read = rows + rowsWithoutTarget;
  const told = [
    ...(reading?.sample === undefined
      ? []
      : [
          `A sample: ${countText(read, "row")} of ${countText(fileRows ?? read, "data row")} (${((100 * read) / (fileRows ?? read)).toPrecision(3)} %), drawn by their numbers: these settings give the same rows again.`,
        ]),
    ...(brokenRows === 0
      ? []
      : [
          `${countText(brokenRows, "row")} that did not fit the header ${brokenRows === 1 ? "is" : "are"} left out.`,
        ]),
    ...notes.slice(0, mostNotes),
  ];
  return told.flatMap((note) => commentLines(commentText(note), "// ", lineWidth));
}
