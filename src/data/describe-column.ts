import type { ColumnRole, ColumnSchema } from "../core/schema.ts";
import type { ColumnType } from "../core/table.ts";
import { booleanPairs } from "./cell-sql.ts";
import {
  presentCells,
  type ColumnFacts,
  type NumericFacts,
  type TextFacts,
} from "./column-facts.ts";
import { dayMonthTwin } from "./date-candidates.ts";
import { nameWords } from "./name-words.ts";

/** A column with more missing cells than this share is left out. */
const mostlyMissing = 0.95;
/** Below this many rows, that all values differ says nothing. */
const rowsToTellIdentifier = 20;

interface Decision {
  readonly type: ColumnType;
  readonly role: ColumnRole;
  readonly reason: string;
  readonly missing: number;
  readonly distinct: number;
  readonly format?: string;
}

/** Type and role of a column with the reason, decided from its counts alone. No cell value gets into the reason. */
export function describeColumn(facts: ColumnFacts): ColumnSchema {
  const decision = unusable(facts, decide(facts));
  return { name: facts.name, ...decision };
}

function decide(facts: ColumnFacts): Decision {
  const missing = facts.rows - facts.filled + facts.textMarkers;
  if (facts.filled === facts.textMarkers) {
    const reason = `All ${facts.rows} cells are empty.`;
    return { type: "category", role: "unused", reason, missing, distinct: 0 };
  }
  return (
    decideDate(facts) ??
    decideNumeric(facts) ??
    decideWrittenNumber(facts) ??
    decideBoolean(facts) ??
    decideText(facts, facts.text!, missing)
  );
}

function decideDate(facts: ColumnFacts): Decision | undefined {
  const [first, second] = facts.dates;
  if (first === undefined) return undefined;
  const present = presentCells(facts);
  const twin =
    second !== undefined && dayMonthTwin(first.format) === second.format ? second : undefined;
  let chosen = first;
  let evidence = "";
  if (twin !== undefined && twin.fits === first.fits) {
    const [near, far] = twin.travel < first.travel ? [twin, first] : [first, twin];
    const clear = near.travel * 2 < far.travel;
    const [dayFirst, monthFirst] = first.format.startsWith("%d") ? [first, twin] : [twin, first];
    chosen = clear ? near : first.format[2] === "/" ? monthFirst : dayFirst;
    evidence = clear
      ? ", read so because the rows are then in order of time; no day is above 12"
      : ", but day and month could be the other way round: no day is above 12";
  } else if (dayMonthTwin(first.format) !== undefined) {
    evidence = `, told by the days above 12`;
  }
  return {
    type: "date",
    role: "feature",
    reason: `${cellsAre(chosen.fits, present, `dates like ${chosen.format}`)}${evidence}.`,
    missing: facts.rows - chosen.fits,
    distinct: facts.text?.distinct ?? facts.numeric!.distinct,
    format: chosen.format,
  };
}

function decideNumeric(facts: ColumnFacts): Decision | undefined {
  const numeric = facts.numeric;
  if (numeric === null || numeric.codes > 0) return undefined;
  const present = presentCells(facts);
  const missing = facts.rows - facts.numbers;
  const label = rowLabel(facts, numeric);
  return {
    type: "numeric",
    role: label === undefined ? "feature" : "identifier",
    reason: label ?? `${cellsAre(facts.numbers, present, "numbers")}.`,
    missing,
    distinct: numeric.distinct,
  };
}

/** Numbers with something around them: "$1,234.5", "1234.5 kmpl", "1234,5". */
function decideWrittenNumber(facts: ColumnFacts): Decision | undefined {
  const written = facts.writtenNumbers;
  if (written === null) return undefined;
  const { format, fits, distinct } = written;
  const star = format.includes("*") ? " (the star is any text without a digit)" : "";
  return {
    type: "numeric",
    role: "feature",
    reason: `${cellsAre(fits, presentCells(facts), `numbers written like ${format}${star}`)}.`,
    missing: facts.rows - fits,
    distinct,
    format,
  };
}

/** Why a column of numbers labels its rows, or undefined. A year or a month that counts up does not: it starts higher. */
function rowLabel(facts: ColumnFacts, numeric: NumericFacts): string | undefined {
  const { rows } = facts;
  const whole = numeric.integers === facts.numbers;
  if (!whole || rows < rowsToTellIdentifier || numeric.distinct !== rows) return undefined;
  if (numeric.countsFrom === 0 || numeric.countsFrom === 1) {
    return `Counts the rows from ${numeric.countsFrom}: a row number says nothing about other rows.`;
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

function isLabelName(facts: ColumnFacts): boolean {
  if (/^(unnamed|column1$)/i.test(facts.name) && facts.position === 0) return true;
  return nameWords(facts.name).some((word) => labelWords.has(word));
}

function decideBoolean(facts: ColumnFacts): Decision | undefined {
  const text = facts.text;
  if (text === null) return undefined;
  const present = presentCells(facts);
  const pair = booleanPairs.find(([no, yes]) => text.first === no && text.last === yes);
  if (pair === undefined || text.booleanWords !== present) return undefined;
  return {
    type: "boolean",
    role: "feature",
    reason: `${cellsAre(present, present, `${pair[1]} or ${pair[0]}`)}.`,
    missing: facts.rows - present,
    distinct: 2,
  };
}

function decideText(facts: ColumnFacts, text: TextFacts, missing: number): Decision {
  const present = facts.rows - missing;
  const words = text.words / present;
  const length = text.characters / present;
  const share = text.distinct / present;
  const base = { missing, distinct: text.distinct };
  const counted = `${text.distinct} different texts in ${present} cells`;
  const oneWord = words < 1.05 && text.maxLength <= 100;
  const likeLabel = share >= 0.95 || (share >= 0.9 && isLabelName(facts));
  if (present >= rowsToTellIdentifier && oneWord && likeLabel) {
    const reason = `${counted}, one word each: it labels rows.`;
    return { type: "category", role: "identifier", reason, ...base };
  }
  const manyWords = words >= 2.2 || length >= 50;
  if (text.distinct > 30 && manyWords) {
    const reason = `${counted}, ${words.toFixed(1)} words each on average: free text.`;
    return { type: "text", role: "feature", reason, ...base };
  }
  const why =
    facts.numeric === null
      ? ""
      : `; ${facts.numeric.codes} numbers have leading zeros or more than 16 digits, so they are codes`;
  return { type: "category", role: "feature", reason: `${counted}${why}.`, ...base };
}

function unusable(facts: ColumnFacts, decision: Decision): Decision {
  if (decision.role === "unused") return decision;
  const present = facts.rows - decision.missing;
  if (decision.distinct <= 1) {
    const reason = `The same value in all ${present} filled cells of ${facts.rows}.`;
    return { ...decision, role: "constant", reason };
  }
  if (decision.missing > mostlyMissing * facts.rows) {
    const reason = `${decision.missing} of ${facts.rows} cells are missing.`;
    return { ...decision, role: "unused", reason };
  }
  return decision;
}

/** "All 398 filled cells are numbers"; cells that only mark a missing value do not count as filled. */
function cellsAre(fits: number, present: number, what: string): string {
  const all = `${fits === present ? `All ${fits}` : `${fits} of ${present}`} filled cells are ${what}`;
  return fits === present ? all : `${all} and the other ${present - fits} count as missing`;
}
