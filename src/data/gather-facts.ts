import { levelSql, markerSql, numberSql, valueSql } from "./cell-sql.ts";
import { candidateClockFormats } from "./clock-format.ts";
import {
  toleratedShare,
  type ColumnFacts,
  type DateFacts,
  type NumericFacts,
  type TextFacts,
  type WrittenFacts,
} from "./column-facts.ts";
import { candidateFormats, dayMonthTwin, formatsOfNumbers } from "./date-candidates.ts";
import { dateSql } from "./date-sql.ts";
import type { DuckSession } from "./duck-session.ts";
import { nameWords } from "./name-words.ts";
import { numberCandidates } from "./number-candidates.ts";
import type { RawTable } from "./raw-table.ts";

/** How the work is cut into queries; never changes what is found. */
export interface GatherOptions {
  /** Up to so many rows one query looks at many columns as one long column: planning a query costs more than the rows. */
  readonly fewRows?: number;
  /** Columns of such a query. */
  readonly together?: number;
}

/** Columns per query of a large table. They are planned once and scanned side by side; more only cost memory. */
const batch = 8;

/** Columns of a wide table that are copied to a narrow one first: a query names all columns of its table to DuckDB. */
const chunk = 50;

/**
 * Gathers the evidence for every column of `raw`. Each column is first reduced to its different cells with how often
 * they occur, so that texts are looked into once per value and not once per row. O(rows x columns), all of it in SQL.
 */
export async function gatherFacts(
  session: DuckSession,
  raw: RawTable,
  { fewRows = 20_000, together = 200 }: GatherOptions = {},
): Promise<ColumnFacts[]> {
  const columns = raw.names.map((_, c) => c);
  const unpivoted = raw.rows <= fewRows;
  const source = { session, raw, table: "raw", unpivoted };
  const width = unpivoted ? together : chunk;
  if (columns.length <= width) return factsOf(source, columns);
  const facts: ColumnFacts[] = [];
  for (let start = 0; start < columns.length; start += width) {
    const some = columns.slice(start, start + width);
    const names = some.map((c) => `c${c}`).join(", ");
    await session.run(`CREATE OR REPLACE TEMP TABLE part AS SELECT ${names} FROM raw`);
    facts.push(...(await factsOf({ ...source, table: "part" }, some)));
  }
  await session.run("DROP TABLE IF EXISTS part");
  return facts;
}

/** Where the cells of some columns are: `raw`, or a copy of these columns with the same rows in the same order. */
interface FactSource {
  readonly session: DuckSession;
  readonly raw: RawTable;
  readonly table: string;
  /** One query over all columns as one; else a query per column. */
  readonly unpivoted: boolean;
}

async function factsOf(source: FactSource, columns: readonly number[]): Promise<ColumnFacts[]> {
  const facts: ColumnFacts[] = [];
  const step = source.unpivoted ? columns.length : batch;
  for (let start = 0; start < columns.length; start += step) {
    const some = columns.slice(start, start + step);
    const rows = await source.session.rows(columnsSql(source, some));
    const found = new Map(rows.map((row) => [Number(row[0]), row.slice(1)]));
    // A column without a filled cell has no row.
    for (const c of some) facts.push(await readFacts(source, c, found.get(c) ?? []));
  }
  return facts;
}

/** Different cells of each column that are kept, the first of the file: all levels of a short scale are among them. */
const keptCells = 12;

/** Rows that are looked through for them: the more often a cell occurs, the surer it is there. */
const rowsLookedAt = 10_000;

/**
 * One row of counts per column. Per different cell: c its column, v its text, k how often it occurs, n its number or
 * null, l its word in lower case where it is no number, and whether that word marks a missing value among values or
 * texts.
 */
function columnsSql(source: FactSource, columns: readonly number[]): string {
  const numbers = source.unpivoted
    ? `arg_min(v, hash(v), ${numberSamples}) FILTER (WHERE NOT value_marker)`
    : "NULL";
  return `SELECT c, ${[...countsSql(), ...cellsSql(), numbers].join(", ")} FROM (
    SELECT *, CASE WHEN n IS NULL THEN ${markerSql("l", "value")} ELSE false END AS value_marker,
      CASE WHEN n IS NULL THEN ${markerSql("l", "text")} ELSE false END AS text_marker FROM (
    SELECT *, CASE WHEN n IS NULL THEN lower(trim(v)) END AS l FROM (
    SELECT * EXCLUDE (x), CASE WHEN isfinite(x) THEN x END AS n FROM (
    SELECT *, ${numberSql("v")} AS x FROM (${differentSql(source, columns)}))))) GROUP BY c`;
}

