import { bracketed } from "./affix-pattern.ts";
import { commonest, type Commonest } from "./commonest.ts";
import { addsUp, cutMagnitude, isClearMagnitude, magnitudeOf } from "./magnitudes.ts";
import { withSignInFront } from "./number-format.ts";
import { digitsPattern, skeletons } from "./number-skeleton.ts";
import { commonScale, cutDigitUnit, isUnit, unitKey } from "./number-units.ts";
import { rangeFormats } from "./range-candidates.ts";

/** What the cells of a column that are no plain numbers may be. */
export interface NumberCandidates {
  /** Best first; none when they are no numbers with something around them. */
  readonly formats: readonly string[];
  /** Why they are none although every cell holds one: units of different size. Null: nothing to say. */
  readonly refusal: string | null;
}

/**
 * Signs and codes of currencies that stand in front of amounts, a percent sign, a unit in brackets, words that say how
 * exact the number is. Any other word in front of digits makes a name of them, unless a unit stands behind.
 */
const inFront =
  /^(?:(?:about|approx\.?|approximately|around|circa|ca\.?|up to|from|over|under|at least|in|built in|since|etwa|bis|bis zu|ab|max\.?|min\.?|[<>\u2264\u2265]=?)\s*)?(?:[A-Z]{0,3}\p{Sc}|Rs\.?|kr\.?|z\u0142|K\u010d|Fr\.?|USD|EUR|GBP|JPY|CNY|RMB|INR|BRL|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|KRW|RUB|TRY|ZAR|MXN|[~\u2248%]|\([^()0-9]{1,12}\))?$/iu;

/** "1st", "2nd floor", "10 am", "12:30", "1. Male": what stands behind digits that are no amount. */
const noUnit = /^(?:st|nd|rd|th|am|pm|a\.m\.|p\.m\.)(?![a-z])|^[:;|]|^\/(?!\p{L})|^[.)]\s/iu;

/** A unit is short, and most cells have the same. */
const longestUnit = 16;
const mostlyTheSame = 0.8;
/** So many cells must have the unit: what a number without it counts would be anybody's guess. */
const unitShare = 0.8;
/** So many of the samples may be something else: the whole column is counted afterwards. */
const readableShare = 0.95;

/** A cell taken apart. */
interface Parts {
  readonly prefix: string;
  readonly digits: readonly string[];
  /** What stands behind each of the digits. */
  readonly behind: readonly string[];
  /** A unit with digits of its own, which is then all that stands behind the only number. */
  readonly digitUnit: boolean;
  /** Whether the same in another unit follows in brackets: "189 g (6.67 oz)". */
  readonly bracketed: boolean;
}

/** The same with words that multiply told from the unit behind them. */
interface Scaled extends Parts {
  /** The words between and behind the digits that multiply; "" for none. */
  readonly words: readonly string[];
  readonly unit: string;
}

const none: NumberCandidates = { formats: [], refusal: null };

/** Formats that cells without a plain number may have. Every cell must hold one number, a sum of several or a range. */
export function numberCandidates(cells: readonly string[]): NumberCandidates {
  // Words alone are counted afterwards: few of them may stand for a number that is not known.
  const samples = cells.filter((cell) => /[0-9]/.test(cell));
  const ranges = rangeFormats(samples, { inFront, noUnit, longestUnit });
  if (ranges.length > 0) return { formats: ranges, refusal: null };
  const parts = samples.flatMap((cell) => cutCell(cell) ?? []);
  if (parts.length === 0 || parts.length < readableShare * samples.length) return none;
  if (parts.some(isCode)) return none;
  if (!arePrefixes(parts)) return none;
  const prefixes = commonest(parts.map(({ prefix }) => prefix));
  const units = prefixes.text === "" ? unitScale(parts) : null;
  if (units !== null) {
    return { formats: formatsOf(parts, prefixes, braces(units), commonest([])), refusal: null };
  }
  return magnitudeCandidates(
    parts.flatMap((part) => withMagnitudes(part) ?? []),
    parts,
    prefixes,
  );
}

/** "01" beside "2A"; "2h 05m" is none. */
function isCode({ digits: [first, ...others], behind }: Parts): boolean {
  return others.length === 0 && behind[0] === "" && /^0[0-9]+$/.test(first!);
}

