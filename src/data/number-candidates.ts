import { addsUp, cutMagnitude, isClearMagnitude, magnitudeOf } from "./magnitudes.ts";
import { digitsPattern, skeletons, withSignInFront } from "./number-format.ts";
import { clashingUnits, cutPower, unitKey } from "./number-units.ts";

/** What the cells of a column that are no plain numbers may be. */
export interface NumberCandidates {
  /** Best first; none when they are no numbers with something around them. */
  readonly formats: readonly string[];
  /** Why they are none although every cell holds one: units of different size. Null: nothing to say. */
  readonly refusal: string | null;
}

/** Signs and codes of currencies that stand in front of amounts. Any other word in front of digits makes a name of them. */
const currency =
  /^(?:[A-Z]{0,3}\p{Sc}|Rs\.?|kr\.?|z\u0142|K\u010d|Fr\.?|USD|EUR|GBP|JPY|CNY|RMB|INR|BRL|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|KRW|RUB|TRY|ZAR|MXN|[~\u2248])?$/iu;

/** "1st", "2nd floor", "10 am", "12:30", "1. Male": what stands behind digits that are no amount. */
const noUnit = /^(?:st|nd|rd|th|am|pm|a\.m\.|p\.m\.)(?![a-z])|^[:/;|]|^[.)]\s/i;

/** A unit is short, and most cells have the same. */
const longestUnit = 16;
const mostlyTheSame = 0.8;
/** So many of the samples may be something else: the whole column is counted afterwards. */
const readableShare = 0.95;

/** A cell taken apart: what stands in front, the digits (more than one with magnitudes between), what stands behind. */
interface Parts {
  readonly prefix: string;
  readonly digits: readonly string[];
  /** The words between and behind the digits that multiply; "" for none. */
  readonly words: readonly string[];
  readonly unit: string;
  /** Everything behind the last digits. */
  readonly suffix: string;
}

const none: NumberCandidates = { formats: [], refusal: null };

/** Formats that cells without a plain number may have. Every cell must hold exactly one number. */
export function numberCandidates(samples: readonly string[]): NumberCandidates {
  const parts = samples.flatMap((cell) => cutCell(cell) ?? []);
  if (parts.length === 0 || parts.length < readableShare * samples.length) return none;
  if (parts.some(({ prefix }) => !currency.test(prefix))) return none;
  const prefixes = commonest(parts.map(({ prefix }) => prefix));
  const scaled = hasMagnitudes(parts, prefixes.text !== "");
  const units = parts.map(({ unit, suffix }) => (scaled ? unit : suffix));
  if (units.some((unit) => unit.length > longestUnit || noUnit.test(unit))) return none;
  if (!scaled && parts.some(({ digits }) => digits.length > 1)) return none;
  const clash = clashOf(parts, units);
  if (clash !== null) return { formats: [], refusal: clash };
  const suffixes = commonest(units);
  if (prefixes.share < mostlyTheSame || suffixes.keyShare < mostlyTheSame) return none;
  const magnitudes = scaled ? magnitudeList(parts) : "";
  return { formats: formatsOf(parts, prefixes, magnitudes, suffixes), refusal: null };
}

/** The formats alone. */
export function candidateNumberFormats(samples: readonly string[]): readonly string[] {
  return numberCandidates(samples).formats;
}

function formatsOf(
  parts: readonly Parts[],
  prefixes: Commonest,
  magnitudes: string,
  suffixes: Commonest,
): string[] {
  // Amounts of money have commas between thousands when they are large enough, here or in the next file.
  const [plain, withCommas, ...others] = skeletons;
  const order = prefixes.text === "" ? skeletons : [withCommas!, plain!, ...others];
  return order
    .filter((skeleton) => {
      const whole = new RegExp(`^(?:${digitsPattern(skeleton)})$`, "u");
      const fitting = parts.filter(({ digits }) => digits.every((body) => whole.test(body)));
      return fitting.length >= readableShare * parts.length;
    })
    .map(({ example }) => written(prefixes, example + magnitudes, suffixes));
}

