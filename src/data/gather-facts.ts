import { levelSql, markerSql, numberSql } from "./cell-sql.ts";
import {
  toleratedShare,
  type ColumnFacts,
  type NumericFacts,
  type TextFacts,
  type WrittenFacts,
} from "./column-facts.ts";
import { candidateFormats, formatsOfNumbers } from "./date-candidates.ts";
import type { DuckSession } from "./duck-session.ts";
import type { FactSource } from "./fact-source.ts";
import { dateFacts, dateSamples } from "./gather-dates.ts";
import { noneWritten, numberSamples, writtenNumbers } from "./gather-numbers.ts";
import { nameWords } from "./name-words.ts";
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
    // Of points between thousands: three digits behind, none of more than three in front, no 0 in front.
    count(
      "n IS NOT NULL AND (CASE WHEN contains(v, '.') THEN length(v) - strpos(v, '.') <> 3 OR abs(n) < 1 OR abs(n) >= 1000 ELSE abs(n) >= 1000 END)",
    ),
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
  ...([
    "capitalPairs",
    "points",
    "noThousands",
    "distinct",
    "integers",
    "min",
    "max",
    "codes",
    "low",
  ] as const),
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
  const dotted = areThousands(counts);
  const numeric =
    !dotted && numbers > 0 && areNumbers(counts, present) ? numericFacts(counts) : null;
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
  // Years alone are numbers; beside dates they are dates that say less.
  if (formats.length > 0 && numeric === null && numbers > 0) formats.push("%Y");
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
    written: dotted
      ? dottedNumbers(counts)
      : isMixed
        ? await writtenNumbers(
            source,
            c,
            present,
            Array.isArray(lotted) ? texts(lotted) : undefined,
          )
        : noneWritten,
  };
}

/** Nearly all cells are numbers; one number beside words is a level. */
function areNumbers({ numbers, distinct }: ColumnCounts, present: number): boolean {
  if (numbers < present && distinct < 2) return false;
  return present - numbers <= toleratedShare * present;
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

/** So many cells with a point, and so large a share without, that it cannot be chance that none has other decimals. */
const fewestDotted = 50;
const undottedShare = 0.01;

/** "850" beside "150.000": points between thousands, where every point has three digits behind it and what has none is small. */
function areThousands({ numbers, points, noThousands }: ColumnCounts): boolean {
  return noThousands === 0 && points >= fewestDotted && numbers - points >= undottedShare * numbers;
}

function dottedNumbers({ numbers, distinct, differentCells }: ColumnCounts): WrittenFacts {
  const words = Math.max(0, differentCells - distinct);
  const found = { format: "1.234,5", fits: numbers, distinct, words, thousands: true };
  return { numbers: found, refusal: null };
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

/** Whole numbers that could all be dates written as 20140502. */
function compactDates(numeric: NumericFacts | null): string[] {
  if (numeric === null || numeric.min < 19_000_101 || numeric.max > 21_001_231) return [];
  return [String(numeric.min), String(numeric.max)];
}
