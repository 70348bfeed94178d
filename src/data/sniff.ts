import { AutomlError } from "../core/errors.ts";
import type { Dialect, Encoding, Newline, Separator } from "./dialect.ts";
import { nameColumns } from "./name-columns.ts";
import { parseRecords, type RecordMarks } from "./parse-records.ts";
import { looksLikeHeader } from "./sniff-header.ts";

export interface SniffInput {
  /** The first part of the file, decoded, without its byte order mark. */
  readonly text: string;
  /** Whether `text` is the whole file. Otherwise its last record may be cut and is not looked at. */
  readonly whole: boolean;
  readonly encoding: Encoding;
  readonly bom: boolean;
  /** Of the file, for messages. */
  readonly name?: string;
  /** Names a caller will ask for: they decide whether the first record is a header when the look of it does not. */
  readonly expected?: readonly string[];
}

const separators: readonly Separator[] = [",", ";", "\t", "|"];
const recordsLookedAt = 1000;

/**
 * Decides from the first part of a text how it is written: the separator that cuts most records into the same number
 * of cells (at least two), then quotes, header and names. Pure. Throws AUTOML_FILE_FORMAT for text that is no table.
 */
export function sniff(input: SniffInput): Dialect {
  const cuts = quotings(input.text).map((quoting) => {
    const { text, skip } = afterPreamble(input.text, quoting);
    return { quoting, skip, ...bestSeparator(text, input.whole, quoting) };
  });
  const best = cuts.reduce((a, b) => (agreement(a) >= agreement(b) ? a : b));
  if (!isTable(best)) throw notTable(input.name ?? "The file");
  const { quoting, skip, separator, records, width } = best;
  const first = records[0] ?? [];
  const rest = records.slice(1);
  const header =
    expectedHeader(first, input.expected) ?? (rest.length === 0 || looksLikeHeader(first, rest));
  const { names, notes } = nameColumns(header ? first : null, width);
  return {
    separator,
    ...quoting,
    newline: sniffNewline(input.text),
    encoding: input.encoding,
    bom: input.bom,
    skip,
    header,
    names,
    notes,
  };
}

type Quoting = Pick<Dialect, "quote" | "escape">;

/** The ways of quoting that are worth a try; the first wins among equals. */
function quotings(text: string): Quoting[] {
  const opensCell = (quote: string) => new RegExp(`(?:^|[,;\\t|\n])${quote}`).test(text);
  const single = /(?:^|[,;\t|\n])'[^'\n]*'(?:[,;\t|\r\n]|$)/;
  if (!opensCell('"')) {
    return [single.test(text) ? { quote: "'", escape: "'" } : { quote: '"', escape: '"' }];
  }
  const doubled: Quoting = { quote: '"', escape: '"' };
  return text.includes('\\"') ? [doubled, { quote: '"', escape: "\\" }] : [doubled];
}

/** Blank lines and lines of comment above the table. A header that begins with # has the cells of the line below it. */
function afterPreamble(text: string, quoting: Quoting): { text: string; skip: number } {
  let rest = text;
  let skip = 0;
  for (;;) {
    const line = /^([^\r\n]*)(\r\n|\n|\r)/.exec(rest);
    if (line === null) return { text: rest, skip };
    const below = rest.slice(line[0].length);
    const blank = line[1]!.trim() === "";
    if (!blank && !(line[1]!.startsWith("#") && isComment(line[1]!, below, quoting))) {
      return { text: rest, skip };
    }
    rest = below;
    skip++;
  }
}

function isComment(line: string, below: string, quoting: Quoting): boolean {
  const next = /^[^\r\n]*/.exec(below)![0];
  if (next.startsWith("#")) return true;
  return separators.every((separator) => {
    const cells = (text: string) => parseRecords(text, { separator, ...quoting })[0]?.length ?? 0;
    return cells(line) < 2 || cells(line) !== cells(next);
  });
}

interface Cut {
  readonly separator: Separator;
  readonly records: readonly (readonly string[])[];
  /** Cells of most records. */
  readonly width: number;
  /** Share of the records with that many cells. */
  readonly share: number;
}

function bestSeparator(text: string, whole: boolean, quoting: Quoting): Cut {
  const cuts = separators.map((separator) => cutBy(text, whole, { separator, ...quoting }));
  const tables = cuts.filter((cut) => cut.width > 1);
  return (tables.length > 0 ? tables : cuts).reduce((a, b) => (score(a) >= score(b) ? a : b));
}

/** Lines cut into ever different numbers of cells are prose, and so are long lines that nothing cuts. */
function isTable(cut: Cut): boolean {
  return cut.width > 1 ? cut.share >= 0.5 : cut.share >= 0.9 && !isProse(cut);
}

function notTable(name: string): AutomlError {
  return new AutomlError(
    "AUTOML_FILE_FORMAT",
    `${name} is text, but not a table: no separator (comma, semicolon, tab, |) cuts its lines into equal numbers of cells.`,
    { hint: "Give a CSV or TSV file with one record per line, or Parquet, JSON or NDJSON." },
  );
}

function isProse(cut: Cut): boolean {
  const words = cut.records.map((cells) => cells.join(" ").trim().split(/\s+/).length);
  return words.reduce((sum, count) => sum + count, 0) / words.length > 4;
}

/** Agreement first; among equals the cut whose cells are numbers more often, so that "1,5;2,5" is cut at ";". */
function score(cut: Cut): number {
  const cells = cut.records.slice(1, 101).flat();
  const plain = cells.filter((cell) => cell.trim() === "" || Number.isFinite(Number(cell))).length;
  return agreement(cut) + (cells.length === 0 ? 0 : plain / cells.length) * 0.1;
}

/**
 * How well the records agree in their number of cells, the header included. In "a;b" above "1,5;2,5" commas cut every
 * row alike, but not the header. A header of one cell less names all but the row labels.
 */
function agreement(cut: Cut): number {
  const missing = cut.width - (cut.records[0]?.length ?? 0);
  const header = missing === 0 ? 0.3 : missing === 1 && cut.width > 2 ? 0.25 : 0;
  return cut.share + header;
}

function cutBy(text: string, whole: boolean, marks: RecordMarks & { separator: Separator }): Cut {
  const records = parseRecords(text, marks, recordsLookedAt);
  if (!whole && records.length > 1 && records.length < recordsLookedAt) records.pop();
  const counts = new Map<number, number>();
  // The header may name one column less (row labels): the rows decide, as long as there are any.
  for (const record of records.length > 1 ? records.slice(1) : records) {
    counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  }
  let width = 1;
  let most = 0;
  let total = 0;
  for (const [cells, count] of counts) {
    total += count;
    if (count > most || (count === most && cells > width)) [width, most] = [cells, count];
  }
  return { separator: marks.separator, records, width, share: total === 0 ? 0 : most / total };
}

function expectedHeader(
  first: readonly string[],
  expected: readonly string[] | undefined,
): boolean | undefined {
  if (expected === undefined || expected.length === 0) return undefined;
  return expected.every((name) => first.includes(name)) ? true : undefined;
}

function sniffNewline(text: string): Newline {
  return (/\r\n|\n|\r/.exec(text)?.[0] ?? "\n") as Newline;
}
