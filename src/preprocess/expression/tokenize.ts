import { quoted } from "../quoted.ts";
import { expressionError } from "./expression-error.ts";

/** One piece of an expression; `at` is its 0-based offset. */
export type Token =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | {
      readonly kind: "name";
      readonly text: string;
      readonly isQuoted: boolean;
      readonly at: number;
    }
  | { readonly kind: "symbol"; readonly text: string; readonly at: number }
  | { readonly kind: "end"; readonly at: number };

const space = /\s+/uy;
const number = /(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const word = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/uy;
const wholeWord = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u;
const symbols = "+-*/^(),";
const longest = 100_000;

/** Cuts an expression into tokens, an end token last. Throws AUTOML_EXPRESSION_INVALID. O(length). */
export function tokenize(expression: string): Token[] {
  if (expression.length > longest) {
    throw expressionError(expression, longest, `longer than ${longest} characters`);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const character = expression[at]!;
    const blank = matchAt(space, expression, at);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const digits = matchAt(number, expression, at);
    const name = matchAt(word, expression, at);
    if (digits !== undefined) {
      const value = Number(digits);
      if (!Number.isFinite(value))
        throw expressionError(expression, at, "this number is too large");
      tokens.push({ kind: "number", value, at });
      at += digits.length;
    } else if (name !== undefined) {
      tokens.push({ kind: "name", text: name, isQuoted: false, at });
      at += name.length;
    } else if (character === '"' || character === "`") {
      const { text, end } = readQuoted(expression, at);
      tokens.push({ kind: "name", text, isQuoted: true, at });
      at = end;
    } else if (symbols.includes(character)) {
      tokens.push({ kind: "symbol", text: character, at });
      at += 1;
    } else {
      const shown = String.fromCodePoint(expression.codePointAt(at)!);
      throw expressionError(expression, at, `${quoted(shown)} means nothing here`);
    }
  }
  tokens.push({ kind: "end", at: expression.length });
  return tokens;
}

/** A column name as it stands in an expression: a plain word as it is, anything else in double quotes. */
export function quoteColumn(name: string): string {
  // JSON's escapes are a subset of the expression's.
  return wholeWord.test(name) ? name : JSON.stringify(name);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const escapes = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["/", "/"],
  ["\\", "\\"],
  ['"', '"'],
  ["`", "`"],
]);

/** A quoted name from its opening quote on; `end` is the offset after its closing one. */
function readQuoted(expression: string, start: number): { text: string; end: number } {
  const quote = expression[start]!;
  let text = "";
  for (let at = start + 1; at < expression.length; at++) {
    const character = expression[at]!;
    if (character === quote) return { text, end: at + 1 };
    if (character !== "\\") {
      text += character;
      continue;
    }
    at += 1;
    const escape = expression[at] ?? "";
    const hex = expression.slice(at + 1, at + 5);
    if (escape === "u" && /^[0-9a-fA-F]{4}$/.test(hex)) {
      text += String.fromCharCode(Number.parseInt(hex, 16));
      at += 4;
    } else {
      const meaning = escapes.get(escape);
      if (meaning === undefined)
        throw expressionError(expression, at - 1, "unknown escape in a name");
      text += meaning;
    }
  }
  throw expressionError(expression, start, `the name that begins here has no closing ${quote}`);
}
