import { AutomlError } from "../core/errors.ts";
import type { ColumnType } from "../core/table.ts";
import { isNumberFormat } from "./number-format.ts";

/** A type that the user says, instead of the one that would be guessed. */
export interface DeclaredType {
  readonly type: ColumnType;
  /** Of dates and numbers; without it the cells are looked at. */
  readonly format?: string;
  /** Of an ordered category, from low to high. */
  readonly levels?: readonly string[];
}

export type DeclaredTypes = ReadonlyMap<string, DeclaredType>;

const typeNames: ReadonlyMap<string, ColumnType | "ordered"> = new Map([
  ["numeric", "numeric"],
  ["number", "numeric"],
  ["category", "category"],
  ["ordered", "ordered"],
  ["boolean", "boolean"],
  ["date", "date"],
  ["text", "text"],
]);

const hint =
  "Write column=type, separated by commas: price=numeric, zip=category, size=ordered:S<M<L, sold=date:%d/%m/%Y, " +
  'weight=numeric:1,234.5 kg, garden=boolean, note=text. A name with = or a comma stands in quotes: "a,b"=text.';

/**
 * `price=numeric,size=ordered:S<M<L,sold=date:%d/%m/%Y` as pairs of column and type. A comma inside a format stays
 * there: a new pair begins where a name and = follow. Throws AUTOML_OPTION_INVALID.
 */
export function splitTypes(text: string): [column: string, type: string][] {
  const pair = /\s*(?:"((?:[^"]|"")*)"|([^=,"]+))\s*=/uy;
  const pairs: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    pair.lastIndex = at;
    const found = pair.exec(text);
    if (found === null) throw invalid(`"${text.slice(at, at + 60)}" is no column=type.`);
    const name = found[1] === undefined ? found[2]!.trim() : found[1].replaceAll('""', '"');
    const next = endOfType(text, pair.lastIndex);
    pairs.push([name, text.slice(pair.lastIndex, next).trim()]);
    at = next + 1;
  }
  return pairs;
}

/** Where the type that begins at `start` ends: at the comma in front of the next pair. */
function endOfType(text: string, start: number): number {
  const next = /,\s*(?:"(?:[^"]|"")*"|[^=,"]+?)\s*=\s*([a-z]+)\s*(?=[:,]|$)/giu;
  next.lastIndex = start;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (typeNames.has(found[1]!.toLowerCase())) return found.index;
    next.lastIndex = found.index + 1;
  }
  return text.length;
}

/** Types by column from what `--types`, the configuration file or a program says. Throws AUTOML_OPTION_INVALID. */
export function declareTypes(types: Readonly<Record<string, string>>): DeclaredTypes {
  return new Map(Object.entries(types).map(([column, type]) => [column, readType(column, type)]));
}

function readType(column: string, text: unknown): DeclaredType {
  if (typeof text !== "string") throw invalid(`The type of "${column}" must be a text.`);
  const colon = text.indexOf(":");
  const name = (colon < 0 ? text : text.slice(0, colon)).trim().toLowerCase();
  const rest = colon < 0 ? "" : text.slice(colon + 1).trim();
  const type = typeNames.get(name);
  if (type === undefined) {
    throw invalid(`"${name}" is no type that column "${column}" could have.`);
  }
  if (type === "ordered") return { type: "category", levels: readLevels(column, rest) };
  if (rest === "") return { type };
  if (type === "date") return { type, format: rest };
  if (type === "numeric" && isNumberFormat(rest)) return { type, format: rest };
  throw invalid(
    type === "numeric"
      ? `"${rest}" does not show how column "${column}" writes the number 1234.5.`
      : `A column of type ${type} takes nothing behind a colon, as in "${column}=${text}".`,
  );
}

function readLevels(column: string, text: string): string[] {
  const levels = text.split("<").map((level) => level.trim());
  if (levels.length < 2 || levels.includes("") || new Set(levels).size < levels.length) {
    throw invalid(`The levels of "${column}" must be two or more different ones, low to high.`);
  }
  return levels;
}

function invalid(message: string): AutomlError {
  return new AutomlError("AUTOML_OPTION_INVALID", `--types: ${message}`, { hint });
}
