import type { Random } from "../../src/core/random.ts";
import {
  candidateAt,
  dimensionsOf,
  type Dimension,
  type SearchMethod,
} from "../../src/search/parzen.ts";

const firstStep = 0.1;
const smallestStep = 0.01;

/**
 * Cost-frugal local search (Wu et al. 2021, FLAML's CFO with FLOW²): from the best trial of the family a step in a random
 * direction, or the opposite one of a step that failed; shorter steps when many fail, a random restart when they get
 * tiny. Its state is read from the trials, so it is a pure function of them, as the lag wants it.
 */
export const localSearch: SearchMethod = (arm, random) => {
  const dimensions = dimensionsOf(arm);
  const best = arm.observations.reduce((a, b) => (b.gap < a.gap ? b : a));
  const center = dimensions.map((dimension) => dimension.position(best));
  const after = arm.observations.filter(({ trial }) => trial.number > best.trial.number);
  const numbers = dimensions.filter(({ choices }) => choices === null).length;
  const patience = Math.max(4, 2 * numbers);
  let step = firstStep * Math.sqrt(Math.max(1, numbers));
  for (let failed = after.length; failed >= patience; failed -= patience) step *= 0.6;
  if (step < smallestStep * Math.sqrt(Math.max(1, numbers))) {
    return candidateAt(
      arm,
      dimensions,
      dimensions.map((each) => anywhere(each, random)),
    );
  }
  const last = after[after.length - 1];
  if (last !== undefined && after.length % 2 === 1) {
    const opposite = dimensions.map((dimension, d) =>
      dimension.choices === null ? clamp(2 * center[d]! - dimension.position(last)) : center[d]!,
    );
    return candidateAt(arm, dimensions, opposite);
  }
  const direction = unitVector(numbers, random);
  let next = 0;
  const point = dimensions.map(({ choices }, d) => {
    if (choices === null) return clamp(center[d]! + step * direction[next++]!);
    return random.next() < 0.75 ? center[d]! : random.integer(choices);
  });
  return candidateAt(arm, dimensions, point);
};

function anywhere({ choices }: Dimension, random: Random): number {
  return choices === null ? random.next() : random.integer(choices);
}

function unitVector(length: number, random: Random): number[] {
  const raw = Array.from({ length }, () => random.normal());
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0)) || 1;
  return raw.map((value) => value / norm);
}

function clamp(position: number): number {
  return Math.min(1, Math.max(0, position));
}
