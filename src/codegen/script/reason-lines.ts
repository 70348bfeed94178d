import { isConverted } from "../../core/schema.ts";
import type { ColumnRecord } from "../../core/run-record.ts";
import type { NotedLine } from "../syntax/aligned-notes.ts";
import { commentLines, nameText, phrase } from "../syntax/comment-text.ts";
import { textWidth } from "../syntax/text-width.ts";

/** Where comments begin at the latest beside lines that are not too wide, and where they end. */
const widestAligned = 64;
const commentWidth = 120;
const lineWidth = 100;

/** Lines of reasons in one place: a script stays readable. */
const mostLines = 24;

/** Names behind one reason; more are in data/schema.json. */
const mostNames = 60;

/**
 * A line with its reason: behind the code where it fits, else in front of it in full. Why a column was left out or its
 * values are other than the cells is never cut.
 */
export function reasonedLine(code: string, note: string): NotedLine {
  const last = code.slice(code.lastIndexOf("\n") + 1);
  const room = commentWidth - Math.max(widestAligned, textWidth(last)) - 4;
  if (note.length <= room) return { code, note };
  const above = commentLines(note, "  // ", lineWidth);
  return { code: [...above, code].join("\n"), note: "" };
}

/**
 * The heading of columns that are prepared alike, and why the values of some are other than their cells, reason by
 * reason; said once where it is true of all.
 */
export function groupHeading(columns: readonly ColumnRecord[], count: number): string[] {
  const converted = columns.filter(isConverted);
  const reasons = new Set(converted.map(({ reason }) => sharedReason(reason)));
  const heading = `${count} columns alike`;
  const [only] = reasons;
  const isSame = converted.length === count && converted.every(({ misfits = 0 }) => misfits === 0);
  if (isSame && reasons.size === 1 && only !== undefined) {
    return commentLines(`${heading}: ${only}`, "  // ", commentWidth);
  }
  const items = converted.map((column) => ({
    name: withMisfits(column),
    why: sharedReason(column.reason),
  }));
  return [`  // ${heading}`, ...togetherLines(items, [])];
}

/** Names in front of what is true of all of them, a comment per reason: `// left out: "a", "b": why`. */
export function togetherLines(
  items: readonly { readonly name: string; readonly why: string }[],
  start: readonly string[],
): string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of items) {
    const names = byReason.get(why);
    if (names === undefined) byReason.set(why, [name]);
    else names.push(name);
  }
  const lines: string[] = [];
  let left = items.length;
  for (const [why, names] of byReason) {
    const shown = names.slice(0, mostNames);
    if (names.length > shown.length) {
      shown.push(`and ${names.length - shown.length} more in data/schema.json`);
    }
    const named = shown.map((item, i) => (i < shown.length - 1 ? `${item},` : `${item}:`));
    const some = commentLines([...start, ...named, ...why.split(" ")], "  // ", commentWidth);
    if (lines.length + some.length > mostLines) break;
    lines.push(...some);
    left -= names.length;
  }
  const rest = `  // ${[...start, left, "more"].join(" ")}; data/schema.json has their reasons`;
  return left > 0 ? [...lines, rest] : lines;
}

function withMisfits({ name, misfits = 0 }: ColumnRecord): string {
  const quoted = `"${nameText(name)}"`;
  return misfits === 0 ? quoted : `${quoted} (${misfits} other cells became missing)`;
}

/** A reason without the counts of the single column, so that columns share it. */
export function sharedReason(reason: string): string {
  const general = reason
    .replace(/^(?:All \d+|\d+ of \d+) filled cells are /, "")
    .replace(/ and the other \d+ count as missing/, "")
    .replace(/in all \d+ filled cells of \d+/, "in all filled cells")
    .replace(/^\d+ of \d+ cells are missing/, "nearly all cells are missing")
    .replace(/^All \d+ cells/, "all cells")
    .replace(/\b\d+ different (texts|whole numbers) in \d+ (?:rows|cells)/, "different $1")
    .replace(/, \d+\.\d words each on average/, ", many words each");
  return phrase(general);
}
