import { InvalidArgumentError, Option, type Command } from "commander";

/** What a flag's value may be. The command line and the configuration file are checked against the same. */
export type FlagValue =
  | { readonly kind: "text" }
  | { readonly kind: "list" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | {
      readonly kind: "number";
      readonly low: number;
      readonly high: number;
      readonly integer: boolean;
    }
  | { readonly kind: "switch" };

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
  if (flag.value.kind !== "switch") {
    option.argParser((text: string, before: unknown) => {
      const value = readFlag(flag.value, text);
      // A list may be given in parts: --exclude a --exclude b.
      return Array.isArray(value) && Array.isArray(before)
        ? [...(before as string[]), ...value]
        : value;
    });
  }
  command.addOption(option);
}

/** The value of a flag from its text; throws commander's InvalidArgumentError, which names the flag. */
function readFlag(value: FlagValue, text: string): string | number | string[] {
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
    case "text":
    case "switch":
      if (text === "") throw new InvalidArgumentError(`It takes ${describeValue(value)}.`);
      return text;
  }
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
