import { escapeUnprintable } from "./literals.ts";

/** Longest name, in characters, that a comment shows in full. */
const longestName = 48;

/**
 * Text from outside made fit for a comment: one line, no end of a block comment, nothing invisible and nothing that
 * turns the reading direction.
 */
export function commentText(text: string): string {
  const oneLine = text.replace(/[\s\u0085]+/g, " ").trim();
  return escapeUnprintable(oneLine).replaceAll("*/", "*\\/").replaceAll("/*", "/\\*");
}

/** `text` in at most `length` characters, the last one an ellipsis when something was cut. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = Math.max(0, length - 1);
  // Half of a character outside the basic plane is no character.
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A column, file or run name inside a comment. */
export function nameText(name: string): string {
  // Shortened before it is escaped as well: a name of megabytes is not worth scanning.
  return shorten(commentText(shorten(name, 4 * longestName)), longestName);
}

/** A note from elsewhere as a sentence: a capital letter in front, a full stop behind. */
export function sentence(text: string): string {
  const trimmed = commentText(text);
  const ended = /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** A note from elsewhere as part of a longer line: no capital letter in front, no full stop behind. */
export function phrase(text: string): string {
  const trimmed = commentText(text).replace(/\.$/, "");
  return /^[A-Z][a-z ]/.test(trimmed)
    ? trimmed.charAt(0).toLowerCase() + trimmed.slice(1)
    : trimmed;
}

/** Words in comment lines of at most `width` characters, each line starting with `prefix`. */
export function commentLines(
  text: string | readonly string[],
  prefix: string,
  width: number,
): string[] {
  const words = typeof text === "string" ? text.split(" ") : text;
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && prefix.length + line.length + 1 + word.length > width) {
      lines.push(prefix + line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(prefix + line);
  return lines;
}
