import { meansMissing } from "./missing-markers.ts";

export interface HeaderVerdict {
  readonly header: boolean;
  /** One sentence without a full stop. */
  readonly why: string;
  /** Whether something in the record cannot be a value of its column. */
  readonly isSure?: boolean;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const rowsLookedAt = 200;
/** Rows below the first from which on their range says something. */
const fewRows = 5;

/** "strange text": it is none of the few texts below it. */
type Sign = "name" | "value" | "unsure text" | "strange text" | "unsure number" | "empty";

/**
 * Whether the first record names the columns, told column by column: a word above numbers is a name, a number among
 * numbers and a text that turns up again further down are values. A header is the rule; the first record is taken for
 * data only when nothing in it looks like a name and something like a value.
 */
export function judgeHeader(
  first: readonly string[],
  rest: readonly (readonly string[])[],
): HeaderVerdict {
  if (rest.length === 0) return { header: true, why: "there is one line only" };
  const body = rest.slice(0, rowsLookedAt);
  const signs = first.map((cell, c) =>
    signOf(
      cell.trim(),
      body.map((row) => (row[c] ?? "").trim()).filter((value) => !meansMissing(value)),
    ),
  );
  const count = (sign: Sign) => signs.filter((found) => found === sign).length;
  const named = signs.indexOf("name");
  if (named >= 0) {
    const why = `${quoted(first[named]!)} is unlike the values below it`;
    return { header: true, why, isSure: true };
  }
  const values = count("value");
  const strange = count("strange text");
  const texts = strange + count("unsure text");
  if (texts === 0 && values + count("unsure number") > 0) return asData(first, body);
  // Texts that are all different never turn up again, and a rare level may not: then the other columns decide.
  const isSure = count("unsure number") === 0 && body.length >= fewRows;
  if (isSure && values > 0 && strange <= values / 2) return asData(first, body);
  return { header: true, why: "nothing in the first line turns up among the values below it" };
}

function asData(first: readonly string[], body: readonly (readonly string[])[]): HeaderVerdict {
  const filled = first.filter((cell) => !meansMissing(cell)).length;
  return {
    header: false,
    why: `its ${filled} ${filled === 1 ? "value is" : "values are"} like those of the ${body.length} rows below it`,
  };
}

function signOf(cell: string, cells: readonly string[]): Sign {
  if (cells.length === 0 || meansMissing(cell)) return "empty";
  const numbers = cells.filter((value) => decimal.test(value));
  if (numbers.length >= 0.9 * cells.length) {
    if (!decimal.test(cell)) return "name";
    return isAmong(Number(cell), numbers.map(Number)) ? "value" : "unsure number";
  }
  if (cells.includes(cell)) return "value";
  const withDigit = cells.filter((value) => /\d/.test(value)).length;
  if (withDigit >= 0.9 * cells.length) {
    // Dates, amounts with units, codes: "when" above "2024-01-31" is a name.
    if (!/\d/.test(cell)) return "name";
    const shapes = new Set(cells.map(shape));
    return shapes.size <= 0.2 * cells.length + 1 && shapes.has(shape(cell))
      ? "value"
      : "unsure text";
  }
  const different = new Set(cells).size;
  return different <= cells.length / 2 && cells.length >= fewRows ? "strange text" : "unsure text";
}

/** Within ten times the range of the values: 2010 above 1, 2, 3 is a year that names a column. */
function isAmong(value: number, values: readonly number[]): boolean {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const reach = 10 * Math.max(high - low, Math.abs(high), Math.abs(low));
  return value >= low - reach && value <= high + reach;
}

/** "2024-01-31" and "1999-12-05" have one shape. */
function shape(value: string): string {
  return value.replace(/\d/g, "9").replace(/[A-Za-z]+/g, "a");
}

function quoted(cell: string): string {
  const text = cell.trim();
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
