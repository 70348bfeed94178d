import type { Random } from "../core/random.ts";
import type { NumberParameter, Parameter } from "../models/contract/search-space.ts";
import type { Family } from "../models/contract/family.ts";

/** Parameters by name, as the search handles them. */
export type Params = Readonly<Record<string, unknown>>;

/** A point anywhere in the family's space; parameters that are not searched keep their default. */
export function sampleUniform(family: Family, random: Random): Params {
  return mapSpace(family, (parameter) => {
    if (!parameter.searched) return parameter.default;
    if (parameter.type === "choice")
      return parameter.choices[random.integer(parameter.choices.length)];
    return fromUnit(parameter, random.next());
  });
}

/** A point near `center`: every searched parameter moves with probability 0.7, by a normal step of `width` of its range. */
export function sampleNear(family: Family, center: Params, width: number, random: Random): Params {
  return mapSpace(family, (parameter, name) => {
    const current = center[name] ?? parameter.default;
    if (!parameter.searched) return parameter.default;
    if (parameter.type === "choice") {
      const stays = random.next() > 0.25;
      return stays ? current : parameter.choices[random.integer(parameter.choices.length)];
    }
    if (random.next() > 0.7) return current;
    const moved = toUnit(parameter, Number(current)) + width * random.normal();
    return fromUnit(parameter, reflect(moved));
  });
}

/** The defaults of the space. */
export function defaultParams(family: Family): Params {
  return mapSpace(family, (parameter) => parameter.default);
}

/** Whether the family has anything to search. */
export function isSearchable(family: Family): boolean {
  return Object.values<Parameter>(family.space).some((parameter) => parameter.searched);
}

function mapSpace(family: Family, choose: (parameter: Parameter, name: string) => unknown): Params {
  return Object.fromEntries(
    Object.entries<Parameter>(family.space).map(([name, parameter]) => [
      name,
      choose(parameter, name),
    ]),
  );
}

/** Position of a value in its range, 0 … 1, on the parameter's scale. */
function toUnit(parameter: NumberParameter, value: number): number {
  const { low, high, scale } = parameter;
  if (scale === "linear") return (value - low) / (high - low);
  return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
}

/** The value at a position, with at most four digits: a script should read 0.0513, not 0.05130294711. */
function fromUnit(parameter: NumberParameter, position: number): number {
  const { low, high, scale, integer } = parameter;
  const raw =
    scale === "linear"
      ? low + position * (high - low)
      : Math.exp(Math.log(low) + position * (Math.log(high) - Math.log(low)));
  const value = integer ? Math.round(raw) : Number(raw.toPrecision(3));
  return Math.min(high, Math.max(low, value));
}

/** Reflects a step beyond the ends of 0 … 1 back inside. */
function reflect(position: number): number {
  const folded = Math.abs(position) % 2;
  return folded > 1 ? 2 - folded : folded;
}
