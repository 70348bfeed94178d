import { findClock, parseClock } from "./clock-format.ts";
import { addsUp, magnitudeOf, magnitudePattern } from "./magnitudes.ts";

/**
 * How numbers stand in the cells of a column that are more than digits and a decimal point: an example of the number
 * with what is around it, as a strptime format is one of a date. "$1,234.5" are dollars with commas between thousands,
 * "1234,5" has a decimal comma, "1234.5 kmpl" a unit, "1234.5{k|M}" words that multiply. A star in front or behind stands
 * for any text without a digit. (1,200) and 1,200- are negative in every format. Times of day are in `clock-format.ts`.
 */
interface NumberFormat {
  readonly prefix: string;
  readonly skeleton: Skeleton;
  /** Words that multiply what is in front of them, the largest first. */
  readonly magnitudes: readonly string[];
  readonly suffix: string;
}

interface Skeleton {
  readonly example: string;
  /** What stands between groups of digits, as characters of a regular expression class; empty for nothing. */
  readonly group: string;
  readonly decimal: "." | ",";
}

/** Written without a group, with every number of digits; the first that fits all cells is the one. */
export const skeletons: readonly Skeleton[] = [
  { example: "1234.5", group: "", decimal: "." },
  { example: "1,234.5", group: ",", decimal: "." },
  { example: "1234,5", group: "", decimal: "," },
  { example: "1.234,5", group: ".", decimal: "," },
  { example: "1 234,5", group: " \u00a0\u202f", decimal: "," },
  { example: "1 234.5", group: " \u00a0\u202f", decimal: "." },
  { example: "1'234.5", group: "'\u2019", decimal: "." },
];

/** Blanks, also those that keep a line together. Written out: `\s` means other characters to DuckDB. */
const blanks = "[ \\t\u00a0\u202f]*";

/** The digits of a number: groups of three (of two in India), never behind a lone 0, which begins a decimal. */
export function digitsPattern({ group, decimal }: Skeleton): string {
  const fraction = `(?:[${decimal}][0-9]+)?`;
  if (group === "") return `[0-9]+${fraction}|[${decimal}][0-9]+`;
  return `[1-9][0-9]{0,2}(?:[${group}][0-9]{2,3})*[${group}][0-9]{3}${fraction}|[0-9]+${fraction}`;
}

/** A format as a regular expression for JavaScript and DuckDB alike, and how the number is put together from its groups. */
export interface NumberReading {
  /** Groups 1 and 2: a sign in front of the prefix and one behind it. From 3: digits, one group per factor. */
  readonly pattern: string;
  /** What the digits of each group are multiplied by; a group that is empty adds nothing. */
  readonly factors: readonly number[];
  readonly group: string;
  readonly decimal: string;
}

export function numberReading(format: string): NumberReading {
  const { prefix, skeleton, magnitudes, suffix } = parseFormat(format);
  const { group, decimal } = skeleton;
  const digits = digitsPattern(skeleton);
  const start = `^${blanks}([-\u2212]?)${blanks}${affixPattern(prefix)}${blanks}[+]?([-\u2212]?)${blanks}`;
  const end = `${blanks}${affixPattern(suffix)}${blanks}$`;
  if (magnitudes.length === 0) {
    return { pattern: `${start}(${digits})${end}`, factors: [1], group, decimal };
  }
  const bySize = [...new Set(magnitudes.map((word) => magnitudeOf(word)!))].sort((a, b) => b - a);
  const parts = bySize.map((times) => {
    const words = magnitudes.filter((word) => magnitudeOf(word) === times).map(magnitudePattern);
    return `(?:(${digits})${blanks}(?:${words.join("|")})${blanks})?`;
  });
  const scaled = parts.join("");
  const rest = magnitudes.some(addsUp) ? `${scaled}(${digits})?` : `(?:${scaled}|(${digits}))`;
  return {
    pattern: `${start}${rest}${end}`,
    factors: [...bySize, 1],
    group,
    decimal,
  };
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

/** A number without its unit is a number too. */
function affixPattern(affix: string): string {
  if (affix === "*") return "[^0-9]*?";
  return affix === "" ? "" : `(?:${affix.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")})?`;
}

/** Whether the text holds the example of a number that every format is built around, or is an example of a time. */
export function isNumberFormat(format: string): boolean {
  if (findClock(format) !== undefined) return true;
  const found = findSkeleton(format);
  if (found === undefined) return false;
  const braces = /^\{([^{}]*)\}/.exec(format.slice(found.at + found.skeleton.example.length));
  return braces === null || braces[1]!.split("|").every((word) => magnitudeOf(word) !== undefined);
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
    magnitudes: braces === null ? [] : braces[1]!.split("|"),
    suffix: behind.slice(braces?.[0].length ?? 0).trim(),
  };
}

function findSkeleton(format: string): { at: number; skeleton: Skeleton } | undefined {
  for (const skeleton of skeletons) {
    const at = format.indexOf(skeleton.example);
    if (at >= 0) return { at, skeleton };
  }
  return undefined;
}

/** The number in a cell under a format; NaN when there is none. The same as the reader of files takes it for. */
export function parseNumber(cell: string, format: string): number {
  const clock = findClock(format);
  if (clock !== undefined) return parseClock(cell, clock);
  const { pattern, factors, group, decimal } = numberReading(format);
  const found = new RegExp(pattern, "u").exec(withSignInFront(cell));
  if (found === null) return NaN;
  let value = NaN;
  factors.forEach((factor, i) => {
    const written = found[i + 3] ?? "";
    if (written === "") return;
    const digits = group === "" ? written : written.replace(new RegExp(`[${group}]`, "gu"), "");
    const part = Number(digits.replace(decimal, ".")) * factor;
    value = Number.isNaN(value) ? part : value + part;
  });
  const sign = `${found[1]!}${found[2]!}`;
  return sign === "" ? value : sign.length === 1 ? -value : NaN;
}

/** The words of a format in a sentence: what the star and the braces mean. */
export function formatWords(format: string): string {
  const clock = findClock(format);
  if (clock !== undefined) return `times written like ${format}, read as ${clock.meaning}`;
  const notes = [
    ...(format.includes("*") ? ["the star is any text without a digit"] : []),
    ...(format.includes("{") ? ["the words in braces multiply"] : []),
  ];
  return `numbers written like ${format}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
}
