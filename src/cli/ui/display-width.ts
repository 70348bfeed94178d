import { stripVTControlCharacters } from "node:util";
import { textWidth } from "../../codegen/syntax/text-width.ts";

/** Joiners and other format characters take none. */
const empty = /\p{Cf}/gu;

/** How many cells of a terminal the text takes; colour codes take none. */
export function displayWidth(text: string): number {
  return textWidth(stripVTControlCharacters(text).replace(empty, ""));
}

/** The text, cut to `width` cells with an ellipsis at its end when it is longer. Takes text without colour codes. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let result = "";
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width - 1) break;
    result += character;
  }
  return `${result}…`;
}

/** Filled with spaces to `width` cells, text to the left or to the right. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + space : space + text;
}

/** Words filled into lines of `width` cells; a word that is longer than a line is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width || line === "") line = longer;
    else {
      lines.push(truncate(line.trimEnd(), width));
      line = word;
    }
  }
  lines.push(truncate(line, width));
  return lines;
}
