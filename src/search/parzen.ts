import type { Random } from "../core/random.ts";
import type { TargetTransform } from "../core/trial-spec.ts";
import type { Parameter, TargetTraits } from "../models/contract/search-space.ts";
import type { Observation } from "./history.ts";
import { candidateUnits, type Candidate } from "./proposal.ts";
import {
  choicesFor,
  defaultParams,
  fromUnit,
  needsPlainTarget,
  searchedParameters,
  toUnit,
  type Params,
} from "./sample-params.ts";
import type { Contestant, SearchPlan } from "./search-plan.ts";

/** One family in the search: its contestants that can be run, and what is known of it. */
export interface Arm {
  readonly plan: SearchPlan;
  readonly contestants: readonly Contestant[];
  readonly observations: readonly Observation[];
}

/** Chooses preparation, transform and parameters of a family's next trial. */
export type SearchMethod = (arm: Arm, random: Random) => Candidate;

const candidates = 24;
/** Share of the trials that count as good, and how many at the most. */
const goodShare = 0.12;
const mostGood = 12;
/** How much a candidate's cost counts: 1 is expected improvement per unit, 0 is expected improvement. */
const costWeight = 0.3;
/** What knowing nothing counts for beside the trials, in trials of middle weight. */
const priorWeight = 0.2;
const narrowest = 0.05;
const widest = 0.3;
/** Probability that a drawn choice is not that of the trial it is drawn near. */
const switching = 0.25;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011) with one kernel over all dimensions at once (Falkner et al.
 * 2018, BOHB): draws candidates near the good trials, and takes the one where good trials are densest beside the others,
 * less so the more it costs. Dimensions: the searched parameters on their scales, the preparation, the target transform.
 * O(candidates x trials x dimensions).
 */
export const parzen: SearchMethod = (arm, random) => {
  const dimensions = dimensionsOf(arm);
  const ordered = [...arm.observations].sort(
    (a, b) => a.gap - b.gap || a.trial.number - b.trial.number,
  );
  const points = ordered.map((each) => dimensions.map((dimension) => dimension.position(each)));
  const count = Math.min(mostGood, Math.ceil(goodShare * points.length));
  const good = new Mixture(dimensions, points.slice(0, count));
  const other = new Mixture(dimensions, points.slice(count));
  let best: Candidate | undefined;
  let highest = -Infinity;
  for (let i = 0; i < candidates; i++) {
    const point = good.draw(random);
    const candidate = candidateAt(arm, dimensions, point);
    const cost = costWeight * Math.log(candidateUnits(arm.plan, candidate));
    const value = good.logDensity(point) - other.logDensity(point) - cost;
    if (value > highest || best === undefined) {
      highest = value;
      best = candidate;
    }
  }
  return best!;
};

/** One axis of the space: numbers lie in 0 … 1, choices are 0, 1, 2 ... */
export interface Dimension {
  /** Null: a number. */
  readonly choices: number | null;
  position(candidate: Pick<Candidate, "contestant" | "params" | "transform">): number;
  /** What the position stands for, put into the candidate. */
  place(position: number, candidate: Placed): void;
}

interface Placed {
  contestant: Contestant;
  params: Record<string, unknown>;
  transform: TargetTransform;
}

export function dimensionsOf({ plan, contestants }: Arm): Dimension[] {
  const dimensions: Dimension[] = searchedParameters(contestants[0]!.family).flatMap(
    ([name, parameter]) => parameterDimension(name, parameter, plan) ?? [],
  );
  if (contestants.length > 1) {
    dimensions.push({
      choices: contestants.length,
      position: ({ contestant }) => Math.max(0, contestants.indexOf(contestant)),
      place: (position, candidate) => (candidate.contestant = contestants[position]!),
    });
  }
  if (plan.transforms.length > 1) {
    dimensions.push({
      choices: plan.transforms.length,
      position: ({ transform }) => Math.max(0, plan.transforms.indexOf(transform)),
      place: (position, candidate) => (candidate.transform = plan.transforms[position]!),
    });
  }
  return dimensions;
}

