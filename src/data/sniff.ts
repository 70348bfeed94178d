import { AutomlError } from "../core/errors.ts";
import type { Dialect, Encoding, Newline, Separator } from "./dialect.ts";
import { nameColumns } from "./name-columns.ts";
import { parseRecords, type RecordMarks } from "./parse-records.ts";
import { meansMissing } from "./missing-markers.ts";
import { judgeHeader, type HeaderVerdict } from "./sniff-header.ts";
import { tabbedText } from "./text/spaced-text.ts";

export interface SniffInput {
  /** The first part of the file, decoded, without its byte order mark. */
  readonly text: string;
  /** Whether `text` is the whole file. Otherwise its last record may be cut and is not looked at. */
  readonly whole: boolean;
  readonly encoding: Encoding;
  /** What is said about the encoding; null: nothing. */
  readonly encodingNote?: string | null;
  readonly bom: boolean;
  /** Of the file, for messages. */
  readonly name?: string;
  /** What the user says about the first record; undefined: it is looked at. */
  readonly header?: boolean | undefined;
  /** Names a caller will ask for: they decide whether the first record is a header when the look of it does not. */
  readonly expected?: readonly string[];
}

const separators: readonly Separator[] = [",", ";", "\t", "|"];
const recordsLookedAt = 1000;

/**
 * Decides from the first part of a text how it is written: the separator that cuts most records into the same number
 * of cells (at least two), then titles above the table, quotes, header and names. Pure. Throws AUTOML_FILE_FORMAT for
 * text that is no table.
 */
export function sniff(input: SniffInput): Dialect {
  const { cut, spaced } = findTable(input);
  const { quoting, skip, separator, records, width } = cut;
  if (width > mostColumns) throw tooManyColumns(input.name ?? "The file", width);
  const first = records[0] ?? [];
  const rest = records.slice(1);
  const { header, why } = isHeader(first, rest, input);
  const lastIsEmpty =
    rest.length > 0 && rest.every((record) => (record[width - 1] ?? "").trim() === "");
  const headerWhy = input.header === undefined ? why : null;
  const named = nameColumns(header ? first : null, width, { headerWhy, lastIsEmpty });
  return {
    separator,
    ...quoting,
    newline: sniffNewline(input.text),
    encoding: input.encoding,
    bom: input.bom,
    skip,
    header,
    headerWhy: why,
    spaced,
    width: named.names.length,
    names: named.names,
    unnamed: named.unnamed,
    notes: [
      ...(input.encodingNote ? [input.encodingNote] : []),
      ...(spaced ? ["Cells are separated by any number of spaces or tabs."] : []),
      ...cut.notes,
      ...named.notes,
    ],
  };
}

interface TableCut extends Cut {
  readonly quoting: Quoting;
  readonly skip: number;
  readonly notes: readonly string[];
}

function findTable(input: SniffInput): { readonly cut: TableCut; readonly spaced: boolean } {
  const best = bestCut(input.text, input.whole);
  const isCut = isTable(best) && best.width > 1;
  if (isCut && best.separator !== "\t") return { cut: best, spaced: false };
  const aligned = bestCut(tabbedText(input.text), input.whole);
  // Some writers mix tabs into the spaces: then tabs alone cut the header otherwise than the rows.
  const isBetter = agreement(aligned) > agreement(best) + 0.2 || runsTogether(best);
  if (isAligned(aligned) && (!isCut || isBetter)) return { cut: aligned, spaced: true };
  if (!isTable(best)) throw notTable(input.name ?? "The file");
  return { cut: best, spaced: false };
}

function bestCut(text: string, whole: boolean): TableCut {
  const cuts = quotings(text).map((quoting): TableCut => {
    const body = afterPreamble(text, quoting);
    const cut = {
      quoting,
      skip: body.skip,
      notes: [],
      ...bestSeparator(body.text, whole, quoting),
    };
    return afterTitles(cut, body.text, whole);
  });
  return cuts.reduce((a, b) => (agreement(a) >= agreement(b) ? a : b));
}

/** Whether tabs leave a row of numbers in one cell, with spaces between them. */
function runsTogether({ records, width }: Cut): boolean {
  const rows = records.slice(1, 101);
  const isRow = (cell: string | undefined): boolean =>
    /^\s*(?:[-+]?[0-9.]+|\?|NA)(?:\s+(?:[-+]?[0-9.]+|\?|NA)){2,}\s*$/.test(cell ?? "");
  const columns = Array.from({ length: width }, (_, c) => c);
  return (
    rows.length > 0 &&
    columns.some((c) => rows.filter((row) => isRow(row[c])).length >= 0.95 * rows.length)
  );
}

