import { commonest } from "./commonest.ts";
import { digitsPattern, digitsValue, skeletons, type Skeleton } from "./number-skeleton.ts";
import { writeRange } from "./range-format.ts";

/** What may stand around the numbers of a range. */
export interface Surroundings {
  readonly inFront: RegExp;
  readonly noUnit: RegExp;
  readonly longestUnit: number;
}

/** So many of the samples may be something else: the whole column is counted afterwards. */
const readableShare = 0.95;
/** What stands behind the whole may differ in the others. */
const mostlyTheSame = 0.5;
/** Of the ranges, so many must go up: scores and parts of codes go either way. */
const risingShare = 0.95;
/**
 * Columns of ranges alone, with nothing around them, have few different ones that begin in different places: bands of
 * ages, not numbers of telephones.
 */
const mostBands = 40;
const differentStarts = 0.8;

const number = "([0-9](?:[0-9.,' \\u2019\\u00a0\\u202f]*[0-9])?)";
const rangeCell = new RegExp(
  `^([^0-9]*?)${number}([^0-9]*?)\\s*(?:[-\\u2013\\u2014~]|\\bto\\b)\\s*([^0-9]*?)${number}([^0-9]*)$`,
  "iu",
);
const singleCell = new RegExp(
  `^(?:[<>~\\u2264\\u2265]=?)?\\s*([^0-9]*?)${number}[+]?([^0-9]*)$`,
  "u",
);

interface Range {
  readonly prefix: string;
  readonly low: string;
  readonly unit: string;
  readonly high: string;
  /** Behind the higher number. */
  readonly rest: string;
}

/**
 * Formats of cells of which some or all are ranges: "2100 - 2850" beside "1200", "$53K-$91K (est.)", bands of ages. None
 * where they may be codes, scores or names.
 */
export function rangeFormats(samples: readonly string[], surroundings: Surroundings): string[] {
  const cells = samples.map((cell) => cell.trim());
  const ranges = cells.flatMap((cell) => cutRange(cell) ?? []);
  if (ranges.length === 0) return [];
  const singles = cells.filter((cell) => cutRange(cell) === undefined).flatMap(cutSingle);
  if (ranges.length + singles.length < readableShare * samples.length) return [];
  const prefix = commonest(ranges.map((range) => range.prefix));
  const unit = commonest(ranges.map((range) => range.unit));
  const suffix = commonest(ranges.map(({ rest, unit: own }) => withoutUnit(rest, own)));
  const around = [prefix, unit, suffix];
  if (prefix.share < readableShare || unit.share < readableShare) return [];
  if (suffix.share < mostlyTheSame) return [];
  if (
    !isPlausible(
      around.map(({ text }) => text),
      surroundings,
    )
  )
    return [];
  const isBare = around.every(({ text }) => text === "");
  if (isBare && singles.length < ranges.length && !areBands(ranges)) return [];
  const digits = [...ranges.flatMap(({ low, high }) => [low, high]), ...singles];
  if (digits.some((text) => /^0[0-9]/.test(text))) return [];
  return skeletons
    .filter((skeleton) => areWritten(digits, skeleton) && areRising(ranges, skeleton))
    .map((skeleton) =>
      writeRange({
        prefix: prefix.text,
        skeleton,
        unit: unit.text,
        suffix: suffix.share < 1 ? "*" : suffix.text,
      }),
    );
}

function areBands(ranges: readonly Range[]): boolean {
  const starts = new Set(ranges.map(({ low }) => low));
  return ranges.length <= mostBands && starts.size >= differentStarts * ranges.length;
}

function areWritten(digits: readonly string[], skeleton: Skeleton): boolean {
  const whole = new RegExp(`^(?:${digitsPattern(skeleton)})$`, "u");
  return digits.filter((text) => whole.test(text)).length >= readableShare * digits.length;
}

function areRising(ranges: readonly Range[], skeleton: Skeleton): boolean {
  const rising = ranges.filter(
    ({ low, high }) => digitsValue(low, skeleton) <= digitsValue(high, skeleton),
  );
  return rising.length >= risingShare * ranges.length;
}

function cutRange(cell: string): Range | undefined {
  const found = rangeCell.exec(cell);
  if (found === null) return undefined;
  const [, front, low, unit, again, high, rest] = found;
  const prefix = front!.trim();
  if (again!.trim() !== "" && again!.trim() !== prefix) return undefined;
  return { prefix, low: low!, unit: unit!.trim(), high: high!, rest: rest!.trim() };
}

function cutSingle(cell: string): string[] {
  const found = singleCell.exec(cell);
  return found === null ? [] : [found[2]!];
}

/** "K" behind both numbers is the unit, what follows it the rest. */
function withoutUnit(rest: string, unit: string): string {
  return rest.startsWith(unit) ? rest.slice(unit.length).trim() : rest;
}

function isPlausible(
  [prefix, unit, suffix]: readonly string[],
  { inFront, noUnit, longestUnit }: Surroundings,
): boolean {
  if (!inFront.test(prefix!)) return false;
  return [unit!, suffix!].every((text) => text.length <= longestUnit && !noUnit.test(text));
}
