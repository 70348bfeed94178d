import { numberLiteral, propertyKey, stringLiteral } from "./literals.ts";
import { textWidth } from "./text-width.ts";

/**
 * The few kinds of expression a generated script is made of, and their layout by prettier's rules at 100 columns. Every
 * value becomes code here and nowhere else. A test holds the layout against prettier itself.
 */
export type Expression = Atom | Call | List | Fields;

/** Code that is never broken: a literal or a name. */
interface Atom {
  readonly kind: "atom";
  readonly code: string;
  readonly type: "name" | "string" | "number" | "other";
}

/** `head(arguments)`, or with several verbs a chain: `head.verb(arguments).verb(arguments)`. */
interface Call {
  readonly kind: "call";
  readonly head: string;
  readonly verbs: readonly Verb[];
}

export interface Verb {
  readonly name: string;
  readonly arguments: readonly Expression[];
}

interface List {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

interface Fields {
  readonly kind: "fields";
  /** One field per line even when all would fit on one: prettier keeps what it finds. */
  readonly expanded: boolean;
  readonly fields: readonly (readonly [key: string, value: Expression])[];
}

export type Value = string | number | boolean | null;

const lineWidth = 100;

/** A string that does not fit behind its key goes to the next line when the key has this many columns or more. */
const shortKey = 5;

/** A name of the public vocabulary or a variable of the script; never anything from the data. */
export function name(code: string): Expression {
  return { kind: "atom", code, type: "name" };
}

/** A value from the outside as a literal. */
export function literal(value: Value): Expression {
  if (typeof value === "string")
    return { kind: "atom", code: stringLiteral(value), type: "string" };
  if (typeof value === "number")
    return { kind: "atom", code: numberLiteral(value), type: "number" };
  return { kind: "atom", code: String(value), type: "other" };
}

/** `callee(arguments)`; the callee is a name of the public vocabulary. */
export function call(callee: string, ...args: readonly Expression[]): Expression {
  return { kind: "call", head: "", verbs: [{ name: callee, arguments: args }] };
}

/** `head.verb(arguments)`, verb after verb. */
export function chain(head: string, verbs: readonly Verb[]): Expression {
  return { kind: "call", head, verbs };
}

export function list(items: readonly Expression[]): Expression {
  return { kind: "list", items };
}

/** An object literal; keys may come from the data. */
export function fields(
  entries: readonly (readonly [key: string, value: Expression])[],
  expanded = false,
): Expression {
  return { kind: "fields", fields: entries, expanded };
}

/** The parameters of an object by name, for `{ smoothing: 12 }`; undefined when there are none. */
export function options(values: Readonly<Record<string, Value | undefined>>): Expression[] {
  const entries: (readonly [string, Expression])[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) entries.push([key, literal(value)]);
  }
  return entries.length === 0 ? [] : [fields(entries)];
}

/** The expression on one line, however long. */
export function flat(expression: Expression): string {
  switch (expression.kind) {
    case "atom":
      return expression.code;
    case "call": {
      const verbs = expression.verbs.map(
        (verb) => `${verb.name}(${verb.arguments.map(flat).join(", ")})`,
      );
      return [...(expression.head === "" ? [] : [expression.head]), ...verbs].join(".");
    }
    case "list":
      return `[${expression.items.map(flat).join(", ")}]`;
    case "fields": {
      if (expression.fields.length === 0) return "{}";
      return `{ ${expression.fields.map(([key, value]) => flatField(key, value)).join(", ")} }`;
    }
  }
}

function flatField(key: string, value: Expression): string {
  return isShorthand(key, value) ? key : `${propertyKey(key)}: ${flat(value)}`;
}

/** `{ features }` for `{ features: features }`. */
function isShorthand(key: string, value: Expression): boolean {
  return value.kind === "atom" && value.type === "name" && value.code === key;
}

/**
 * The expression as prettier prints it.
 * @param indent spaces in front of the statement or element it belongs to
 * @param before columns of its first line that are taken (indent included)
 * @param after columns needed behind its last character: 1 for a comma or semicolon
 */
export function layout(
  expression: Expression,
  indent: number,
  before: number,
  after: number,
): string {
  const oneLine = flat(expression);
  const fits = before + textWidth(oneLine) + after <= lineWidth;
  if (fits && !mustBreak(expression)) return oneLine;
  switch (expression.kind) {
    case "atom":
      return oneLine;
    case "call":
      return layoutCall(expression, indent, before);
    case "list":
      return layoutList(expression.items, indent);
    case "fields":
      return layoutFields(expression, indent);
  }
}