/** Spaces stand in prose, too: columns of them count when nearly all cells are numbers and the lines agree. */
function isAligned(cut: Cut): boolean {
  if (cut.separator !== "\t" || cut.width < 2 || cut.share < 0.95) return false;
  // "17.6 km" below "reach" is one column of amounts.
  const named = cut.records[0]?.length ?? 0;
  if (named !== cut.width && (cut.width === 2 || named !== cut.width - 1)) return false;
  const cells = cut.records.slice(1, 101).flat();
  const numbers = cells.filter(
    (cell) => Number.isFinite(Number(cell)) || meansMissing(cell),
  ).length;
  return cells.length > 0 && numbers >= 0.5 * cells.length;
}

function isHeader(
  first: readonly string[],
  rest: readonly (readonly string[])[],
  { header, expected }: SniffInput,
): HeaderVerdict {
  if (header !== undefined) return { header, why: "as it was said" };
  const asked = expected ?? [];
  if (asked.length > 0) {
    const names = first.map((name) => name.trim());
    if (asked.every((name) => names.includes(name.trim()))) {
      return { header: true, why: "it holds the names that are asked for" };
    }
    // Names that we made up are asked for by those who read such a file before.
    const madeUp = asked.every((name) => /^column[1-9]\d*$/.test(name));
    if (madeUp && !asked.some((name) => names.includes(name)) && asked.length > 1) {
      return { header: false, why: "it holds none of the names that are asked for" };
    }
  }
  return judgeHeader(first, rest);
}

/** Lines of titles above the header that are looked at. */
const mostTitles = 30;

/**
 * Titles stand above the header: lines with one filled cell, or cut into fewer cells than the table. The first record
 * that has the width of the table, and more than one cell filled, is where the table begins.
 */
function afterTitles(cut: TableCut, text: string, whole: boolean): TableCut {
  const { width, quoting, separator } = cut;
  if (width < 3 || !isTitle(cut.records, width)) return cut;
  const marks = { separator, ...quoting };
  let rest = text;
  const titles: string[] = [];
  for (let lines = 1; lines <= mostTitles; lines++) {
    const line = /^([^\r\n]*)(\r\n|\n|\r)/.exec(rest);
    if (line === null) return cut;
    const title = line[1]!.split(separator).join(" ").trim();
    if (title !== "") titles.push(title);
    rest = rest.slice(line[0].length);
    const records = parseRecords(rest, marks, recordsLookedAt);
    if (isTitle(records, width) || records[1]?.length !== width) continue;
    return {
      ...cut,
      ...cutBy(rest, whole, marks),
      skip: cut.skip + lines,
      notes: [titlesLeftOut(lines, titles[0])],
    };
  }
  return cut;
}

/** @param first the first that is more than separators; undefined: none is */
function titlesLeftOut(lines: number, first: string | undefined): string {
  const which = first === undefined ? "" : `, beginning with ${JSON.stringify(first.slice(0, 60))}`;
  const many = lines === 1 ? "1 line above the table was" : `${lines} lines above the table were`;
  return `${many} left out${which}.`;
}

/** Whether the first record is no row of the table, and no header of it either. */
function isTitle(records: readonly (readonly string[])[], width: number): boolean {
  const [record = [], next = [], ...rest] = records;
  if (filledCells(record) === 0 || record.length < width - 1) return true;
  // One cell less is a header that leaves the row labels out, and a single name one that leaves the others out, unless
  // another header follows.
  if (record.length === width && filledCells(record) > 1) {
    // Names of groups of columns above the names of the columns: gaps above a line without any.
    const isGroups = filledCells(record) <= 0.6 * width && filledCells(next) === width;
    return isGroups && next.length === width && judgeHeader(next, rest).isSure === true;
  }
  return filledCells(next) <= 1 || judgeHeader(next, rest).isSure === true;
}

function filledCells(record: readonly string[]): number {
  return record.filter((cell) => cell.trim() !== "").length;
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

/** Types are told and profiles drawn column by column: wider tables would take hours. */
export const mostColumns = 20_000;

export function tooManyColumns(name: string, columns: number): AutomlError {
  return new AutomlError(
    "AUTOML_TABLE_TOO_LARGE",
    `${name} has ${columns} columns or more; ${mostColumns} is the most that a table may have.`,
    { hint: "Check that it is a table with one record per line, and leave columns out of it." },
  );
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

function sniffNewline(text: string): Newline {
  return (/\r\n|\n|\r/.exec(text)?.[0] ?? "\n") as Newline;
}