/** The different cells of the columns; the same either way. */
function differentSql({ table, unpivoted }: FactSource, columns: readonly number[]): string {
  const counted = "count(*) AS k, min(r) AS first_row, max(r) AS last_row";
  if (unpivoted) {
    const names = columns.map((c) => `c${c}`).join(", ");
    return `SELECT substr(name, 2)::INTEGER AS c, v, ${counted} FROM (
      UNPIVOT (SELECT rowid AS r, ${names} FROM ${table}) ON ${names} INTO NAME name VALUE v) GROUP BY name, v`;
  }
  return columns
    .map(
      (c) => `SELECT ${c} AS c, v, ${counted} FROM (
      SELECT c${c} AS v, rowid AS r FROM ${table} WHERE c${c} IS NOT NULL) GROUP BY v`,
    )
    .join(" UNION ALL ");
}

/** Numbers about a column, in the order of `ColumnCounts`. */
function countsSql(): string[] {
  const count = (condition: string) => `coalesce(sum(CASE WHEN ${condition} THEN k END), 0)`;
  const text = (what: string) => `CASE WHEN text_marker THEN NULL ELSE ${what} END`;
  const words = "length(l) - length(translate(l, ' |,;/', '')) + 1";
  const code =
    "n IS NULL AND NOT text_marker AND length(v) = 2 AND regexp_matches(v, '^[A-Z]{2}$')";
  return [
    "coalesce(sum(k), 0)",
    count("n IS NOT NULL"),
    count("value_marker"),
    count("text_marker"),
    "count(*)",
    count("v = 'NA'"),
    count(code),
    count("n IS NOT NULL AND contains(v, '.')"),
    "count(n)",
    count("n = trunc(n)"),
    "min(n)",
    "max(n)",
    count(
      "(v LIKE '0%' OR length(v) > 16) AND regexp_full_match(trim(v), '0[0-9]{2,}|[0-9]{17,}')",
    ),
    "min(n - last_row)",
    "max(n - first_row)",
    `count(${text("1")})`,
    "count(CASE WHEN n IS NULL AND length(l) < length(v) THEN 1 END)",
    `max(${text("length(v)")})`,
    `sum(k * ${text("length(v)")})`,
    `sum(k * ${text(`CASE WHEN n IS NULL THEN ${words} ELSE 1 END`)})`,
  ];
}

/** Cells of a column: the first different ones of the file, and those that are first and last by code point. */
function cellsSql(): string[] {
  const value = (what: string) => `CASE WHEN n IS NULL AND NOT value_marker THEN ${what} END`;
  return [
    `arg_min(v, first_row, ${keptCells}) FILTER (WHERE first_row < ${rowsLookedAt})`,
    `arg_min(v, first_row, ${dateSamples}) FILTER (WHERE first_row < ${rowsLookedAt} AND n IS NULL AND NOT value_marker)`,
    `min(${value("v")})`,
    `max(${value("v")})`,
  ];
}

const countNames = [
  ...(["filled", "numbers", "valueMarkers", "textMarkers", "differentCells", "naCells"] as const),
  ...(["capitalPairs", "points", "distinct", "integers", "min", "max", "codes", "low"] as const),
  ...(["high", "texts", "padded", "maxLength", "characters", "words"] as const),
];
type ColumnCounts = Readonly<Record<(typeof countNames)[number], number>>;

