import {
  presentCells,
  type ColumnFacts,
  type NumericFacts,
  type WrittenNumbers,
} from "./column-facts.ts";
import { cellsAre, type Decision } from "./decision.ts";
import { nameWords } from "./name-words.ts";
import { formatWords } from "./number-format.ts";

/** Below this many rows, that all values differ says nothing. */
export const rowsToTellIdentifier = 20;

/** Plain numbers, or numbers with something around them, whichever more cells are. */
export function decideNumber(facts: ColumnFacts): Decision | undefined {
  const { numeric, numbers } = facts;
  const written = facts.written.numbers;
  if (numeric !== null && numeric.codes > 0) return undefined;
  if (written !== null && (numeric === null || written.fits > numbers)) {
    return writtenDecision(facts, written);
  }
  return numeric === null
    ? undefined
    : (decideCodes(facts, numeric) ?? plainDecision(facts, numeric));
}

function plainDecision(facts: ColumnFacts, numeric: NumericFacts): Decision {
  const label = rowLabel(facts, numeric);
  return {
    type: "numeric",
    role: label === undefined ? "feature" : "identifier",
    reason:
      label ?? `${cellsAre(facts.numbers, presentCells(facts), whatNumbers(facts, numeric))}.`,
    missing: facts.rows - facts.numbers,
    distinct: numeric.distinct,
    fits: facts.numbers,
    misfits: presentCells(facts) - facts.numbers,
  };
}

function whatNumbers(facts: ColumnFacts, { integers, min, max }: NumericFacts): string {
  const bits = integers === facts.numbers && min === 0 && max === 1;
  return bits ? "0 or 1: no or yes, kept as numbers" : "numbers";
}

/** Numbers with something around them: "$1,234.5", "1234.5 kmpl", "1234,5". */
function writtenDecision(
  facts: ColumnFacts,
  { format, fits, distinct, turned = 0, thousands = false }: WrittenNumbers,
): Decision {
  const present = presentCells(facts);
  return {
    type: "numeric",
    role: "feature",
    reason: `${cellsAre(fits, present, formatWords(format))}${
      thousands
        ? "; every point has three digits behind it, and no number without one reaches 1000"
        : ""
    }${
      turned > 0
        ? `; ${turned} stand in brackets or in front of a minus and are read as negative`
        : ""
    }.`,
    missing: facts.rows - fits,
    distinct,
    fits,
    misfits: Math.max(0, present - fits),
    format,
  };
}

/** Names of codes: their numbers are labels, whose order means nothing. Never words that may also count something. */
const codeWords: ReadonlySet<string> = new Set(
  "code codes zip zipcode postcode postal plz fips id ids sku type kind category".split(" "),
);
/** Names of things that have names: a number under one of them is a code for it. */
const namedThings: ReadonlySet<string> = new Set(
  (
    "state county country city town district province municipality borough region community neighborhood neighbourhood " +
    "team store shop branch vendor supplier seller dealer department dept station origin destination species breed brand " +
    "make manufacturer race ethnicity religion nationality gender sex occupation maritl"
  ).split(" "),
);
const mostCodes = 1000;
/** With fewer rows per code there is more to learn from the number than from the label. */
const rowsPerCode = 5;
/** With so many different ones among its cells a code labels rows. */
const labelShare = 0.95;

/** Whole numbers under the name of a code that come again and again. In doubt numbers stay numbers: trees take both. */
function decideCodes(facts: ColumnFacts, numeric: NumericFacts): Decision | undefined {
  const { distinct, integers, points, min } = numeric;
  const { numbers } = facts;
  if (integers !== numbers || points > 0 || min < 0 || distinct < 2) return undefined;
  const words = nameWords(facts.name);
  const isCode = codeWords.has(words.at(-1) ?? "") || words[0] === "zip";
  // One word alone: "stores" of a city count, "state_tax" is an amount.
  const isThing = words.length === 1 && namedThings.has(words[0]!);
  const missing = facts.rows - facts.filled + facts.textMarkers;
  const others = facts.filled - facts.textMarkers - numbers > 0 ? 1 : 0;
  const decision = {
    type: "category",
    missing,
    distinct: facts.text?.distinct ?? distinct + others,
    fits: facts.rows - missing,
    misfits: 0,
  } as const;
  const counted = `${distinct} different whole numbers in ${numbers} cells under`;
  if (isThing && numbers >= rowsToTellIdentifier && distinct >= labelShare * numbers) {
    const reason = `${counted} the name of things that have names: a code for each, which labels rows.`;
    return { ...decision, role: "identifier", reason };
  }
  const comesAgain = distinct <= mostCodes && numbers >= rowsPerCode * distinct;
  if (!comesAgain || (!isCode && !isThing)) return undefined;
  const name = isCode ? "a name of codes" : "the name of things that have names";
  const reason = `${counted} ${name}: labels, whose order means nothing.`;
  return { ...decision, role: "feature", reason };
}

/** Why a column of numbers labels its rows, or undefined. A year or a month that counts up does not: it starts higher. */
function rowLabel(facts: ColumnFacts, numeric: NumericFacts): string | undefined {
  const { rows } = facts;
  const whole = numeric.integers === facts.numbers;
  if (!whole || rows < rowsToTellIdentifier || numeric.distinct !== facts.numbers) return undefined;
  if (numeric.distinct !== rows)
    return numeric.distinct >= labelShare * rows && isLabelName(facts)
      ? `${numeric.distinct} different whole numbers in as many cells and a name like an identifier: it labels rows.`
      : undefined;
  if (numeric.countsFrom === 0 || numeric.countsFrom === 1) {
    return `Counts the rows from ${numeric.countsFrom}: a row number says nothing about other rows.`;
  }
  if (isUnnamedFirst(facts)) {
    return `${rows} different whole numbers in ${rows} rows, in a first column without a name: it labels rows.`;
  }
  if (isLabelName(facts)) {
    return `${rows} different whole numbers in ${rows} rows and a name like an identifier: it labels rows.`;
  }
  // Row numbers of a larger table of which these rows are a sample: nearly every number up to the largest is there.
  if (numeric.min >= 0 && numeric.min <= rows * 0.1 && numeric.max - numeric.min < rows * 1.34) {
    return `${rows} different whole numbers that nearly fill 0 to ${numeric.max}: numbers of rows.`;
  }
  return undefined;
}

const labelWords = new Set(
  "id ids uid uuid guid key index idx rownames rowname rownum rowid row".split(" "),
);

/** Last words of the names of labels; further in front they count something: "number of rooms". */
const lastLabelWords = new Set(
  "no nr num number nummer numero n\u00famero mls zpid isbn ssn".split(" "),
);

/** Names that programs give to what has none: the row numbers that were written with a table. */
function isUnnamedFirst({ name, position }: ColumnFacts): boolean {
  return position === 0 && /^(unnamed|column1$)/i.test(name);
}

export function isLabelName(facts: ColumnFacts): boolean {
  if (isUnnamedFirst(facts)) return true;
  const words = nameWords(facts.name);
  return words.some((word) => labelWords.has(word)) || lastLabelWords.has(words.at(-1) ?? "");
}
