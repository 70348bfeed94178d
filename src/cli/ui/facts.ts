import { displayWidth, pad, truncate, wrap } from "./display-width.ts";

/** Where side notes begin, when there is room. */
const noteAt = 72;
const indent = 2;
const gap = 3;

/** A named fact with a note at the right: "target   price  (by its name)   other: --target sqft". */
export interface Fact {
  readonly label: string;
  /** One entry per line; long ones are wrapped. */
  readonly lines: readonly string[];
  readonly note?: string;
  /** The note ends at the right margin instead of beginning in its column. */
  readonly noteRight?: boolean;
}

/** Cells before the text of a fact, when the longest label of the block is `label`. */
export function textColumn(label: string): number {
  return Math.max(19, indent + displayWidth(truncate(label, 40)) + gap);
}

/** The fact as lines of `width` cells at most, its text beginning in cell `column`. */
export function factLines(fact: Fact, column: number, width: number): string[] {
  const room = Math.max(20, width - column);
  const texts = fact.lines.flatMap((line) => wrap(line, room));
  const label = " ".repeat(indent) + truncate(fact.label, column - indent - 1);
  const lines = texts.map((text, i) => pad(i === 0 ? label : "", column, "left") + text);
  return fact.note ? withNote(lines, fact.note, column, width, fact.noteRight === true) : lines;
}

function withNote(
  lines: readonly string[],
  note: string,
  column: number,
  width: number,
  right: boolean,
): string[] {
  const last = lines.at(-1) ?? "";
  const used = displayWidth(last) + gap;
  const at = right ? width - 2 - displayWidth(note) : Math.max(noteAt, used);
  if (at >= used && at + displayWidth(note) <= width)
    return [...lines.slice(0, -1), pad(last, at, "left") + note];
  if (used + displayWidth(note) <= width)
    return [...lines.slice(0, -1), pad(last, used, "left") + note];
  return [...lines, ...wrap(note, width - column).map((text) => " ".repeat(column) + text)];
}