/** Words in front of a number that has a unit behind it. */
const isPhrase = /^[\p{L}.: ]{1,16}$/u;

/** Whether what stands in front of the digits leaves numbers of them. */
function arePrefixes(parts: readonly Parts[]): boolean {
  if (parts.every(({ prefix }) => inFront.test(prefix))) return true;
  const [first] = parts;
  const { prefix, behind } = first!;
  const same = (each: Parts): boolean =>
    each.prefix === prefix && each.behind.length === 1 && each.behind[0] === behind[0];
  return isPhrase.test(prefix) && behind[0] !== "" && parts.length > 1 && parts.every(same);
}

/** One number in every cell, or several with words between them that multiply. */
function magnitudeCandidates(
  parts: readonly Scaled[],
  all: readonly Parts[],
  prefixes: Commonest,
): NumberCandidates {
  if (parts.length < readableShare * all.length) return none;
  const scaled = hasMagnitudes(parts, prefixes.text !== "");
  const units = parts.map(({ unit, behind }) => (scaled ? unit : behind.at(-1)!));
  const isStrange = (unit: string, i: number): boolean =>
    unit.length > longestUnit || (!parts[i]!.digitUnit && noUnit.test(unit));
  if (units.some(isStrange)) return none;
  if (!scaled && parts.some(({ digits }) => digits.length > 1)) return none;
  if (scaled && areLabels(parts)) return none;
  const clash = clashOf(parts, units);
  if (clash !== null) return { formats: [], refusal: clash };
  const suffixes = commonest(units);
  const refusal = unitRefusal(suffixes.text, units);
  if (refusal !== null) return { formats: [], refusal };
  const sameUnit = shareInAnySpelling(suffixes.text, units);
  if (prefixes.share < mostlyTheSame || sameUnit < mostlyTheSame) return none;
  const magnitudes = scaled ? magnitudeList(parts) : "";
  // Another scale in a cell or two is no number here; other words may be.
  const others = units.filter((unit) => unit !== "" && unit !== suffixes.text);
  const areScales = others.every(
    (unit) => isScale(unit) && spelling(unit) !== spelling(suffixes.text),
  );
  const suffix = isScale(suffixes.text) && areScales ? { ...suffixes, share: 1 } : suffixes;
  return { formats: formatsOf(parts, prefixes, magnitudes, suffix), refusal: null };
}

/** The formats alone. */
export function candidateNumberFormats(samples: readonly string[]): readonly string[] {
  return numberCandidates(samples).formats;
}

/** "7A" beside "3B": a letter is either what multiplies or the unit, so here it is neither. */
function areLabels(parts: readonly Scaled[]): boolean {
  const plain = parts.filter(({ words }) => words.at(-1) === "");
  const multiplied = parts.filter(({ words }) => words.at(-1) !== "");
  return plain.some(({ unit }) => unit !== "") && multiplied.every(({ unit }) => unit === "");
}

const isMoney = /\p{Sc}|^(?:[A-Z]{3}|Rs\.?|kr\.?|z\u0142|K\u010d|Fr\.?)$/iu;

function formatsOf(
  parts: readonly Parts[],
  prefixes: Commonest,
  magnitudes: string,
  suffixes: Commonest,
): string[] {
  // Amounts of money have commas between thousands when they are large enough, here or in the next file.
  const [plain, withCommas, ...others] = skeletons;
  const order = isMoney.test(prefixes.text) ? [withCommas!, plain!, ...others] : skeletons;
  return order
    .filter((skeleton) => {
      const whole = new RegExp(`^(?:${digitsPattern(skeleton)})$`, "u");
      const fitting = parts.filter(({ digits }) => digits.every((body) => whole.test(body)));
      return fitting.length >= readableShare * parts.length;
    })
    .map(({ example }) => {
      const format = written(prefixes, example + magnitudes, suffixes);
      return parts.some((part) => part.bracketed) ? `${format} ${bracketed}` : format;
    });
}