function mustBreak(expression: Expression): boolean {
  switch (expression.kind) {
    case "atom":
      return false;
    case "call":
      return expression.verbs.some((verb) => verb.arguments.some(mustBreak));
    case "list":
      return expression.items.some(mustBreak);
    case "fields":
      return expression.expanded || expression.fields.some(([, value]) => mustBreak(value));
  }
}

function layoutCall({ head, verbs }: Call, indent: number, before: number): string {
  const [first] = verbs;
  if (first === undefined) return head;
  if (verbs.length === 1) {
    const callee = head === "" ? first.name : `${head}.${first.name}`;
    return callee + layoutArguments(first.arguments, indent, before + textWidth(callee));
  }
  // A chain that is too long stands verb under verb.
  const inner = indent + 2;
  const lines = verbs.map((verb, i) => {
    const start = `${spaces(inner)}.${verb.name}`;
    const oneLine = `(${verb.arguments.map(flat).join(", ")})`;
    const after = i === verbs.length - 1 ? 1 : 0;
    if (start.length + textWidth(oneLine) + after <= lineWidth) return start + oneLine;
    return start + layoutArguments(verb.arguments, inner, start.length);
  });
  return `${head}\n${lines.join("\n")}`;
}

/** The arguments when they do not fit on the line: the last one hugged when it is an object or list, else one per line. */
function layoutArguments(args: readonly Expression[], indent: number, before: number): string {
  const last = args.at(-1);
  if (last === undefined) return "()";
  if (canHug(args, last)) {
    const start = `(${args
      .slice(0, -1)
      .map((argument) => `${flat(argument)}, `)
      .join("")}`;
    if (before + textWidth(start) + 1 <= lineWidth) {
      return `${start}${last.kind === "list" ? layoutList(last.items, indent) : layoutFields(last, indent)})`;
    }
  }
  return `(\n${layoutItems(args, indent)}\n${spaces(indent)})`;
}

function canHug(args: readonly Expression[], last: Expression): last is List | Fields {
  if (args.at(-2)?.kind === last.kind) return false;
  if (last.kind === "fields") return last.fields.length > 0;
  if (last.kind !== "list" || last.items.length === 0) return false;
  return args.length === 1 || !isNumbers(last.items);
}

function layoutList(items: readonly Expression[], indent: number): string {
  const body = isNumbers(items) ? fillNumbers(items, indent + 2) : layoutItems(items, indent);
  return `[\n${body}\n${spaces(indent)}]`;
}

function layoutItems(items: readonly Expression[], indent: number): string {
  const inner = indent + 2;
  return items.map((item) => `${spaces(inner)}${layout(item, inner, inner, 1)},`).join("\n");
}

/** Numbers fill their lines; everything else gets a line each. */
function isNumbers(items: readonly Expression[]): boolean {
  return items.length > 1 && items.every((item) => item.kind === "atom" && item.type === "number");
}

function fillNumbers(items: readonly Expression[], indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const code = `${flat(item)},`;
    if (line !== "" && indent + line.length + 1 + code.length > lineWidth) {
      lines.push(spaces(indent) + line);
      line = "";
    }
    line = line === "" ? code : `${line} ${code}`;
  }
  lines.push(spaces(indent) + line);
  return lines.join("\n");
}

function layoutFields({ fields: entries }: Fields, indent: number): string {
  const lines = entries.map(([key, value]) => `${layoutField(key, value, indent + 2)},`);
  return `{\n${lines.join("\n")}\n${spaces(indent)}}`;
}

/** One `key: value` line of an object literal, without its comma. */
export function layoutField(key: string, value: Expression, indent: number): string {
  if (isShorthand(key, value)) return spaces(indent) + key;
  const code = `${spaces(indent)}${propertyKey(key)}:`;
  const before = textWidth(code) + 1;
  if (value.kind === "atom" && value.type === "string") {
    const isFull = before + textWidth(value.code) + 1 > lineWidth;
    // Behind a key this short a new line would gain nothing.
    if (isFull && before - indent >= shortKey + 2)
      return `${code}\n${spaces(indent + 2)}${value.code}`;
  }
  return `${code} ${layout(value, indent, before, 1)}`;
}

export function spaces(count: number): string {
  return " ".repeat(count);
}