const digitsAndRest =
  /((?:[.,]?[0-9][0-9.,'\u2019 \u00a0\u202f]*[0-9])|[0-9]|[.,][0-9]+)([^0-9]*?)(?=[.,]?[0-9]|$)/uy;

function cutCell(cell: string): Parts | undefined {
  const { text, power } = cutPower(withSignInFront(cell.trim()));
  const front = /^([^0-9]*?)[+]?[-\u2212]?\s*(?=[.,]?[0-9])/u.exec(text);
  if (front === null) return undefined;
  const digits: string[] = [];
  const behind: string[] = [];
  digitsAndRest.lastIndex = front[0].length;
  while (digitsAndRest.lastIndex < text.length) {
    const found = digitsAndRest.exec(text);
    if (found === null) return undefined;
    digits.push(found[1]!);
    behind.push(found[2]!.trim());
  }
  const suffix = power === "" ? (behind.at(-1) ?? "") : power;
  const last = cutMagnitude(suffix);
  const between = behind.slice(0, -1).map(cutMagnitude);
  if (between.some(({ word, unit }) => word === "" || unit !== "" || !addsUp(word)))
    return undefined;
  const words = [...between.map(({ word }) => word), last.word];
  const sizes = words.map((word) => magnitudeOf(word) ?? 1);
  if (sizes.some((size, i) => i > 0 && size >= sizes[i - 1]!)) return undefined;
  return { prefix: sign(front[1]!), digits, words, unit: last.unit, suffix };
}

/** Whether words behind the digits multiply them, rather than being the unit that all cells share. */
function hasMagnitudes(parts: readonly Parts[], isMoney: boolean): boolean {
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
function magnitudeList(parts: readonly Parts[]): string {
  const words = new Map<string, string>();
  for (const word of parts.flatMap(({ words: all }) => all)) {
    const known = words.get(word.toLowerCase());
    if (word !== "" && (known === undefined || word < known)) words.set(word.toLowerCase(), word);
  }
  const sorted = [...words.values()].sort(
    (a, b) => magnitudeOf(b)! - magnitudeOf(a)! || (a < b ? -1 : 1),
  );
  return `{${sorted.join("|")}}`;
}

function clashOf(parts: readonly Parts[], units: readonly string[]): string | null {
  const different = [...new Set(units.filter((unit) => unit !== ""))].sort();
  const [one, other] = clashingUnits(different);
  if (one !== undefined && other !== undefined)
    return `numbers in different units (${one} and ${other}), which have no common scale here`;
  const signs = parts.flatMap(({ prefix }, i) => `${prefix}${units[i]!}`.match(/\p{Sc}/u) ?? []);
  const [first, second] = [...new Set(signs)].sort();
  return second === undefined
    ? null
    : `amounts in different currencies (${first} and ${second}), which have no common scale`;
}

/** What stands in front of the digits, without the sign of the number. */
function sign(prefix: string): string {
  return prefix.replace(/[-\u2212+]/g, "").trim();
}

/** The commonest text that is not empty, its share of those that are not, and the share of its unit in any spelling. */
interface Commonest {
  readonly text: string;
  readonly share: number;
  readonly keyShare: number;
}

function commonest(texts: readonly string[]): Commonest {
  const counts = new Map<string, number>();
  const filled = texts.filter((text) => text !== "");
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (first === undefined) return { text: "", share: 1, keyShare: 1 };
  const alike = filled.filter((text) => unitKey(text) === unitKey(first[0]));
  return {
    text: first[0],
    share: first[1] / filled.length,
    keyShare: alike.length / filled.length,
  };
}

/** A unit of letters stands apart from the digits, as people write it. */
function written(prefix: Commonest, example: string, suffix: Commonest): string {
  const front = prefix.share < 1 ? "*" : prefix.text;
  const back = suffix.share < 1 ? "*" : suffix.text;
  const gap = /^[a-z]/i.test(back) && !example.endsWith("}") ? " " : "";
  return `${front}${example}${gap}${back}`;
}
