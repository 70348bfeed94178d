import { nearestName } from "../../core/errors.ts";
import type { RowIndex } from "../../core/split.ts";
import { findColumn, type Table } from "../../core/table.ts";
import type { ColumnSource } from "../preparation/column-source.ts";
import { quoted } from "../quoted.ts";
import { expressionError } from "./expression-error.ts";
import { parseExpression, type ColumnNode, type ExpressionNode } from "./parse.ts";

export { quoteColumn } from "./tokenize.ts";

/** A derived column's expression, ready to be worked out over the rows of any table that has its columns. */
export interface CompiledExpression {
  /** The columns it reads, each once, in the order they are first named. */
  readonly columns: readonly string[];
  /** Throws AUTOML_EXPRESSION_INVALID where a column is not there or has no numbers (dates: outside of `days`). */
  check(table: Table): void;
  /**
   * One value per row, in a new array. A missing value makes everything it enters missing (NaN), and so does a result
   * that is not finite, such as x / 0 or log(0). O(parts x rows).
   */
  evaluate(source: ColumnSource, rows: RowIndex): Float64Array;
}

/** Reads an expression once for many evaluations. Throws AUTOML_EXPRESSION_INVALID. */
export function compileExpression(expression: string): CompiledExpression {
  const root = parseExpression(expression);
  const uses = listUses(root);
  return {
    columns: [...new Set(uses.map((use) => use.column.name))],
    check(table) {
      for (const use of uses) checkUse(expression, use, table);
    },
    evaluate(source, rows) {
      const result = valuesOf(root, source, rows);
      const values =
        typeof result === "number" ? new Float64Array(rows.length).fill(result) : result;
      for (let i = 0; i < values.length; i++) {
        if (!Number.isFinite(values[i]!)) values[i] = NaN;
      }
      return values;
    },
  };
}

/** The columns an expression reads, each once, in the order they are first named. */
export function expressionColumns(expression: string): string[] {
  return [...new Set(listUses(parseExpression(expression)).map((use) => use.column.name))];
}

interface Use {
  readonly column: ColumnNode;
  readonly isDate: boolean;
}

function listUses(node: ExpressionNode): Use[] {
  switch (node.kind) {
    case "number":
      return [];
    case "column":
      return [{ column: node, isDate: false }];
    case "days":
      return [node.later, node.earlier].map((column) => ({ column, isDate: true }));
    case "negate":
    case "power":
      return listUses(node.of);
    case "binary":
      return [...listUses(node.left), ...listUses(node.right)];
    case "call":
      return node.of.flatMap(listUses);
  }
}

function checkUse(expression: string, { column, isDate }: Use, table: Table): void {
  const found = findColumn(table, column.name);
  const name = quoted(column.name);
  if (found === undefined) {
    const names = table.columns.map((candidate) => candidate.name);
    const near = nearestName(column.name.slice(0, 200), names);
    throw expressionError(
      expression,
      column.at,
      `there is no column ${name}`,
      near === undefined ? undefined : `Did you mean ${quoted(near)}?`,
    );
  }
  if (isDate && found.type !== "date") {
    throw expressionError(expression, column.at, `days needs dates, but ${name} is ${found.type}`);
  }
  if (!isDate && found.type === "date") {
    throw expressionError(
      expression,
      column.at,
      `${name} is a date`,
      "Dates take part through days(a, b), the difference of two date columns.",
    );
  }
  if (found.type === "category" || found.type === "text") {
    throw expressionError(
      expression,
      column.at,
      `${name} holds ${found.type === "text" ? "text" : "categories"}, not numbers`,
      "Give it a line of its own instead.",
    );
  }
}

const millisecondsPerDay = 86_400_000;

const unary = {
  log: Math.log,
  log1p: Math.log1p,
  exp: Math.exp,
  sqrt: Math.sqrt,
  abs: Math.abs,
} as const;

const binary = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  min: (a: number, b: number) => Math.min(a, b),
  max: (a: number, b: number) => Math.max(a, b),
} as const;

/** A constant, or one value per row in an array that the caller owns and may overwrite. */
type Values = number | Float64Array;

function valuesOf(node: ExpressionNode, source: ColumnSource, rows: RowIndex): Values {
  switch (node.kind) {
    case "number":
      return node.value;
    case "column":
      return gather(source.numbers(node.name, "numeric"), rows);
    case "days": {
      const later = gather(source.numbers(node.later.name, "date"), rows);
      const earlier = gather(source.numbers(node.earlier.name, "date"), rows);
      return combine((a, b) => (a - b) / millisecondsPerDay, later, earlier);
    }
    case "negate":
      return transform((x) => -x, valuesOf(node.of, source, rows));
    case "power":
      return transform(powers[node.exponent as 2 | 3 | 4], valuesOf(node.of, source, rows));
    case "binary":
      return combine(
        binary[node.operator],
        valuesOf(node.left, source, rows),
        valuesOf(node.right, source, rows),
      );
    case "call": {
      const { name } = node;
      const [first, ...rest] = node.of.map((part) => valuesOf(part, source, rows));
      if (name !== "min" && name !== "max") return transform(unary[name], first!);
      return rest.reduce<Values>((a, b) => combine(binary[name], a, b), first!);
    }
  }
}

const powers = {
  2: (x: number) => x * x,
  3: (x: number) => x * x * x,
  4: (x: number) => x * x * (x * x),
} as const;

function gather(values: Float64Array, rows: RowIndex): Float64Array {
  const result = new Float64Array(rows.length);
  for (let i = 0; i < result.length; i++) result[i] = values[rows[i]!]!;
  return result;
}

function transform(f: (x: number) => number, values: Values): Values {
  if (typeof values === "number") return f(values);
  for (let i = 0; i < values.length; i++) values[i] = f(values[i]!);
  return values;
}

function combine(f: (a: number, b: number) => number, a: Values, b: Values): Values {
  if (typeof a === "number") {
    return typeof b === "number" ? f(a, b) : transform((x) => f(a, x), b);
  }
  if (typeof b === "number") return transform((x) => f(x, b), a);
  for (let i = 0; i < a.length; i++) a[i] = f(a[i]!, b[i]!);
  return a;
}
