/**
 * How numbers stand in the cells of a column that are more than digits and a decimal point: an example of the number
 * with what is around it, as a strptime format is one of a date. "$1,234.5" are dollars with commas between thousands,
 * "1234,5" has a decimal comma, "1234.5 kmpl" a unit. A star in front or behind stands for any text without a digit.
 */
interface NumberFormat {
  readonly prefix: string;
  readonly skeleton: Skeleton;
  readonly suffix: string;
}

interface Skeleton {
  readonly example: string;
  /** What stands between groups of digits, as characters of a regular expression class; empty for nothing. */
  readonly group: string;
  readonly decimal: "." | ",";
}

/** Written without a group, with every number of digits; the first that fits all cells is the one. */
const skeletons: readonly Skeleton[] = [
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
function digitsPattern({ group, decimal }: Skeleton): string {
  const fraction = `(?:[${decimal}][0-9]+)?`;
  if (group === "") return `[0-9]+${fraction}|[${decimal}][0-9]+`;
  return `[1-9][0-9]{0,2}(?:[${group}][0-9]{2,3})*[${group}][0-9]{3}${fraction}|[0-9]+${fraction}`;
}

/** A regular expression for JavaScript and DuckDB alike; groups: a sign in front of the prefix, one behind it, the digits. */
export function numberPattern(format: string): string {
  const { prefix, skeleton, suffix } = parseFormat(format);
  return (
    `^${blanks}([-\u2212]?)${blanks}${affixPattern(prefix)}${blanks}[+]?([-\u2212]?)${blanks}` +
    `(${digitsPattern(skeleton)})${blanks}${affixPattern(suffix)}${blanks}$`
  );
}

/** A number without its unit is a number too. */
function affixPattern(affix: string): string {
  if (affix === "*") return "[^0-9]*?";
  return affix === "" ? "" : `(?:${affix.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")})?`;
}

/** Whether the text holds the example of a number that every format is built around. */
export function isNumberFormat(format: string): boolean {
  return findSkeleton(format) !== undefined;
}

function parseFormat(format: string): NumberFormat {
  const found = findSkeleton(format);
  if (found === undefined)
    throw new RangeError(`no number in the format ${JSON.stringify(format)}`);
  const { at, skeleton } = found;
  return {
    prefix: format.slice(0, at).trim(),
    skeleton,
    suffix: format.slice(at + skeleton.example.length).trim(),
  };
}

function findSkeleton(format: string): { at: number; skeleton: Skeleton } | undefined {
  for (const skeleton of skeletons) {
    const at = format.indexOf(skeleton.example);
    if (at >= 0) return { at, skeleton };
  }
  return undefined;
}

/** The characters that a number of this format has between groups of digits, and its decimal sign. */
export function separatorsOf(format: string): { readonly group: string; readonly decimal: string } {
  const { group, decimal } = parseFormat(format).skeleton;
  return { group, decimal };
}

/** The number in a cell under a format; NaN when there is none. The same as the reader of files takes it for. */
export function parseNumber(cell: string, format: string): number {
  const found = new RegExp(numberPattern(format), "u").exec(cell);
  if (found === null) return NaN;
  const { group, decimal } = separatorsOf(format);
  const digits = group === "" ? found[3]! : found[3]!.replace(new RegExp(`[${group}]`, "gu"), "");
  const sign = `${found[1]!}${found[2]!}`;
  const value = Number(digits.replace(decimal, "."));
  return sign === "" ? value : sign.length === 1 ? -value : NaN;
}

/** Signs and codes of currencies that stand in front of amounts. Any other word in front of digits makes a name of them. */
const currency =
  /^(?:[A-Z]{0,3}\p{Sc}|Rs\.?|kr\.?|z\u0142|K\u010d|Fr\.?|USD|EUR|GBP|JPY|CNY|INR|BRL|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|KRW|RUB|TRY|ZAR|MXN|[~\u2248])?$/iu;

/** "1st", "2nd floor", "10 am", "12:30": words behind digits that are no unit. */
const noUnit = /^(?:st|nd|rd|th|am|pm|a\.m\.|p\.m\.)(?![a-z])|^[:/;|]/i;

/** A unit is short, and most cells have the same. */
const longestUnit = 16;
const mostlyTheSame = 0.8;
/** So many of the samples may be something else: the whole column is counted afterwards. */
const readableShare = 0.95;

/**
 * Formats that cells without a plain number may have, best first; none when they are no numbers with something around
 * them. Every cell must hold exactly one number.
 */
export function candidateNumberFormats(samples: readonly string[]): string[] {
  const parts = samples.flatMap((cell) => {
    const found =
      /^([^0-9]*?)[+]?(?:[-\u2212])?\s*((?:[.,]?[0-9][0-9.,'\u2019 \u00a0\u202f]*[0-9])|[0-9]|[.,][0-9]+)([^0-9]*)$/u.exec(
        cell.trim(),
      );
    return found === null
      ? []
      : [{ prefix: sign(found[1]!), digits: found[2]!, suffix: found[3]!.trim() }];
  });
  if (parts.length === 0 || parts.length < readableShare * samples.length) return [];
  const prefixes = commonest(parts.map(({ prefix }) => prefix));
  const suffixes = commonest(parts.map(({ suffix }) => suffix));
  if (parts.some(({ prefix }) => !currency.test(prefix))) return [];
  if (parts.some(({ suffix }) => suffix.length > longestUnit || noUnit.test(suffix))) return [];
  if (prefixes.share < mostlyTheSame || suffixes.share < mostlyTheSame) return [];
  const bodies = parts.map(({ digits }) => digits);
  // Amounts of money have commas between thousands when they are large enough, here or in the next file.
  const [plain, withCommas, ...others] = skeletons as [Skeleton, Skeleton, ...Skeleton[]];
  const order = prefixes.text === "" ? skeletons : [withCommas, plain, ...others];
  return order
    .filter((skeleton) => {
      const whole = new RegExp(`^(?:${digitsPattern(skeleton)})$`, "u");
      return bodies.filter((body) => whole.test(body)).length >= readableShare * bodies.length;
    })
    .map(({ example }) => written(prefixes, example, suffixes));
}

/** What stands in front of the digits, without the sign of the number. */
function sign(prefix: string): string {
  return prefix.replace(/[-\u2212+]/g, "").trim();
}

/** The commonest text that is not empty, and its share of those that are not. */
interface Commonest {
  readonly text: string;
  readonly share: number;
}

function commonest(texts: readonly string[]): Commonest {
  const counts = new Map<string, number>();
  const filled = texts.filter((text) => text !== "");
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return first === undefined
    ? { text: "", share: 1 }
    : { text: first[0], share: first[1] / filled.length };
}

/** A unit of letters stands apart from the digits, as people write it. */
function written(prefix: Commonest, example: string, suffix: Commonest): string {
  const front = prefix.share < 1 ? "*" : prefix.text;
  const back = suffix.share < 1 ? "*" : suffix.text;
  return `${front}${example}${/^[a-z]/i.test(back) ? " " : ""}${back}`;
}
