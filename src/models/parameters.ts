import { AutomlError, nearestName } from "../core/errors.ts";
import type { Family } from "./contract/family.ts";
import type { OptionalParameter, Parameter } from "./contract/search-space.ts";

/** What parameters are checked against: the part of a family that describes them. */
export type Parameterized<P extends object> = Pick<
  Family<P>,
  "name" | "space" | "start" | "options"
>;

const highestSeed = 2 ** 32 - 1;

/**
 * All parameters of a family, checked, in the order of its space, then options that were given another value than their
 * default, then the seed if it has one: what is not given takes the space's default (the seed: that of `start`). Throws AUTOML_PARAMETER_INVALID for unknown names and for values
 * they cannot take.
 */
export function completeParameters<P extends object>(family: Parameterized<P>, given: object): P {
  const names = parameterNames(family);
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw unknownParameter(family.name, name, names);
  }
  const complete: Record<string, unknown> = {};
  for (const name of names) {
    const value = readGiven(given, name) ?? defaultValue(family, name);
    if (!isLeftOut(optionsOf(family)[name], value)) complete[name] = frozenCopy(value);
  }
  return checkParameters(family, complete as P);
}

/** The parameters themselves, if each is there and has a value it can take. AUTOML_PARAMETER_INVALID otherwise. */
export function checkParameters<P extends object>(family: Parameterized<P>, params: P): P {
  for (const name of parameterNames(family)) {
    const value = readGiven(params, name);
    const option = optionsOf(family)[name];
    if (option !== undefined && value === undefined) continue;
    const problem = problemOf(option ?? spaceOf(family)[name], value);
    if (problem === undefined) continue;
    throw new AutomlError(
      "AUTOML_PARAMETER_INVALID",
      `${family.name}: ${name} must be ${problem}, not ${JSON.stringify(value)}.`,
      { details: { family: family.name, parameter: name, value } },
    );
  }
  return params;
}

function parameterNames(family: Parameterized<object>): readonly string[] {
  const names = [...Object.keys(family.space), ...Object.keys(optionsOf(family))];
  return Object.hasOwn(family.start, "seed") ? [...names, "seed"] : names;
}

function spaceOf(family: Parameterized<object>): Readonly<Record<string, Parameter>> {
  return family.space;
}

function optionsOf(family: Parameterized<object>): Readonly<Record<string, OptionalParameter>> {
  return family.options ?? {};
}

/** What is an object (directions by column) must not change with the caller's. */
function frozenCopy(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Object.freeze({ ...value }) : value;
}

/** Whether a spec need not mention it. */
function isLeftOut(option: OptionalParameter | undefined, value: unknown): boolean {
  if (option === undefined) return false;
  if (value === undefined) return true;
  if (option.type === "number") return value === option.default;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Own properties only: a parameter named "constructor" is not there by inheritance. */
function readGiven(params: object, name: string): unknown {
  return Object.hasOwn(params, name) ? Reflect.get(params, name) : undefined;
}

function defaultValue(family: Parameterized<object>, name: string): unknown {
  return spaceOf(family)[name]?.default ?? Reflect.get(family.start, name);
}

/** What the value should have been, or undefined when it is right. No parameter: the seed. */
function problemOf(
  parameter: Parameter | OptionalParameter | undefined,
  value: unknown,
): string | undefined {
  if (parameter === undefined) {
    const isSeed = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= highestSeed;
    return isSeed ? undefined : `a whole number from 0 to ${highestSeed}`;
  }
  if (parameter.type === "choice") {
    if (parameter.choices.some((choice) => choice === value)) return undefined;
    return `one of ${parameter.choices.map((choice) => JSON.stringify(choice)).join(", ")}`;
  }
  if (parameter.type === "directions") {
    return isDirections(value) ? undefined : "an object with 1 or -1 by column name";
  }
  const { integer } = parameter;
  const { low, high } = ("limits" in parameter ? parameter.limits : undefined) ?? parameter;
  const isNumber = typeof value === "number" && value >= low && value <= high;
  if (isNumber && (!integer || Number.isInteger(value))) return undefined;
  return `${integer ? "a whole number" : "a number"} from ${low} to ${high}`;
}

function isDirections(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((direction) => direction === 1 || direction === -1);
}

function unknownParameter(family: string, name: string, names: readonly string[]): AutomlError {
  const nearest = nearestName(name, names);
  const known = names.length === 0 ? "It has none." : `It has ${names.join(", ")}.`;
  return new AutomlError("AUTOML_PARAMETER_INVALID", `${family} has no parameter "${name}".`, {
    hint: nearest === undefined ? known : `Did you mean "${nearest}"?  ${known}`,
    details: { family, parameter: name },
  });
}
