/**
 * Control characters (escape sequences begin with one), marks that turn the direction of text around, invisible
 * separators, lone surrogates and tag characters. Joiners (200C, 200D) stay: scripts and emoji need them.
 */
const unsafe =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/gu;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = code.toString(16);
  if (code < 0x100) return named[character] ?? `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/**
 * Text from outside (a column name, a path, a cell) as one line that a terminal cannot take for commands: what is not
 * safe becomes a visible escape such as `\x1b`.
 */
export function printable(text: string): string {
  return text.replace(unsafe, visible);
}

/** The same for messages of several lines: line ends stay, and what is longer than 4,000 characters is cut. */
export function printableLines(text: string): string {
  const cut = text.length > 4000 ? `${text.slice(0, 4000)} ...` : text;
  return cut.split(/\r?\n/).map(printable).join("\n");
}
