import { valueSql, markerSql } from "./cell-sql.ts";
import { candidateClockFormats } from "./clock-format.ts";
import { toleratedShare, type WrittenFacts } from "./column-facts.ts";
import type { FactSource } from "./fact-source.ts";
import { numberCandidates } from "./number-candidates.ts";

/** Cells that are looked at to tell how numbers are written in a column. */
export const numberSamples = 200;

/** So many cells may hold one of a few words instead ("included", "no info"): they count as missing. */
const wordShare = 0.25;
const mostWords = 5;

export const noneWritten: WrittenFacts = { numbers: null, refusal: null };

/**
 * Looks for numbers with a currency sign, a unit, commas. Two more queries, for columns that may have them only.
 * @param lotted the samples, where they are at hand
 */
export async function writtenNumbers(
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
    .filter(({ fits, distinct, words, withDigits }) => {
      const others = present - fits;
      if (others > 0 && distinct < 3) return false;
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
