/** Blanks, also those that keep a line together. Written out: `\s` means other characters to DuckDB. */
export const blanks = "[ \\t\u00a0\u202f]*";

/** The text as a part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** What stands around a number. A number without its unit is a number too; a star is any text without a digit. */
export function affixPattern(affix: string): string {
  if (affix === "*") return "[^0-9]*?";
  return affix === "" ? "" : `(?:${escapePattern(affix)})?`;
}
