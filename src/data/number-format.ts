import { affixPattern, blanks, escapePattern } from "./affix-pattern.ts";
import { findClock, parseClock } from "./clock-format.ts";
import { addsUp, magnitudeOf, magnitudePattern } from "./magnitudes.ts";
import { digitsPattern, digitsValue, findSkeleton, type Skeleton } from "./number-skeleton.ts";
import { commonScale } from "./number-units.ts";
import { findRange, parseRange } from "./range-format.ts";

/**
 * How numbers stand in the cells of a column that are more than digits and a decimal point: an example of the number
 * with what is around it, as a strptime format is one of a date. "$1,234.5" are dollars with commas between thousands,
 * "1234,5" has a decimal comma, "1234.5 kmpl" a unit, "1234.5{k|M}" words that multiply, "1234.5{h|m}" units that are
 * converted to the last of them. A star in front or behind stands for any text without a digit. (1,200) and 1,200- are
 * negative in every format. Times of day are in `clock-format.ts`, ranges in `range-format.ts`.
 */
interface NumberFormat {
  readonly prefix: string;
  readonly skeleton: Skeleton;
  /** Words that multiply what is in front of them, or units of one dimension, the largest first. */
  readonly scale: readonly string[];
  readonly suffix: string;
}

/** A format as a regular expression for JavaScript and DuckDB alike, and how the number is put together from its groups. */
export interface NumberReading {
  /** Groups 1 and 2: a sign in front of the prefix and one behind it. From 3: digits, one group per factor. */
  readonly pattern: string;
  /** What the digits of each group are multiplied by; a group that is empty adds nothing. */
  readonly factors: readonly number[];
  readonly skeleton: Skeleton;
}

export function numberReading(format: string): NumberReading {
  const { prefix, skeleton, scale, suffix } = parseFormat(format);
  const digits = digitsPattern(skeleton);
  const start = `^${blanks}([-\u2212]?)${blanks}${affixPattern(prefix)}${blanks}[+]?([-\u2212]?)${blanks}`;
  const end = `${blanks}${affixPattern(suffix)}${blanks}$`;
  if (scale.length === 0) {
    return { pattern: `${start}(${digits})[+]?${end}`, factors: [1], skeleton };
  }
  const areUnits = !areMagnitudes(scale);
  const sizes = sizesOf(scale)!;
  const bySize = [...new Set(sizes)].sort((a, b) => b - a);
  const parts = bySize.map((size) => {
    const words = scale.filter((_, i) => sizes[i] === size);
    const patterns = words.map(areUnits ? unitPattern : magnitudePattern);
    return `(?:(${digits})${blanks}(?:${patterns.join("|")})${blanks})?`;
  });
  // Units stand behind every number: without one, nobody knows what it counts.
  if (areUnits) {
    const pattern = `${start}${parts.join(`(?:,|and|&)?${blanks}`)}${end}`;
    return { pattern, factors: bySize, skeleton };
  }
  const scaled = parts.join("");
  const rest = scale.some(addsUp) ? `${scaled}(${digits})?` : `(?:${scaled}|(${digits}))`;
  return { pattern: `${start}${rest}${end}`, factors: [...bySize, 1], skeleton };
}

/** What the words of a format in braces multiply by; null when they are neither magnitudes nor units of one dimension. */
function sizesOf(words: readonly string[]): readonly number[] | null {
  return areMagnitudes(words) ? words.map((word) => magnitudeOf(word)!) : commonScale(words);
}

/** Letters alone may be either: "5M" beside "800k" are millions, "5 m" beside "2 km" metres. */
function areMagnitudes(words: readonly string[]): boolean {
  return words.every((word) => magnitudeOf(word) !== undefined);
}

/** In any case, with a dot behind it or without. */
function unitPattern(unit: string): string {
  const letters = Array.from(unit.replace(/\.$/, ""), (letter) => {
    const [low, high] = [letter.toLowerCase(), letter.toUpperCase()];
    return low === high ? escapePattern(letter) : `[${low}${high}]`;
  });
  return `${letters.join("")}\\.?`;
}

/** Negative amounts as accountants write them, "(1,200)", and as some programs do, "1,200-". */
export const accountingPatterns: readonly string[] = [
  "^([^0-9()]*)[(]([^()]*[0-9][^()]*)[)]([^0-9()]*)$",
  "^([^0-9\u2212-]*)([0-9][^\u2212-]*)[\u2212-]([ \\t]*)$",
];

/** The cell with its minus in front. */
export function withSignInFront(cell: string): string {
  return accountingPatterns.reduce(
    (text, pattern) => text.replace(new RegExp(pattern, "u"), "-$1$2$3"),
    cell,
  );
}

/** Whether the text holds the example of a number that every format is built around, or is an example of a time. */
export function isNumberFormat(format: string): boolean {
  if (findClock(format) !== undefined || findRange(format) !== undefined) return true;
  const found = findSkeleton(format);
  if (found === undefined) return false;
  const braces = /^\{([^{}]*)\}/.exec(format.slice(found.at + found.skeleton.example.length));
  return braces === null || sizesOf(braces[1]!.split("|")) !== null;
}

function parseFormat(format: string): NumberFormat {
  const found = findSkeleton(format);
  if (found === undefined || !isNumberFormat(format))
    throw new RangeError(`no number in the format ${JSON.stringify(format)}`);
  const { at, skeleton } = found;
  const behind = format.slice(at + skeleton.example.length);
  const braces = /^\{([^{}]*)\}/.exec(behind);
  return {
    prefix: format.slice(0, at).trim(),
    skeleton,
    scale: braces === null ? [] : braces[1]!.split("|"),
    suffix: behind.slice(braces?.[0].length ?? 0).trim(),
  };
}

/** The number in a cell under a format; NaN when there is none. The same as the reader of files takes it for. */
export function parseNumber(cell: string, format: string): number {
  const clock = findClock(format);
  if (clock !== undefined) return parseClock(cell, clock);
  const range = findRange(format);
  if (range !== undefined) return parseRange(cell, range);
  const { pattern, factors, skeleton } = numberReading(format);
  const found = new RegExp(pattern, "u").exec(withSignInFront(cell));
  if (found === null) return NaN;
  let value = NaN;
  factors.forEach((factor, i) => {
    const written = found[i + 3] ?? "";
    if (written === "") return;
    const part = digitsValue(written, skeleton) * factor;
    value = Number.isNaN(value) ? part : value + part;
  });
  const sign = `${found[1]!}${found[2]!}`;
  return sign === "" ? value : sign.length === 1 ? -value : NaN;
}

/** The words of a format in a sentence: what the star and the braces mean. */
export function formatWords(format: string): string {
  const clock = findClock(format);
  if (clock !== undefined) return `${clock.what} written like ${format}, read as ${clock.meaning}`;
  if (findRange(format) !== undefined)
    return `numbers or ranges written like ${format}, which are read as their middle`;
  const notes = [
    ...(format.includes("*") ? ["the star is any text without a digit"] : []),
    ...(format.includes("{") ? [scaleWords(parseFormat(format).scale)] : []),
  ];
  return `numbers written like ${format}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}

function scaleWords(scale: readonly string[]): string {
  return areMagnitudes(scale)
    ? "the words in braces multiply"
    : `units, all converted to ${scale.at(-1)!}`;
}
