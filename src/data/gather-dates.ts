import { toleratedShare, type DateFacts } from "./column-facts.ts";
import { dayMonthTwin } from "./date-candidates.ts";
import { dateSql } from "./date-sql.ts";
import type { FactSource } from "./fact-source.ts";

/** Cells beside the first and the last by code point that are looked at for dates. */
export const dateSamples = 20;

/** Counts how many cells fit each format. One more query or two, for columns that look like dates only. */
export async function dateFacts(
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
