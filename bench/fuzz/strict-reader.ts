/** What the strict reader says about a text. */
export type StrictReading =
  /** Quotes are not after RFC 4180, or characters are there that no text file holds. */
  | { readonly kind: "invalid"; readonly why: string }
  /** Every quote is in order, but records differ in length. */
  | { readonly kind: "ragged"; readonly records: readonly (readonly string[])[] }
  | { readonly kind: "table"; readonly records: readonly (readonly string[])[] };

/** Control characters but tab and newlines, byte order marks in the text, newlines that only Unicode knows. */
const oddCharacters = /(?![\t\n\r])\p{Cc}|[\ufffd\ufeff\u2028\u2029]/u;

/**
 * An independent reader, strict where ours is kind: RFC 4180 with any separator and LF, CRLF or CR as newline (one lone
 * CR among LF is refused). Blank lines are passed over when records have more than one cell. O(characters).
 */
export function strictRead(text: string, separator: string): StrictReading {
  if (oddCharacters.test(text)) {
    return { kind: "invalid", why: "control characters" };
  }
  const cut = splitRecords(text, separator);
  if (typeof cut === "string") return { kind: "invalid", why: cut };
  const width = Math.max(...cut.map((record) => record.length));
  const records = width > 1 ? cut.filter((record) => record.length > 1 || record[0] !== "") : cut;
  const even = records.every((record) => record.length === width);
  return { kind: even ? "table" : "ragged", records };
}

/** The records, or why there are none. */
function splitRecords(text: string, separator: string): string[][] | string {
  const newline = newlineOf(text);
  if (newline === null) return "newlines of several kinds";
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length || record.length > 0) {
    const cell = readCell(text, at, separator);
    if (typeof cell === "string") return cell;
    record.push(cell.value);
    at = cell.end;
    if (text[at] === separator) {
      at++;
      if (at < text.length) continue;
      record.push("");
    } else if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
    else if (at < text.length) at++;
    records.push(record);
    record = [];
  }
  return records;
}

function readCell(
  text: string,
  from: number,
  separator: string,
): { readonly value: string; readonly end: number } | string {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && !isBreak(text[end]!)) {
      if (text[end] === '"') return "a quote inside a plain cell";
      end++;
    }
    return { value: text.slice(from, end), end };
  }
  let value = "";
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') value += text[++at];
    else if (at + 1 === text.length || text[at + 1] === separator || isBreak(text[at + 1]!)) {
      return { value, end: at + 1 };
    } else return "text after a closing quote";
  }
  return "a quote that is never closed";
}

function isBreak(character: string): boolean {
  return character === "\n" || character === "\r";
}

/** The newline outside of quoted cells: LF and CRLF may stand side by side, CR only alone. Null: mixed. */
function newlineOf(text: string): string | null {
  const bare = text.replace(/"[^"]*"/g, "");
  const lone = /\r(?!\n)/.test(bare);
  if (!lone) return bare.includes("\r\n") ? "\r\n" : "\n";
  return bare.includes("\n") ? null : "\r";
}
