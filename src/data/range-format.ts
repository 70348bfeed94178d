import { digitsPattern, digitsValue, findSkeleton, type Skeleton } from "./number-skeleton.ts";
import { affixPattern, blanks } from "./affix-pattern.ts";

/**
 * Cells that hold a range, "2100 - 2850" or "$53K-$91K", read as its middle; beside them single numbers, also "65+" and
 * "<18", as themselves. The format is an example of a range: the number 1234.5 twice, with what is around it.
 */
export interface RangeFormat {
  /** In front of both numbers. */
  readonly prefix: string;
  readonly skeleton: Skeleton;
  /** Behind both numbers. */
  readonly unit: string;
  /** Behind the whole range. */
  readonly suffix: string;
}

const separator = "(?:-|\u2013|\u2014|~|to)";

/** What a format that is an example of a range says; undefined for any other. */
export function findRange(format: string): RangeFormat | undefined {
  const halves = format.split(" - ");
  const [low, high] = halves;
  if (halves.length !== 2 || !high!.startsWith(low!)) return undefined;
  const found = findSkeleton(low!);
  if (found === undefined) return undefined;
  const { at, skeleton } = found;
  const unit = low!.slice(at + skeleton.example.length).trim();
  const suffix = high!.slice(low!.length).trim();
  return { prefix: low!.slice(0, at).trim(), skeleton, unit, suffix };
}

/** The format of a range as `findRange` reads it. */
export function writeRange({ prefix, skeleton, unit, suffix }: RangeFormat): string {
  const gap = (text: string): string => (/^(?:[a-z]{2}|\()/i.test(text) ? " " : "");
  const one = `${prefix}${skeleton.example}${gap(unit)}${unit}`;
  return `${one} - ${one}${gap(suffix)}${suffix}`;
}

/** A regular expression for JavaScript and DuckDB alike. Groups: the digits of the lower number, and of the higher where there is one. */
function rangePattern({ prefix, skeleton, unit, suffix }: RangeFormat): string {
  const one = (number: string): string =>
    `${affixPattern(prefix)}${blanks}${number}${blanks}${affixPattern(unit)}`;
  const digits = `(${digitsPattern(skeleton)})`;
  const first = `[<>~\u2264\u2265]?=?${blanks}${one(`${digits}[+]?`)}`;
  const second = `(?:${blanks}${separator}${blanks}${one(digits)})?`;
  return `^${blanks}${first}${second}${blanks}${affixPattern(suffix)}${blanks}$`;
}

/** The middle of the range in a cell; NaN when there is none. */
export function parseRange(cell: string, range: RangeFormat): number {
  const found = new RegExp(rangePattern(range), "u").exec(cell);
  if (found === null) return NaN;
  const low = digitsValue(found[1]!, range.skeleton);
  const high = found[2] === undefined ? low : digitsValue(found[2], range.skeleton);
  return (low + high) / 2;
}

/** The same in SQL. */
export function rangeSql(
  cell: string,
  range: RangeFormat,
  literal: (text: string) => string,
): string {
  const pattern = literal(rangePattern(range));
  const { group, decimal } = range.skeleton;
  const value = (i: number): string =>
    `TRY_CAST(translate(nullif(regexp_extract(${cell}, ${pattern}, ${i}), ''), ${literal(`${decimal}${group}`)}, '.') AS DOUBLE)`;
  return `CASE WHEN regexp_matches(${cell}, ${pattern}) THEN (${value(1)} + coalesce(${value(2)}, ${value(1)})) / 2 END::DOUBLE`;
}
