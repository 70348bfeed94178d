import { nearestName } from "../../core/errors.ts";
import { quoted } from "../quoted.ts";
import { expressionError } from "./expression-error.ts";
import { tokenize, type Token } from "./tokenize.ts";

/** An expression as a tree. `at` is the offset of a name, for messages. */
export type ExpressionNode =
  | { readonly kind: "number"; readonly value: number }
  | ColumnNode
  | { readonly kind: "days"; readonly later: ColumnNode; readonly earlier: ColumnNode }
  | { readonly kind: "negate"; readonly of: ExpressionNode }
  | { readonly kind: "power"; readonly of: ExpressionNode; readonly exponent: number }
  | {
      readonly kind: "binary";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | {
      readonly kind: "call";
      readonly name: FunctionName;
      readonly of: readonly ExpressionNode[];
    };

export interface ColumnNode {
  readonly kind: "column";
  readonly name: string;
  readonly at: number;
}

export type FunctionName = "log" | "log1p" | "exp" | "sqrt" | "abs" | "min" | "max";

/** Least and most arguments of each function. */
const functions: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["log", [1, 1]],
  ["log1p", [1, 1]],
  ["exp", [1, 1]],
  ["sqrt", [1, 1]],
  ["abs", [1, 1]],
  ["min", [2, 20]],
  ["max", [2, 20]],
  ["days", [2, 2]],
]);

/** Bounds on nesting and size, so that no expression can exhaust the stack. */
const deepest = 100;
const mostNodes = 1000;

/** Reads an expression. Throws AUTOML_EXPRESSION_INVALID with the position of the first mistake. */
export function parseExpression(expression: string): ExpressionNode {
  return new Parser(expression).parse();
}

/** Recursive descent, one method per level of precedence: sum, product, sign, power, operand. */
class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #nodes = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokenize(expression);
  }

  parse(): ExpressionNode {
    const node = this.#sum();
    const rest = this.#peek();
    if (rest.kind !== "end") throw this.#unexpected(rest);
    return node;
  }

  #sum(): ExpressionNode {
    let left = this.#product();
    for (;;) {
      const operator = this.#take("+", "-");
      if (operator === undefined) return left;
      left = this.#counted({ kind: "binary", operator, left, right: this.#product() });
    }
  }

  #product(): ExpressionNode {
    let left = this.#sign();
    for (;;) {
      const operator = this.#take("*", "/");
      if (operator === undefined) return left;
      left = this.#counted({ kind: "binary", operator, left, right: this.#sign() });
    }
  }

  #sign(): ExpressionNode {
    const at = this.#peek().at;
    if (this.#take("-") === undefined) return this.#power();
    return this.#nested(at, () => ({ kind: "negate", of: this.#sign() }));
  }

  #power(): ExpressionNode {
    const of = this.#operand();
    if (this.#take("^") === undefined) return of;
    const token = this.#advance();
    if (token.kind !== "number" || ![2, 3, 4].includes(token.value)) {
      throw expressionError(this.#expression, token.at, "after ^ comes 2, 3 or 4");
    }
    return this.#counted({ kind: "power", of, exponent: token.value });
  }

  #operand(): ExpressionNode {
    const token = this.#advance();
    if (token.kind === "number") return this.#counted({ kind: "number", value: token.value });
    if (token.kind === "name") {
      const follower = this.#peek();
      const isCall = !token.isQuoted && follower.kind === "symbol" && follower.text === "(";
      return isCall ? this.#call(token.text, token.at) : this.#column(token.text, token.at);
    }
    if (token.kind === "symbol" && token.text === "(") {
      const inner = this.#nested(token.at, () => this.#sum());
      this.#expect(")");
      return inner;
    }
    throw this.#unexpected(token);
  }

  #call(name: string, at: number): ExpressionNode {
    const range = functions.get(name);
    if (range === undefined) {
      const near = nearestName(name, [...functions.keys()]);
      const hint = near === undefined ? "" : `; did you mean ${near}?`;
      throw expressionError(this.#expression, at, `there is no function ${quoted(name)}${hint}`);
    }
    this.#expect("(");
    const of = [this.#nested(at, () => this.#sum())];
    while (this.#take(",") !== undefined) of.push(this.#nested(at, () => this.#sum()));
    this.#expect(")");
    const [least, most] = range;
    if (of.length < least || of.length > most) {
      const wanted = least === most ? String(least) : `${least} to ${most}`;
      throw expressionError(
        this.#expression,
        at,
        `${name} takes ${wanted} values, not ${of.length}`,
      );
    }
    if (name !== "days") return this.#counted({ kind: "call", name: name as FunctionName, of });
    const [later, earlier] = of;
    if (later?.kind !== "column" || earlier?.kind !== "column") {
      throw expressionError(this.#expression, at, "days takes the names of two date columns");
    }
    return this.#counted({ kind: "days", later, earlier });
  }

  #column(name: string, at: number): ColumnNode {
    return this.#counted({ kind: "column", name, at });
  }

  #nested<T>(at: number, read: () => T): T {
    this.#depth += 1;
    if (this.#depth > deepest) throw expressionError(this.#expression, at, "nested too deeply");
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #counted<T>(node: T): T {
    this.#nodes += 1;
    if (this.#nodes > mostNodes) {
      throw expressionError(this.#expression, this.#peek().at, `more than ${mostNodes} parts`);
    }
    return node;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #advance(): Token {
    const token = this.#peek();
    if (token.kind !== "end") this.#next += 1;
    return token;
  }

  /** The next token if it is one of these symbols. */
  #take<S extends string>(...wanted: readonly S[]): S | undefined {
    const token = this.#peek();
    if (token.kind !== "symbol") return undefined;
    const found = wanted.find((symbol) => symbol === token.text);
    if (found !== undefined) this.#next += 1;
    return found;
  }

  #expect(symbol: string): void {
    if (this.#take(symbol) === undefined)
      throw this.#unexpected(this.#peek(), `expected "${symbol}"`);
  }

  #unexpected(token: Token, wanted = "a number, a column or ( should stand here"): Error {
    if (token.kind === "end") {
      return expressionError(this.#expression, token.at, `it ends too early: ${wanted}`);
    }
    const text = token.kind === "number" ? String(token.value) : token.text;
    return expressionError(this.#expression, token.at, `unexpected ${quoted(text)}`);
  }
}
