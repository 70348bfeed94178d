import type { Packing } from "./text/unpack.ts";

export type Separator = "," | ";" | "\t" | "|";
export type Newline = "\n" | "\r\n" | "\r";
/** Labels of the Encoding Standard, as TextDecoder takes them. */
export type Encoding =
  | "utf-8"
  | "utf-16le"
  | "utf-16be"
  | "windows-1252"
  | "windows-1251"
  | "windows-1254"
  | "euc-kr"
  | "shift_jis"
  | "gb18030";

/** How a delimited text file is written. DuckDB is pinned to it and detects nothing itself. */
export interface Dialect {
  readonly separator: Separator;
  readonly quote: '"' | "'";
  /** What stands before a quote inside a quoted cell: the quote again, or a backslash. */
  readonly escape: '"' | "'" | "\\";
  /** What ends the first line. */
  readonly newline: Newline;
  readonly encoding: Encoding;
  readonly bom: boolean;
  /** Blank lines, comments and titles above the first record. */
  readonly skip: number;
  /** False: the first record is data already and the names are made up. */
  readonly header: boolean;
  /** Why the first record is taken for a header, or not. */
  readonly headerWhy: string;
  /** Whether cells are aligned with spaces and tabs, any number of them: `separator` is then the tab they become. */
  readonly spaced: boolean;
  /** Cells of a record in the file. */
  readonly width: number;
  /** One unique name per column; columns without name and values are left out, so there may be fewer than `width`. */
  readonly names: readonly string[];
  /** 0-based positions of the cells of a record that have no name in the file. */
  readonly unnamed: readonly number[];
  /** What was changed or made up on the way, one sentence each. */
  readonly notes: readonly string[];
}

const separatorLabels: { readonly [S in Separator]: string } = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

const encodingLabels: { readonly [E in Encoding]: string } = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
  "windows-1251": "Windows-1251",
  "windows-1254": "Windows-1254",
  "euc-kr": "CP949",
  shift_jis: "Shift-JIS",
  gb18030: "GB18030",
};

/** "comma, UTF-8" as the terminal shows it. */
export function dialectLabel(dialect: Dialect, packing: Packing): string {
  const separator = dialect.spaced ? "spaces" : separatorLabels[dialect.separator];
  const parts = [separator, encodingLabels[dialect.encoding]];
  if (!dialect.header) parts.push("no header row");
  if (packing !== "none") parts.push(packing);
  return parts.join(", ");
}