async function readFacts(
  source: FactSource,
  c: number,
  values: readonly unknown[],
): Promise<ColumnFacts> {
  const { raw } = source;
  const counts = Object.fromEntries(
    countNames.map((name, i) => [name, Number(values[i] ?? 0)]),
  ) as ColumnCounts;
  const { filled, numbers, valueMarkers, textMarkers } = counts;
  const [firstCells, samples, first, last, lotted] = values.slice(countNames.length);
  const present = filled - valueMarkers;
  const name = raw.names[c]!;
  const numeric =
    numbers > 0 && present - numbers <= toleratedShare * present ? numericFacts(counts) : null;
  const text =
    filled > textMarkers && (numeric === null || numeric.codes > 0)
      ? await textFacts(source, c, counts)
      : null;
  const formats = [
    ...(numeric === null ? [] : formatsOfNumbers(nameWords(name), numeric)),
    ...[...compactDates(numeric), ...texts([first, last]), ...texts(samples)].flatMap(
      candidateFormats,
    ),
  ];
  const dates = await dateFacts(source, c, present, [...new Set(formats)]);
  // Numbers in texts have digits, in some of the cells that were seen, too.
  const seen = [...texts(firstCells), ...texts(samples), ...texts([first, last])];
  const isMixed =
    dates.length === 0 && present > 0 && numbers < present && seen.some((cell) => /\d/.test(cell));
  return {
    name,
    position: c,
    rows: raw.rows,
    filled,
    numbers,
    valueMarkers,
    textMarkers,
    differentCells: counts.differentCells,
    firstCells: await allOfFew(source, c, counts.differentCells, texts(firstCells)),
    naCells: counts.naCells,
    capitalPairs: counts.capitalPairs,
    numeric,
    text,
    dates,
    written: isMixed
      ? await writtenNumbers(source, c, present, Array.isArray(lotted) ? texts(lotted) : undefined)
      : noneWritten,
  };
}

/** All different cells where they are few: some may come first far down in the file. */
async function allOfFew(
  { session, table }: FactSource,
  c: number,
  different: number,
  cells: readonly string[],
): Promise<readonly string[]> {
  if (different > keptCells || cells.length === different) return cells;
  const rows = await session.rows(
    `SELECT c${c} AS v FROM ${table} WHERE c${c} IS NOT NULL GROUP BY v ORDER BY min(rowid)`,
  );
  return rows.map(([cell]) => String(cell));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => item !== null).map(String) : [];
}

function numericFacts(counts: ColumnCounts): NumericFacts {
  const { distinct, integers, min, max, codes, points, low, high } = counts;
  return {
    distinct: min === max ? 1 : distinct,
    integers,
    min,
    max,
    codes,
    points,
    countsFrom: low === high ? low : null,
  };
}

async function textFacts(
  { session, table }: FactSource,
  c: number,
  { texts: different, padded, maxLength, characters, words }: ColumnCounts,
): Promise<TextFacts> {
  if (padded === 0) return { distinct: different, maxLength, characters, words };
  // "finishing " and "finishing" are one level.
  const level = levelSql(`c${c}`);
  const [row] = await session.rows(
    `SELECT count(DISTINCT ${level}) FROM ${table} WHERE c${c} IS NOT NULL AND NOT ${markerSql(level, "text")}`,
  );
  return { distinct: Number(row![0]), maxLength, characters, words };
}

/** Cells that are looked at to tell how numbers are written in a column. */
const numberSamples = 200;

/** So many cells may hold one of a few words instead ("included", "no info"): they count as missing. */
const wordShare = 0.25;
const mostWords = 5;

const noneWritten: WrittenFacts = { numbers: null, refusal: null };

/**
 * Looks for numbers with a currency sign, a unit, commas. Two more queries, for columns that may have them only.
 * @param lotted the samples, where they are at hand
 */
async function writtenNumbers(
  source: FactSource,
  c: number,
  present: number,
  lotted?: readonly string[],
): Promise<WrittenFacts> {
  const { session, table } = source;
  const samples = lotted ?? (await sampleCells(source, c));
  const { formats: numberFormats, refusal } = numberCandidates(samples);
  const formats = [...numberFormats, ...candidateClockFormats(samples)];
  if (formats.length === 0) return { numbers: null, refusal };
  const numbers = formats.map(
    (format, i) => `${valueSql("v", { name: "", type: "numeric", format })} AS n${i}`,
  );
  const counts = formats.map(
    (_, i) =>
      `coalesce(sum(k) FILTER (n${i} IS NOT NULL), 0), count(DISTINCT n${i}),
       count(*) FILTER (n${i} IS NULL), count(*) FILTER (n${i} IS NULL AND regexp_matches(v, '[0-9]')),
       coalesce(sum(k) FILTER (n${i} < 0 AND regexp_matches(v, '[(]|[−-][ ]*$')), 0)`,
  );
  const [found] = await session.rows(
    `SELECT ${counts.join(", ")} FROM (SELECT v, k, ${numbers.join(", ")} FROM (
       SELECT c${c} AS v, count(*) AS k FROM ${table} WHERE c${c} IS NOT NULL AND NOT ${markerSql(`c${c}`, "value")} GROUP BY v))`,
  );
  const fitting = formats
    .map((format, i) => {
      const [fits, distinct, words, withDigits, turned] = found!
        .slice(5 * i, 5 * i + 5)
        .map(Number) as [number, number, number, number, number];
      return { format, fits, distinct, words, withDigits, ...(turned > 0 && { turned }) };
    })
    .filter(({ fits, words, withDigits }) => {
      const others = present - fits;
      const fewWords = withDigits === 0 && words <= mostWords;
      return others <= (fewWords ? wordShare : toleratedShare) * present;
    })
    // Among equals the first: the sort is stable.
    .sort((one, other) => other.fits - one.fits);
  return { numbers: fitting[0] ?? null, refusal };
}

