import { booleanPairs, dateSql, markerSql, numberSql, valueSql } from "./cell-sql.ts";
import {
  toleratedShare,
  type ColumnFacts,
  type DateFacts,
  type NumericFacts,
  type TextFacts,
  type WrittenNumbers,
} from "./column-facts.ts";
import { candidateFormats, dayMonthTwin } from "./date-candidates.ts";
import type { DuckSession } from "./duck-session.ts";
import { candidateNumberFormats } from "./number-format.ts";
import type { RawTable } from "./raw-table.ts";

/** Columns per query. Together they are planned once and scanned side by side; more only cost memory. */
const batch = 8;

/**
 * Gathers the evidence for every column of `raw`. Each column is first reduced to its different cells with how often
 * they occur, so that texts are looked into once per value and not once per row. O(rows x columns), all of it in SQL.
 */
export async function gatherFacts(session: DuckSession, raw: RawTable): Promise<ColumnFacts[]> {
  const facts: ColumnFacts[] = [];
  for (let start = 0; start < raw.names.length; start += batch) {
    const columns = raw.names.slice(start, start + batch).map((_, i) => start + i);
    const rows = await session.rows(columns.map(columnSql).join(" UNION ALL "));
    const found = new Map(rows.map((row) => [Number(row[0]), row.slice(1)]));
    for (const c of columns) facts.push(await readFacts(session, raw, c, found.get(c)!));
  }
  return facts;
}

/**
 * One row of counts for a column. Per different cell: v its text, k how often it occurs, n its number or null, l its
 * word in lower case where it is no number, and whether that word marks a missing value among values or texts.
 */
function columnSql(c: number): string {
  const booleans = booleanPairs.flat().map((word) => `'${word}'`);
  const count = (condition: string) => `coalesce(sum(CASE WHEN ${condition} THEN k END), 0)`;
  const value = (what: string) => `CASE WHEN n IS NULL AND NOT value_marker THEN ${what} END`;
  const text = (what: string) => `CASE WHEN text_marker THEN NULL ELSE ${what} END`;
  const words = "length(l) - length(translate(l, ' |,;/', '')) + 1";
  const select = [
    "coalesce(sum(k), 0)",
    count("n IS NOT NULL"),
    count("value_marker"),
    count("text_marker"),
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
    `max(${text("length(v)")})`,
    `sum(k * ${text("length(v)")})`,
    `sum(k * ${text(`CASE WHEN n IS NULL THEN ${words} ELSE 1 END`)})`,
    count(`l IN (${booleans.join(", ")})`),
    `min(${value("l")})`,
    `max(${value("l")})`,
    `min(${value("v")})`,
    `max(${value("v")})`,
  ];
  return `SELECT ${c}, ${select.join(", ")} FROM (
    SELECT *, CASE WHEN n IS NULL THEN ${markerSql("l", "value")} ELSE false END AS value_marker,
      CASE WHEN n IS NULL THEN ${markerSql("l", "text")} ELSE false END AS text_marker FROM (
    SELECT *, CASE WHEN n IS NULL THEN lower(trim(v)) END AS l FROM (
    SELECT * EXCLUDE (x), CASE WHEN isfinite(x) THEN x END AS n FROM (
    SELECT *, ${numberSql("v")} AS x FROM (
    SELECT c${c} AS v, count(*) AS k, min(rowid) AS first_row, max(rowid) AS last_row
    FROM raw WHERE v IS NOT NULL GROUP BY v)))))`;
}

async function readFacts(
  session: DuckSession,
  raw: RawTable,
  c: number,
  values: readonly unknown[],
): Promise<ColumnFacts> {
  const counts = values.slice(0, 16).map(Number);
  const [filled, numbers, valueMarkers, textMarkers] = counts as [number, number, number, number];
  const present = filled - valueMarkers;
  const numeric =
    numbers > 0 && present - numbers <= toleratedShare * present
      ? numericFacts(counts.slice(4, 11))
      : null;
  const words = values.slice(16, 18).map((word) => (typeof word === "string" ? word : ""));
  const text =
    filled > textMarkers && (numeric === null || numeric.codes > 0)
      ? textFacts(counts.slice(11), words)
      : null;
  const samples = values
    .slice(18)
    .filter((value) => value !== null)
    .map(String);
  return {
    name: raw.names[c]!,
    position: c,
    rows: raw.rows,
    filled,
    numbers,
    valueMarkers,
    textMarkers,
    numeric,
    text,
    dates: await dateFacts(session, c, present, [...compactDates(numeric), ...samples]),
    writtenNumbers:
      numeric === null && text !== null ? await writtenNumbers(session, c, present) : null,
  };
}

