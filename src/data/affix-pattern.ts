/** Blanks, also those that keep a line together. Written out: `\s` means other characters to DuckDB. */
export const blanks = "[ \\t\u00a0\u202f]*";

/** The text as a part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Behind a unit: anything in brackets, numbers too. */
export const bracketed = "(*)";

/**
 * What stands around a number. A number without its unit is a number too; a star is any text without a digit, a star in
 * brackets any text in brackets.
 */
export function affixPattern(affix: string): string {
  if (affix.endsWith(bracketed)) {
    const unit = affix.slice(0, -bracketed.length).trim();
    return `${affixPattern(unit)}${blanks}(?:[(][^()]*[)])?`;
  }
  if (affix === "*") return "[^0-9]*?";
  return affix === "" ? "" : `(?:${escapePattern(affix)})?`;
}