/** Different cells that mark no missing value, drawn as if by lot. */
async function sampleCells({ session, table }: FactSource, c: number): Promise<string[]> {
  const cells = await session.rows(
    `SELECT v FROM (SELECT DISTINCT c${c} AS v FROM ${table} WHERE c${c} IS NOT NULL AND NOT ${markerSql(`c${c}`, "value")})
     ORDER BY hash(v), v LIMIT ${numberSamples}`,
  );
  return cells.map(([cell]) => String(cell));
}

/** Whole numbers that could all be dates written as 20140502. */
function compactDates(numeric: NumericFacts | null): string[] {
  if (numeric === null || numeric.min < 19_000_101 || numeric.max > 21_001_231) return [];
  return [String(numeric.min), String(numeric.max)];
}

/** Cells beside the first and the last by code point that are looked at for dates. */
const dateSamples = 6;

/** Counts how many cells fit each format. One more query or two, for columns that look like dates only. */
async function dateFacts(
  source: FactSource,
  c: number,
  present: number,
  formats: readonly string[],
): Promise<DateFacts[]> {
  if (formats.length === 0) return [];
  const counted = (await countDates(source, c, formats))
    .filter(({ fits }) => fits > 0)
    .sort((a, b) => b.fits - a.fits);
  const fitting = counted.filter(({ fits }) => present - fits <= toleratedShare * present);
  const found = fitting.length > 0 ? fitting : await severalFormats(source, c, present, counted);
  const [best, next] = found;
  if (!best || !next || best.fits !== next.fits || dayMonthTwin(best.format) !== next.format)
    return found;
  return Promise.all(
    [best, next].map(async (fact) => ({ ...fact, travel: await travel(source, c, fact.format) })),
  );
}

async function countDates(
  { session, table }: FactSource,
  c: number,
  formats: readonly string[],
): Promise<DateFacts[]> {
  // Each different cell once: parsing a date costs more than grouping, and most columns repeat theirs.
  const times = formats.map((format, i) => `${dateSql("v", format)} AS d${i}`);
  const counts = formats.map((_, i) => `coalesce(sum(CASE WHEN d${i} IS NOT NULL THEN k END), 0)`);
  const [fits] = await session.rows(
    `SELECT ${counts.join(", ")} FROM (SELECT k, ${times.join(", ")} FROM (
       SELECT c${c} AS v, count(*) AS k FROM ${table} GROUP BY v))`,
  );
  return formats.map((format, i) => ({ format, fits: Number(fits![i]), travel: 0 }));
}

/** A column whose dates are written in several ways, none of them in nearly all cells. */
async function severalFormats(
  source: FactSource,
  c: number,
  present: number,
  counted: readonly DateFacts[],
): Promise<DateFacts[]> {
  const taken: string[] = [];
  for (const { format } of counted) {
    // Day and month stand one way round throughout, as in most cells.
    const twin = dayMonthTwin(format);
    if (twin === undefined || !taken.includes(twin)) taken.push(format);
  }
  if (taken.length < 2) return [];
  const together = await countDates(source, c, [taken.slice(0, 6).join(" | ")]);
  return together.filter(({ fits }) => present - fits <= toleratedShare * present);
}

/** The days between neighbouring rows, summed over the column in file order. */
async function travel({ session, table }: FactSource, c: number, format: string): Promise<number> {
  const [sum] = await session.rows(
    `SELECT sum(abs(d - before)) / 86400000 FROM (
       SELECT d, lag(d) OVER (ORDER BY r) AS before FROM (
         SELECT rowid AS r, ${dateSql(`c${c}`, format)} AS d FROM ${table}) WHERE d IS NOT NULL)`,
  );
  return Number(sum![0] ?? 0);
}
