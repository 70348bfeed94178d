import { booleanPairs, dateSql, markerSql, numberSql, textSql } from "./cell-sql.ts";
import {
  toleratedShare,
  type ColumnFacts,
  type DateFacts,
  type NumericFacts,
  type TextFacts,
} from "./column-facts.ts";
import { candidateFormats, dayMonthTwin } from "./date-formats.ts";
import type { DuckSession } from "./duck-session.ts";
import type { RawTable } from "./raw-table.ts";

/** Columns per query: wider queries cost more to plan than they save in scanning. */
const batch = 24;

interface CellCounts {
  readonly filled: number;
  readonly numbers: number;
  readonly valueMarkers: number;
  readonly textMarkers: number;
}

/**
 * Gathers the evidence for every column of `raw` in a few scans: first what every column needs, then what only
 * columns of numbers, of texts and of possible dates need. O(rows x columns), all of it in SQL.
 */
export async function gatherFacts(session: DuckSession, raw: RawTable): Promise<ColumnFacts[]> {
  const all = raw.names.map((_, c) => c);
  const counts = await inBatches(session, all, countCells, countCellsSql);
  const numberColumns = all.filter((c) => holdsNumbers(counts.get(c)!));
  const numeric = await inBatches(session, numberColumns, numericFacts, numericSql);
  const textColumns = all.filter((c) => {
    const count = counts.get(c)!;
    return count.filled > count.textMarkers && !((numeric.get(c)?.codes ?? 1) === 0);
  });
  const text = await inBatches(session, textColumns, textFacts, textFactsSql);
  const facts: ColumnFacts[] = [];
  for (const c of all) {
    facts.push({
      name: raw.names[c]!,
      position: c,
      rows: raw.rows,
      ...counts.get(c)!,
      numeric: numeric.get(c) ?? null,
      text: text.get(c)?.facts ?? null,
      dates: await dateFacts(session, c, counts.get(c)!, samplesOf(numeric.get(c), text.get(c))),
    });
  }
  return facts;
}

function holdsNumbers(counts: CellCounts): boolean {
  const present = counts.filled - counts.valueMarkers;
  return counts.numbers > 0 && present - counts.numbers <= toleratedShare * present;
}

/** Runs one SELECT per batch of columns and hands each column's values to `read`. */
async function inBatches<T>(
  session: DuckSession,
  columns: readonly number[],
  read: (values: readonly unknown[]) => T,
  sql: (c: number) => { readonly select: readonly string[]; readonly from: string },
): Promise<Map<number, T>> {
  const results = new Map<number, T>();
  for (let start = 0; start < columns.length; start += batch) {
    const part = columns.slice(start, start + batch);
    const queries = part.map(sql);
    const select = queries.flatMap((query) => query.select);
    const from = queries.map((query) => query.from);
    const [row] = await session.rows(
      `SELECT ${select.join(", ")} FROM (SELECT rowid, ${from.join(", ")} FROM raw)`,
    );
    let at = 0;
    part.forEach((c, i) => {
      const width = queries[i]!.select.length;
      results.set(c, read(row!.slice(at, at + width)));
      at += width;
    });
  }
  return results;
}

function countCellsSql(c: number): { select: string[]; from: string } {
  const isMarker = (kind: "value" | "text") =>
    `count(*) FILTER (CASE WHEN c${c} IS NULL OR isfinite(n${c}) THEN false ELSE ${markerSql(`c${c}`, kind)} END)`;
  return {
    select: [
      `count(c${c})`,
      `count(*) FILTER (isfinite(n${c}))`,
      isMarker("value"),
      isMarker("text"),
    ],
    from: `c${c}, ${numberSql(`c${c}`)} AS n${c}`,
  };
}

function countCells(values: readonly unknown[]): CellCounts {
  const [filled, numbers, valueMarkers, textMarkers] = values.map(Number);
  return {
    filled: filled!,
    numbers: numbers!,
    valueMarkers: valueMarkers!,
    textMarkers: textMarkers!,
  };
}

function numericSql(c: number): { select: string[]; from: string } {
  const finite = `FILTER (isfinite(n${c}))`;
  return {
    select: [
      `count(DISTINCT n${c}) ${finite}`,
      `count(*) FILTER (isfinite(n${c}) AND n${c} = trunc(n${c}))`,
      `min(n${c}) ${finite}`,
      `max(n${c}) ${finite}`,
      `count(*) FILTER (regexp_matches(c${c}, '^ *(0[0-9]{2,}|[0-9]{17,}) *$'))`,
      `min(n${c} - rowid) ${finite}`,
      `max(n${c} - rowid) ${finite}`,
    ],
    from: `c${c}, ${numberSql(`c${c}`)} AS n${c}`,
  };
}

function numericFacts(values: readonly unknown[]): NumericFacts {
  const [distinct, integers, min, max, codes, low, high] = values.map(Number);
  return {
    distinct: distinct!,
    integers: integers!,
    min: min!,
    max: max!,
    codes: codes!,
    countsFrom: low === high ? low! : null,
  };
}

interface TextResult {
  readonly facts: TextFacts;
  /** Smallest and largest value that is not a marker: what dates are guessed from. */
  readonly samples: readonly string[];
}

function textFactsSql(c: number): { select: string[]; from: string } {
  const words = booleanPairs.flat().map((word) => `'${word}'`);
  return {
    select: [
      `count(DISTINCT t${c})`,
      `max(length(t${c}))`,
      `sum(length(t${c}))`,
      `sum(length(trim(t${c})) - length(replace(trim(t${c}), ' ', '')) + 1)`,
      `count(*) FILTER (l${c} IN (${words.join(", ")}))`,
      `min(l${c})`,
      `max(l${c})`,
      `min(v${c})`,
      `max(v${c})`,
    ],
    from: `${textSql(`c${c}`)} AS t${c},
      CASE WHEN ${markerSql(`c${c}`, "value")} THEN NULL ELSE c${c} END AS v${c},
      lower(trim(v${c})) AS l${c}`,
  };
}

function textFacts(values: readonly unknown[]): TextResult {
  const [distinct, maxLength, characters, words, booleanWords, first, last, low, high] = values;
  return {
    facts: {
      distinct: Number(distinct),
      maxLength: Number(maxLength),
      characters: Number(characters),
      words: Number(words),
      booleanWords: Number(booleanWords),
      first: String(first ?? ""),
      last: String(last ?? ""),
    },
    samples: [low, high].filter((value) => value !== null).map(String),
  };
}

function samplesOf(numeric: NumericFacts | undefined, text: TextResult | undefined): string[] {
  // Whole numbers that could all be dates written as 20140502.
  const compact =
    numeric !== undefined && numeric.min >= 19_000_101 && numeric.max <= 21_001_231
      ? [String(numeric.min), String(numeric.max)]
      : [];
  return [...compact, ...(text?.samples ?? [])];
}

/** Counts how many cells fit each format the samples look like. One more query, for columns that look like dates only. */
async function dateFacts(
  session: DuckSession,
  c: number,
  counts: CellCounts,
  samples: readonly string[],
): Promise<DateFacts[]> {
  const formats = [...new Set(samples.flatMap(candidateFormats))];
  if (formats.length === 0) return [];
  const times = formats.map((format, i) => `${dateSql(`c${c}`, format)} AS d${i}`);
  const [fits] = await session.rows(
    `SELECT ${formats.map((_, i) => `count(d${i})`).join(", ")} FROM (SELECT ${times.join(", ")} FROM raw)`,
  );
  const present = counts.filled - counts.valueMarkers;
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