function numericFacts(counts: readonly number[]): NumericFacts {
  const [distinct, integers, min, max, codes, low, high] = counts;
  return {
    distinct: min === max ? 1 : distinct!,
    integers: integers!,
    min: min!,
    max: max!,
    codes: codes!,
    countsFrom: low === high ? low! : null,
  };
}

function textFacts(counts: readonly number[], words: readonly string[]): TextFacts {
  return {
    distinct: counts[0]!,
    maxLength: counts[1]!,
    characters: counts[2]!,
    words: counts[3]!,
    booleanWords: counts[4]!,
    first: words[0]!,
    last: words[1]!,
  };
}

/** Cells that are looked at to tell how numbers are written in a column. */
const numberSamples = 200;

/** So many cells may hold one of a few words instead ("included", "no info"): they count as missing. */
const wordShare = 0.25;
const mostWords = 5;

/** Looks for numbers with a currency sign, a unit, commas. Two more queries, for columns that may have them only. */
async function writtenNumbers(
  session: DuckSession,
  c: number,
  present: number,
): Promise<WrittenNumbers | null> {
  const cells = await session.rows(
    `SELECT v FROM (SELECT DISTINCT c${c} AS v FROM raw WHERE c${c} IS NOT NULL AND NOT ${markerSql(`c${c}`, "value")})
     ORDER BY hash(v), v LIMIT ${numberSamples}`,
  );
  const formats = candidateNumberFormats(cells.map(([cell]) => String(cell)));
  if (formats.length === 0) return null;
  const numbers = formats.map(
    (format, i) => `${valueSql("v", { name: "", type: "numeric", format })} AS n${i}`,
  );
  const counts = formats.map(
    (_, i) =>
      `coalesce(sum(k) FILTER (n${i} IS NOT NULL), 0), count(DISTINCT n${i}),
       count(*) FILTER (n${i} IS NULL), count(*) FILTER (n${i} IS NULL AND regexp_matches(v, '[0-9]'))`,
  );
  const [found] = await session.rows(
    `SELECT ${counts.join(", ")} FROM (SELECT v, k, ${numbers.join(", ")} FROM (
       SELECT c${c} AS v, count(*) AS k FROM raw WHERE c${c} IS NOT NULL AND NOT ${markerSql(`c${c}`, "value")} GROUP BY v))`,
  );
  const fitting = formats
    .map((format, i) => {
      const [fits, distinct, words, withDigits] = found!.slice(4 * i, 4 * i + 4).map(Number);
      return { format, fits: fits!, distinct: distinct!, words: words!, withDigits: withDigits! };
    })
    .filter(({ fits, words, withDigits }) => {
      const others = present - fits;
      const fewWords = withDigits === 0 && words <= mostWords;
      return others <= (fewWords ? wordShare : toleratedShare) * present;
    })
    // Among equals the first: the sort is stable.
    .sort((one, other) => other.fits - one.fits);
  return fitting[0] ?? null;
}

/** Whole numbers that could all be dates written as 20140502. */
function compactDates(numeric: NumericFacts | null): string[] {
  if (numeric === null || numeric.min < 19_000_101 || numeric.max > 21_001_231) return [];
  return [String(numeric.min), String(numeric.max)];
}

/** Counts how many cells fit each format the samples look like. One more query, for columns that look like dates only. */
async function dateFacts(
  session: DuckSession,
  c: number,
  present: number,
  samples: readonly string[],
): Promise<DateFacts[]> {
  const formats = [...new Set(samples.flatMap(candidateFormats))];
  if (formats.length === 0) return [];
  const times = formats.map((format, i) => `${dateSql(`c${c}`, format)} AS d${i}`);
  const [fits] = await session.rows(
    `SELECT ${formats.map((_, i) => `count(d${i})`).join(", ")} FROM (SELECT ${times.join(", ")} FROM raw)`,
  );
  const found = formats
    .map((format, i) => ({ format, fits: Number(fits![i]), travel: 0 }))
    .filter((fact) => fact.fits > 0 && present - fact.fits <= toleratedShare * present)
    .sort((a, b) => b.fits - a.fits);
  const [best, next] = found;
  if (!best || !next || best.fits !== next.fits || dayMonthTwin(best.format) !== next.format)
    return found;
  return Promise.all(
    [best, next].map(async (fact) => ({ ...fact, travel: await travel(session, c, fact.format) })),
  );
}

/** The days between neighbouring rows, summed over the column in file order. */
async function travel(session: DuckSession, c: number, format: string): Promise<number> {
  const [sum] = await session.rows(
    `SELECT sum(abs(d - before)) / 86400000 FROM (
       SELECT d, lag(d) OVER (ORDER BY r) AS before FROM (
         SELECT rowid AS r, ${dateSql(`c${c}`, format)} AS d FROM raw) WHERE d IS NOT NULL)`,
  );
  return Number(sum![0] ?? 0);
}
