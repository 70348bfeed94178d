import { shorten } from "./comment-text.ts";
import { textWidth } from "./text-width.ts";

/** A line of code and what stands behind it as a comment. */
export interface NotedLine {
  /** With its indentation and comma; may be several lines long. */
  readonly code: string;
  /** Fit for a comment; empty for none. */
  readonly note: string;
}

/** Lines wider than this do not push the comments of all others to the right. */
const widestAligned = 64;

/** Comments may go further than code, but not for ever. */
const commentWidth = 120;

/** What is left of a comment behind a very long line. */
const shortestNote = 40;

/**
 * Lines with their comments in one column. The padding stands behind `//`, where prettier leaves it alone. Comments
 * are cut where the line is full.
 */
export function alignNotes(lines: readonly NotedLine[]): string[] {
  const widths = lines.map(({ code }) => textWidth(code.slice(code.lastIndexOf("\n") + 1)));
  let column = 0;
  for (const [i, { note }] of lines.entries()) {
    const width = widths[i] ?? 0;
    if (note !== "" && width <= widestAligned && width > column) column = width;
  }
  return lines.map(({ code, note }, i) => {
    if (note === "") return code;
    const width = widths[i] ?? 0;
    const start = Math.max(column, width);
    const text = shorten(note, Math.max(shortestNote, commentWidth - start - 4));
    return `${code} //${" ".repeat(start - width)} ${text}`.trimEnd();
  });
}
