import { gzipSync } from "node:zlib";
import type { Random } from "../../src/core/random.ts";
import { encodeText, type FileEncoding } from "./encode-text.ts";
import type { SmallTable } from "./small-table.ts";

/** How a delimited file is written. */
export interface Style {
  readonly separator: "," | ";" | "\t" | "|";
  readonly newline: "\n" | "\r\n" | "\r";
  /** Every cell in quotes, or only those that need them. */
  readonly quotesAll: boolean;
  readonly endsWithNewline: boolean;
  readonly encoding: FileEncoding;
  readonly bom: boolean;
  readonly gzip: boolean;
}

export function drawStyle(random: Random): Style {
  const pick = <T>(...values: readonly T[]): T => values[random.integer(values.length)]!;
  const wide = pick<FileEncoding>("utf-16le", "utf-16be", "windows-1252", "euc-kr", "shift_jis", "gb18030"); // prettier-ignore
  const encoding = random.integer(4) === 0 ? wide : "utf-8";
  const bom = encoding.startsWith("utf-16") || (encoding === "utf-8" && random.integer(6) === 0);
  return {
    separator: pick(",", ",", ",", ";", "\t", "|"),
    newline: pick("\n", "\n", "\r\n", "\r\n", "\r"),
    quotesAll: random.integer(5) === 0,
    endsWithNewline: random.integer(4) > 0,
    encoding,
    bom,
    gzip: random.integer(15) === 0,
  };
}

/** The text of a table after RFC 4180, with the separator and newline of the style. */
export function delimitedText(table: SmallTable, style: Style): string {
  const lines = [table.names, ...table.rows].map((row) =>
    row.map((cell) => quoted(cell, style)).join(style.separator),
  );
  return lines.join(style.newline) + (style.endsWithNewline ? style.newline : "");
}

export function textBytes(text: string, style: Style): Uint8Array {
  const plain = encodeText(text, style.encoding, style.bom);
  return style.gzip ? gzipSync(plain) : plain;
}

/** A row of one empty cell would be a blank line: it is quoted. */
function quoted(cell: string, { separator, quotesAll }: Style): string {
  const needed = cell.includes(separator) || /["\n\r]/.test(cell);
  return quotesAll || needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}