/** Undefined: there is no choice on a target of this kind. */
function parameterDimension(
  name: string,
  parameter: Parameter,
  target: TargetTraits,
): Dimension | undefined {
  if (parameter.type === "choice") {
    const choices = choicesFor(parameter, target);
    if (choices.length < 2) return undefined;
    return {
      choices: choices.length,
      position: ({ params }) => Math.max(0, choices.indexOf(params[name] as string)),
      place: (position, { params }) => (params[name] = choices[position]),
    };
  }
  return {
    choices: null,
    position: ({ params }) => toUnit(parameter, Number(params[name] ?? parameter.default)),
    place: (position, { params }) => (params[name] = fromUnit(parameter, position)),
  };
}

export function candidateAt(
  arm: Arm,
  dimensions: readonly Dimension[],
  point: readonly number[],
): Candidate {
  const contestant = arm.contestants[0]!;
  const params: Params = defaultParams(contestant.family);
  const placed: Placed = {
    contestant,
    params: { ...params },
    transform: arm.plan.transforms[0] ?? "none",
  };
  dimensions.forEach((dimension, d) => dimension.place(point[d]!, placed));
  if (needsPlainTarget(placed.contestant.family, placed.params)) placed.transform = "none";
  return { ...placed, origin: "search" };
}

/** A kernel around every point, the first ones weighing most, and one even component that stands for no knowledge. */
class Mixture {
  readonly #dimensions: readonly Dimension[];
  readonly #points: readonly (readonly number[])[];
  readonly #widths: readonly number[];
  /** Of the points, then of the even component; they add up to 1. */
  readonly #weights: readonly number[];

  constructor(dimensions: readonly Dimension[], points: readonly (readonly number[])[]) {
    this.#dimensions = dimensions;
    this.#points = points;
    this.#widths = dimensions.map((_, d) =>
      kernelWidth(
        points.map((point) => point[d]!),
        dimensions.length,
      ),
    );
    const raw = [
      ...points.map((_, i) => points.length - 0.5 * i),
      priorWeight * points.length + 1e-3,
    ];
    const sum = raw.reduce((total, weight) => total + weight, 0);
    this.#weights = raw.map((weight) => weight / sum);
  }

  draw(random: Random): number[] {
    let position = random.next();
    const chosen = this.#weights.findIndex((weight) => (position -= weight) < 0);
    const center = this.#points[chosen];
    return this.#dimensions.map(({ choices }, d) => {
      if (choices !== null) {
        const stays = center !== undefined && random.next() > switching;
        return stays ? center[d]! : random.integer(choices);
      }
      if (center === undefined) return random.next();
      return reflect(center[d]! + this.#widths[d]! * random.normal());
    });
  }

  logDensity(point: readonly number[]): number {
    const logs = this.#points.map((center, i) => {
      let log = Math.log(this.#weights[i]!);
      this.#dimensions.forEach(({ choices }, d) => {
        if (choices === null) {
          const width = this.#widths[d]!;
          const z = (point[d]! - center[d]!) / width;
          log -= 0.5 * z * z + Math.log(width * 2.5066282746310002);
        } else {
          const same = point[d] === center[d] ? 1 - switching : 0;
          log += Math.log(same + switching / choices);
        }
      });
      return log;
    });
    let even = Math.log(this.#weights[this.#points.length]!);
    for (const { choices } of this.#dimensions) if (choices !== null) even -= Math.log(choices);
    logs.push(even);
    const highest = Math.max(...logs);
    return highest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - highest), 0));
  }
}

/** Scott's rule on one axis, kept between a kernel that is a point and one that is everywhere. */
function kernelWidth(values: readonly number[], dimensions: number): number {
  const n = values.length;
  if (n < 2) return widest;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const scale = Math.exp(-Math.log(n) / (dimensions + 4));
  return Math.min(widest, Math.max(narrowest, Math.sqrt(squares / (n - 1)) * scale));
}

/** Reflects a step beyond the ends of 0 … 1 back inside. */
function reflect(position: number): number {
  const folded = Math.abs(position) % 2;
  return folded > 1 ? 2 - folded : folded;
}
