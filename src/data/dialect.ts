export type Separator = "," | ";" | "\t" | "|";
export type Newline = "\n" | "\r\n" | "\r";
/** Labels of the Encoding Standard, as TextDecoder takes them. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

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
  /** Blank or comment lines above the first record. */
  readonly skip: number;
  /** False: the first record is data already and the names are made up. */
  readonly header: boolean;
  /** One unique name per column. */
  readonly names: readonly string[];
  /** What was changed or made up on the way, one sentence each. */
  readonly notes: readonly string[];
}

const separatorLabels: { readonly [S in Separator]: string } = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

export const encodingLabels: { readonly [E in Encoding]: string } = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

/** "comma, UTF-8" as the terminal shows it. */
export function dialectLabel(dialect: Dialect, gzip: boolean): string {
  const parts = [separatorLabels[dialect.separator], encodingLabels[dialect.encoding]];
  if (!dialect.header) parts.push("no header row");
  if (gzip) parts.push("gzip");
  return parts.join(", ");
}
