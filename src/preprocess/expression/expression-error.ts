import { AutomlError } from "../../core/errors.ts";
import { quoted } from "../quoted.ts";

const grammarHint =
  "An expression has numbers, column names, + - * /, x^2, parentheses, log, log1p, exp, sqrt, abs, min, max, days(a, b). " +
  'Names that are no plain words stand in double quotes: "my column".';

/** AUTOML_EXPRESSION_INVALID at a 0-based offset of the expression; the message counts characters from 1. */
export function expressionError(
  expression: string,
  offset: number,
  what: string,
  hint = grammarHint,
): AutomlError {
  return new AutomlError(
    "AUTOML_EXPRESSION_INVALID",
    `The expression ${quoted(expression)}, character ${offset + 1}: ${what}.`,
    { hint, details: { expression, position: offset + 1 } },
  );
}
