import { literal } from "./duck-session.ts";
import { formatsOf } from "./date-format.ts";
import { monthNames, monthWord } from "./month-names.ts";

/**
 * Milliseconds since 1970 in UTC, or null. A four-digit year must be one: strptime takes 20 for the year 20. Formats are
 * those of strptime and a few more, see `date-format.ts`.
 */
export function dateSql(cell: string, format: string): string {
  const formats = formatsOf(format);
  const plain = formats.filter((one) => isStrptime(one));
  const others = formats.filter((one) => !isStrptime(one)).map((one) => specialSql(cell, one));
  const parts = plain.length === 0 ? others : [strptimeSql(cell, plain), ...others];
  return parts.length === 1 ? `${parts[0]!}::DOUBLE` : `coalesce(${parts.join(", ")})::DOUBLE`;
}

function isStrptime(format: string): boolean {
  return !/^%[sQ]$|%[qonL]/.test(format) && format !== "%G-W%V";
}

function strptimeSql(cell: string, formats: readonly string[]): string {
  const [first] = formats;
  const list = formats.length === 1 ? literal(first!) : `[${formats.map(literal).join(", ")}]`;
  const guarded = formats.every((one) => /%[YG]/.test(one));
  return timeSql(`try_strptime(${cell}, ${list})`, guarded);
}

/** The cell with its first word of three letters as the number of the month that it names; null where it names none. */
function monthSql(cell: string): string {
  const word = `lower(rtrim(regexp_extract(${cell}, ${literal(monthWord)}), '.'))`;
  // A list of conditions would be planned as one join for each month, which takes seconds.
  const entries = monthNames().map(([name, month]) => `${literal(name)}: '${month}'`);
  return `regexp_replace(${cell}, ${literal(monthWord)}, MAP {${entries.join(", ")}}[${word}])`;
}

function timeSql(time: string, guarded: boolean): string {
  const early = guarded ? ` WHEN ${time} < TIMESTAMP '1000-01-01' THEN NULL` : "";
  return `CASE WHEN ${time} IS NULL THEN NULL${early} ELSE epoch_ms(${time}) END`;
}

/** Seconds and milliseconds since 1970, quarters, weeks: what strptime does not know. */
function specialSql(cell: string, format: string): string {
  if (format === "%s") return `TRY_CAST(${cell} AS DOUBLE) * 1000`;
  if (format === "%Q") return `TRY_CAST(${cell} AS DOUBLE)`;
  if (format.includes("%L")) return dateSql(monthSql(cell), format.replace("%L", "%m"));
  if (format.includes("%o")) {
    const plain = `regexp_replace(${cell}, '([0-9])(st|nd|rd|th|er|\u00ba|\u00b0)', '\\1', 'i')`;
    return strptimeSql(plain, [format.replace("%o", "%d")]);
  }
  if (format.includes("%n")) {
    // Timestamps of DuckDB that count nanoseconds end in 2262; milliseconds are all that is kept.
    const micro = `regexp_replace(${cell}, '([.][0-9]{6})[0-9]+', '\\1')`;
    return strptimeSql(micro, [format.replace("%n", "%f")]);
  }
  if (format === "%G-W%V") return timeSql(`try_strptime(${cell} || '-1', '%G-W%V-%u')`, true);
  if (!format.includes("%Y")) return "NULL";
  const escaped = format.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const pattern = `^\\s*${escaped.replace("%Y", "([12][0-9]{3})").replace("%q", "([1-4])")}\\s*$`;
  const [year, quarter] = format.indexOf("%Y") < format.indexOf("%q") ? [1, 2] : [2, 1];
  const part = (i: number) =>
    `TRY_CAST(regexp_extract(${cell}, ${literal(pattern)}, ${i}) AS INTEGER)`;
  return `CASE WHEN regexp_matches(${cell}, ${literal(pattern)}) THEN epoch_ms(make_date(${part(year)}, 3 * ${part(quarter)} - 2, 1)) END`;
}