const digitsAndRest =
  /((?:[.,]?[0-9][0-9.,'\u2019 \u00a0\u202f]*[0-9])|[0-9]|[.,][0-9]+)([^0-9]*?)(?=[.,]?[0-9]|$)/uy;

function cutCell(cell: string): Parts | undefined {
  const whole = withSignInFront(cell.trim());
  const brackets = /^(.*[0-9].*?)\s*\([^()]*[0-9][^()]*\)$/.exec(whole);
  const { text, unit } = cutDigitUnit(brackets?.[1] ?? whole);
  const front = /^([^0-9]*?)[+]?[-\u2212]?\s*(?=[.,]?[0-9])/u.exec(text);
  if (front === null) return undefined;
  const digits: string[] = [];
  const behind: string[] = [];
  digitsAndRest.lastIndex = front[0].length;
  while (digitsAndRest.lastIndex < text.length) {
    const found = digitsAndRest.exec(text);
    if (found === null) return undefined;
    digits.push(found[1]!);
    // "10+ km" is at least that many.
    behind.push(found[2]!.trim().replace(/^\+\s*(?=\p{L})/u, ""));
  }
  const digitUnit = unit !== "";
  if (digitUnit && (digits.length > 1 || behind[0] !== "")) return undefined;
  return {
    prefix: sign(front[1]!),
    digits,
    behind: digitUnit ? [unit] : behind,
    digitUnit,
    bracketed: brackets !== null,
  };
}

/** Undefined when the words between the numbers of a cell are none that multiply, the largest first. */
function withMagnitudes(parts: Parts): Scaled | undefined {
  const { behind } = parts;
  const last = cutMagnitude(behind.at(-1)!);
  const between = behind.slice(0, -1).map(cutMagnitude);
  if (between.some(({ word, unit }) => word === "" || unit !== "" || !addsUp(word)))
    return undefined;
  const words = [...between.map(({ word }) => word), last.word];
  const sizes = words.map((word) => magnitudeOf(word) ?? 1);
  if (sizes.some((size, i) => i > 0 && size >= sizes[i - 1]!)) return undefined;
  return { ...parts, words, unit: last.unit };
}

/**
 * The units of the column, the largest first, when there are several of one dimension: "1h 30m" beside "45m", "1TB" beside
 * "256GB". Null when there is one only, or something else behind the numbers of a cell or two.
 */
function unitScale(all: readonly Parts[]): readonly string[] | null {
  const parts = all.filter(({ behind }) => behind.every((text) => isUnit(bareUnit(text))));
  if (parts.length < readableShare * all.length) return null;
  const spellings = new Map<string, string>();
  for (const { behind } of parts) {
    for (const text of behind) {
      const unit = bareUnit(text);
      const known = spellings.get(unit.toLowerCase());
      if (known === undefined || unit < known) spellings.set(unit.toLowerCase(), unit);
    }
  }
  const units = [...spellings.values()];
  const scale = commonScale(units);
  if (scale === null || new Set(scale).size < 2) return null;
  const sizeOf = new Map(units.map((unit, i) => [unit.toLowerCase(), scale[i]!]));
  const isOrdered = parts.every(({ behind }) => {
    const own = behind.map((text) => sizeOf.get(bareUnit(text).toLowerCase())!);
    return own.every((size, i) => i === 0 || size < own[i - 1]!);
  });
  if (!isOrdered) return null;
  return units.sort(
    (a, b) => sizeOf.get(b.toLowerCase())! - sizeOf.get(a.toLowerCase())! || (a < b ? -1 : 1),
  );
}

/** The unit without what joins it to the next number: "1 hour, 30 minutes". */
function bareUnit(text: string): string {
  return text.replace(/\s*(?:,|\band|&)$/i, "");
}

function braces(words: readonly string[]): string {
  return `{${words.join("|")}}`;
}

/** Whether words behind the digits multiply them, rather than being the unit that all cells share. */
function hasMagnitudes(parts: readonly Scaled[], isMoney: boolean): boolean {
  if (parts.some(({ digits }) => digits.length > 1)) return true;
  const words = new Set(parts.map(({ words: [word] }) => word!));
  const filled = [...words].filter((word) => word !== "");
  if (filled.length === 0) return false;
  const clear = filled.some(isClearMagnitude) || isMoney;
  if (words.size > 1) return clear;
  // "1,200만원" throughout is counted in 만원; "35k" throughout may stand beside 800 in the next file.
  return clear && /^[a-z]+$/i.test(filled[0]!);
}

/** "{k|M}": the words that were seen, the largest first. */
function magnitudeList(parts: readonly Scaled[]): string {
  const words = new Map<string, string>();
  for (const word of parts.flatMap(({ words: all }) => all)) {
    const known = words.get(word.toLowerCase());
    if (word !== "" && (known === undefined || word < known)) words.set(word.toLowerCase(), word);
  }
  const sorted = [...words.values()].sort(
    (a, b) => magnitudeOf(b)! - magnitudeOf(a)! || (a < b ? -1 : 1),
  );
  return braces(sorted);
}

function clashOf(parts: readonly Parts[], units: readonly string[]): string | null {
  const different = [...new Set(units.filter((unit) => unit !== ""))].sort();
  const pairs = different.flatMap((one, i) => different.slice(i + 1).map((other) => [one, other]));
  const [one, other] = pairs.find((pair) => new Set(commonScale(pair)).size === 2) ?? [];
  if (one !== undefined && other !== undefined)
    return `numbers in different units (${one} and ${other}), and some in none or in others`;
  const periods = new Set(different.flatMap((unit) => periodIn(unit) ?? []));
  const [short, long] = [...periods].sort();
  if (long !== undefined)
    return `amounts for different times (${short!} and ${long}), which have no common scale`;
  const signs = parts.flatMap(({ prefix }, i) => currencies(`${prefix} ${units[i]!}`));
  const [first, second] = [...new Set(signs)].sort();
  return second === undefined
    ? null
    : `amounts in different currencies (${first} and ${second}), which have no common scale`;
}

/** "$49 per hour" beside "$122,206 per year", "166 min" beside "2 Seasons". */
function periodIn(unit: string): string | undefined {
  return /(?:^|\P{L})(min|minute|hour|day|week|month|season|year|annum)s?(?!\p{L})/iu
    .exec(unit)?.[1]
    ?.toLowerCase()
    .replace(/^min$/, "minute")
    .replace("annum", "year");
}

function currencies(text: string): string[] {
  const words = text.match(
    /\p{Sc}|\b(?:USD|EUR|GBP|JPY|CNY|RMB|INR|BRL|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|KRW|RUB|TRY|ZAR|MXN)\b|(?<!\p{L})(?:kr|lei|z\u0142|K\u010d|\u0440\u0443\u0431|\u0433\u0440\u043d)(?!\p{L})/gu,
  );
  return words === null ? [] : [words[0]];
}

/** What stands in front of the digits, without the sign of the number. */
function sign(prefix: string): string {
  return prefix.replace(/[-\u2212+]/g, "").trim();
}

/** Why numbers behind which this unit is the commonest are on no common scale; null: as far as is known they are. */
function unitRefusal(unit: string, units: readonly string[]): string | null {
  if (!isScale(unit)) return null;
  const filled = units.filter((each) => each !== "");
  const others = filled.filter((each) => isScale(each) && spelling(each) !== spelling(unit));
  if (others.length > (1 - readableShare) * filled.length)
    return `numbers with different units behind them (${unit} and ${others[0]!})`;
  return filled.length < unitShare * units.length
    ? `numbers of which some have a unit (${unit}) and others none`
    : null;
}

/** Units that are known to say how large a number is; "kmpl" beside "km/kg" may be either. */
function isScale(unit: string): boolean {
  return isUnit(unit) || /^(?:[\u00b0\u00ba]\s*[CF]|%)$/i.test(unit);
}

/** Share of the units that are this one in any spelling. */
function shareInAnySpelling(unit: string, units: readonly string[]): number {
  const filled = units.filter((each) => each !== "");
  const alike = filled.filter((each) => spelling(each) === spelling(unit));
  return filled.length === 0 ? 1 : alike.length / filled.length;
}

/** "Hours", "hour." and "hour" are alike. */
function spelling(unit: string): string {
  return unitKey(unit.toLowerCase().replace(/\.$/, "")).replace(/s$/, "");
}

/** A unit of letters stands apart from the digits, as people write it. */
function written(prefix: Commonest, example: string, suffix: Commonest): string {
  const front = prefix.share < 1 ? "*" : prefix.text;
  const back = suffix.share < 1 ? "*" : suffix.text;
  const gap = /^[a-z]/i.test(back) && !example.endsWith("}") ? " " : "";
  const before = /[a-z]{2}$/.test(front) ? " " : "";
  return `${front}${before}${example}${gap}${back}`;
}
