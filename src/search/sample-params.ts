import type {
  ChoiceParameter,
  NumberParameter,
  Parameter,
  TargetTraits,
} from "../models/contract/search-space.ts";
import type { Family } from "../models/contract/family.ts";

/** Parameters by name, as the search handles them. */
export type Params = Readonly<Record<string, unknown>>;

/** The defaults of the space. */
export function defaultParams(family: Family): Params {
  return Object.fromEntries(
    Object.entries<Parameter>(family.space).map(([name, parameter]) => [name, parameter.default]),
  );
}

/** A start may leave parameters out: they have their defaults, as in a script that leaves them out. */
export function startParams(family: Family): Params {
  return { ...defaultParams(family), ...withoutSeed(family.start) };
}

/** Parameters without the seed, which the number of a trial decides. */
export function withoutSeed(params: object): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== "seed"));
}

/** Whether the family has anything to search. */
export function isSearchable(family: Family): boolean {
  return searchedParameters(family).length > 0;
}

/** The parameters that are searched, here or on other targets, in the order of the space. */
export function searchedParameters(family: Family): readonly (readonly [string, Parameter])[] {
  return Object.entries<Parameter>(family.space).filter(
    ([, parameter]) => parameter.searched || suitedChoices(parameter) !== undefined,
  );
}

function suitedChoices(parameter: Parameter): ChoiceParameter["suited"] {
  return parameter.type === "choice" ? parameter.suited : undefined;
}

/** What may be chosen for a target of this kind. */
export function choicesFor(
  parameter: ChoiceParameter,
  target: TargetTraits,
): ChoiceParameter["choices"] {
  return parameter.suited?.(target) ?? parameter.choices;
}

/** Whether the family may be given these parameters on a target of this kind. */
export function suits(family: Family, params: Params, target: TargetTraits): boolean {
  return searchedParameters(family).every(
    ([name, parameter]) =>
      parameter.type !== "choice" || choicesFor(parameter, target).includes(params[name] as string),
  );
}

/** Whether one of the values takes the target only as it is, without a transform. */
export function needsPlainTarget(family: Family, params: Params): boolean {
  return searchedParameters(family).some(
    ([name, parameter]) =>
      parameter.type === "choice" &&
      parameter.untransformed?.includes(params[name] as string) === true,
  );
}

/** Position of a value in its range, 0 … 1, on the parameter's scale; values beyond the range are at its ends. */
export function toUnit(parameter: NumberParameter, value: number): number {
  const { low, high, scale } = parameter;
  const inside = Math.min(high, Math.max(low, value));
  if (scale === "linear") return (inside - low) / (high - low);
  return (Math.log(inside) - Math.log(low)) / (Math.log(high) - Math.log(low));
}

/** The value at a position, with at most three digits: a script should read 0.0513, not 0.05130294711. */
export function fromUnit(parameter: NumberParameter, position: number): number {
  const { low, high, scale, integer } = parameter;
  const raw =
    scale === "linear"
      ? low + position * (high - low)
      : Math.exp(Math.log(low) + position * (Math.log(high) - Math.log(low)));
  const value = integer ? Math.round(raw) : Number(raw.toPrecision(3));
  return Math.min(high, Math.max(low, value));
}
