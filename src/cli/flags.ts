import { InvalidArgumentError, Option, type Command } from "commander";
import { AutomlError } from "../core/errors.ts";
import { declareTypes, splitTypes } from "../data/declared-types.ts";

/** What a flag's value may be. The command line and the configuration file are checked against the same. */
export type FlagValue =
  | { readonly kind: "text" }
  | { readonly kind: "list" }
  /** `column=type` pairs: see data/declared-types.ts. */
  | { readonly kind: "types" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | {
      readonly kind: "number";
      readonly low: number;
      readonly high: number;
      readonly integer: boolean;
    }
  | { readonly kind: "switch" };

/** Options that may be given in parts, several times. */
const inParts = new WeakSet<Option>();

export interface Flag {
  /** Without its dashes: "time-budget". `no-x` switches x off. */
  readonly name: string;
  /** The value in the help: "<seconds>". */
  readonly placeholder?: string;
  readonly description: string;
  readonly value: FlagValue;
}

/** Adds a flag to a command, its value checked and converted as it is read. */
export function addFlag(command: Command, flag: Flag): void {
  const usage = `--${flag.name}${flag.placeholder === undefined ? "" : ` ${flag.placeholder}`}`;
  const option = new Option(usage, flag.description);
  if (flag.value.kind === "list" || flag.value.kind === "types") inParts.add(option);
  if (flag.value.kind !== "switch") {
    option.argParser((text: string, before: unknown) => {
      const value = readFlag(flag.value, text);
      // A list may be given in parts: --exclude a --exclude b.
      if (Array.isArray(value) && Array.isArray(before)) return [...(before as string[]), ...value];
      const isPairs = flag.value.kind === "types" && before !== undefined;
      return isPairs ? joinTypes(before as Types, value as Types) : value;
    });
  }
  command.addOption(option);
}

/**
 * Refuses what would silently be decided by the last word: a flag that is given twice, and `--x` beside `--no-x`. For a
 * command with all its options.
 */
export function refuseRepeats(command: Command): void {
  const said = new Map<string, string>();
  for (const option of command.options) {
    if (inParts.has(option)) continue;
    command.on(`option:${option.name()}`, () => {
      const before = said.get(option.attributeName());
      said.set(option.attributeName(), option.long ?? option.flags);
      if (before === undefined) return;
      const isSame = before === option.long;
      throw new AutomlError(
        "AUTOML_OPTION_INVALID",
        isSame ? `${before} is given twice.` : `${before} and ${option.long} are both given.`,
        { hint: isSame ? "Give it once." : "Give one of them." },
      );
    });
  }
}

/** The value of a flag from its text; throws commander's InvalidArgumentError, which names the flag. */
function readFlag(
  value: FlagValue,
  text: string,
): string | number | string[] | Readonly<Record<string, string>> {
  switch (value.kind) {
    case "number": {
      const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN;
      if (!fits(value, number)) throw new InvalidArgumentError(`It takes ${describeValue(value)}.`);
      return number;
    }
    case "choice":
      if (!value.choices.includes(text))
        throw new InvalidArgumentError(`It takes ${describeValue(value)}.`);
      return text;
    case "list": {
      const items = text.split(",").map((item) => item.trim());
      if (items.includes("")) throw new InvalidArgumentError(`It takes ${describeValue(value)}.`);
      return items;
    }
    case "types":
      return typesOf(text);
    case "text":
    case "switch":
      if (text === "") throw new InvalidArgumentError(`It takes ${describeValue(value)}.`);
      return text;
  }
}

type Types = Readonly<Record<string, string>>;

/** Checked as well, so that a wrong type is told before anything is read. Throws AUTOML_OPTION_INVALID. */
function typesOf(text: string): Types {
  const types = splitTypes(text).reduce<Types>((all, pair) => joinTypes(all, pairOf(pair)), {});
  declareTypes(types);
  return types;
}

/** Also of a column named __proto__. */
function pairOf(pair: readonly [column: string, type: string]): Types {
  return Object.fromEntries([pair]);
}

function joinTypes(before: Types, more: Types): Types {
  const twice = Object.keys(more).find((name) => Object.hasOwn(before, name));
  if (twice === undefined) return { ...before, ...more };
  throw new AutomlError(
    "AUTOML_OPTION_INVALID",
    `--types says twice what "${twice}" is: ${before[twice]} and ${more[twice]}.`,
    { hint: "Give each column one type." },
  );
}

export function fits(value: Extract<FlagValue, { kind: "number" }>, number: number): boolean {
  return (
    number >= value.low && number <= value.high && (!value.integer || Number.isInteger(number))
  );
}

/** "a whole number from 1 to 256". */
export function describeValue(value: FlagValue): string {
  switch (value.kind) {
    case "number": {
      const noun = value.integer ? "a whole number" : "a number";
      return Number.isFinite(value.high) && value.high < Number.MAX_SAFE_INTEGER
        ? `${noun} from ${value.low} to ${value.high}`
        : `${noun}, ${value.low} or more`;
    }
    case "choice":
      return `one of ${value.choices.join(", ")}`;
    case "list":
      return "names separated by commas";
    case "types":
      return "column=type pairs separated by commas";
    case "text":
      return "a text that is not empty";
    case "switch":
      return "true or false";
  }
}

/** The key of a flag in commander's options and in the library's: "time-budget" -> "timeBudget". */
export function optionKey(flag: Flag): string {
  return flag.name
    .replace(/^no-/, "")
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
