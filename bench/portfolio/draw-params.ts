import type { Random } from "../../src/core/random.ts";
import type { Family } from "../../src/models/contract/family.ts";
import type { NumberParameter, Parameter } from "../../src/models/contract/search-space.ts";

/** Draws by family. Of the others only start and defaults are tried: they have little to search or are slow. */
export const draws: Readonly<Record<string, number>> = {
  gradientBoosting: 110,
  extraTrees: 28,
  randomForest: 14,
  gaussianProcess: 14,
  kernelRidge: 12,
  neuralNetwork: 14,
  elasticNet: 8,
  ridge: 8,
  polynomialRidge: 12,
  nearestNeighbors: 8,
  huber: 4,
};

/** Where draws are made otherwise than in the family's own space: other bounds, or an option the search leaves alone. */
interface Wider {
  /** Bounds instead of the space's own. */
  readonly bounds?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** More parameters, each drawn with a probability; otherwise left out. */
  readonly also?: Readonly<Record<string, { chance: number; draw: (random: Random) => unknown }>>;
}

/** From experience with boosting and forests on tables; very small learning rates and 500 trees only cost. */
const wider: Readonly<Record<string, Wider>> = {
  gradientBoosting: {
    bounds: { learningRate: [0.015, 0.3], minSamplesLeaf: [1, 100], l2: [0.001, 50] },
    also: {
      loss: { chance: 0.12, draw: (random) => ["huber", "absolute"][random.integer(2)] },
      nodeColumnFraction: { chance: 0.35, draw: (random) => digits(0.3 + 0.6 * random.next()) },
      maxDepth: { chance: 0.2, draw: (random) => 3 + random.integer(6) },
      // Most rounds: a cheap first look.
      trees: { chance: 0.12, draw: (random) => [100, 200, 400][random.integer(3)] },
    },
  },
  extraTrees: { bounds: { trees: [60, 160], minSamplesLeaf: [1, 12], maxFeatures: [0.15, 1] } },
  randomForest: { bounds: { trees: [60, 160], minSamplesLeaf: [1, 12], maxFeatures: [0.15, 1] } },
  nearestNeighbors: { bounds: { neighbors: [2, 40] } },
  ridge: { bounds: { alpha: [1e-2, 1e4] } },
  huber: { bounds: { alpha: [1e-2, 1e3], epsilon: [1.1, 3] } },
  polynomialRidge: { bounds: { alpha: [1e-2, 1e4] } },
  neuralNetwork: {
    bounds: { width: [32, 192], members: [2, 10], steps: [600, 2500], dropout: [0, 0.25] },
  },
  elasticNet: { bounds: { alpha: [1e-4, 0.3] } },
};

/** A point of the family's space, widened or narrowed by experience; what is not searched is left out. */
export function drawParams(family: Family, random: Random): Record<string, unknown> {
  const { bounds = {}, also = {} } = wider[family.name] ?? {};
  const params: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries<Parameter>(family.space)) {
    if (parameter.searched) params[name] = drawValue(parameter, bounds[name], random.split(name));
  }
  for (const [name, { chance, draw }] of Object.entries(also)) {
    const own = random.split(name);
    if (own.next() < chance) params[name] = draw(own);
  }
  return params;
}

function drawValue(
  parameter: Parameter,
  bounds: readonly [number, number] | undefined,
  random: Random,
): unknown {
  if (parameter.type === "choice") {
    return parameter.choices[random.integer(parameter.choices.length)];
  }
  const [low, high] = bounds ?? [parameter.low, parameter.high];
  return drawNumber({ ...parameter, low, high }, random.next());
}

function drawNumber({ low, high, scale, integer }: NumberParameter, position: number): number {
  const raw =
    scale === "linear" || low <= 0
      ? low + position * (high - low)
      : Math.exp(Math.log(low) + position * Math.log(high / low));
  return Math.min(high, Math.max(low, integer ? Math.round(raw) : digits(raw)));
}

function digits(value: number): number {
  return Number(value.toPrecision(3));
}
