import type { Random } from "../../src/core/random.ts";

/** How a family behaves in the made-up run. */
export interface FixtureFamily {
  readonly name: string;
  /** Standard deviation of its errors, in dollars at the median price. */
  readonly noise: number;
  readonly constant: boolean;
  readonly units: number;
  readonly fitSeconds: number;
  readonly predictMicros: number;
  readonly bytes: number;
  sample(random: Random): object;
}

/** Log-uniform between two positive numbers. */
function logUniform(random: Random, low: number, high: number): number {
  return Math.exp(Math.log(low) + random.next() * (Math.log(high) - Math.log(low)));
}

function trees(random: Random): object {
  return { trees: 100 + random.integer(300), minSamplesLeaf: 1 + random.integer(8), seed: 17 };
}

function family(
  name: string,
  noise: number,
  [fitSeconds, predictMicros, bytes]: readonly [number, number, number],
  sample: (random: Random) => object,
): FixtureFamily {
  const constant = name === "mean" || name === "median";
  return {
    name,
    noise,
    constant,
    units: Math.round(fitSeconds * 1e9),
    fitSeconds,
    predictMicros,
    bytes,
    sample,
  };
}

export const fixtureFamilies: readonly FixtureFamily[] = [
  family("mean", 120_000, [0.0004, 0.2, 180], () => ({})),
  family("median", 121_000, [0.0005, 0.2, 180], () => ({})),
  family("linear", 64_000, [0.002, 0.9, 3900], () => ({})),
  family("ridge", 58_000, [0.003, 0.9, 4000], (random) => ({
    alpha: logUniform(random, 0.01, 1000),
  })),
  family("elasticNet", 60_000, [0.008, 0.9, 4000], (random) => ({
    alpha: logUniform(random, 0.001, 10),
    l1Ratio: random.next(),
  })),
  family("huber", 63_000, [0.012, 0.9, 4000], (random) => ({ delta: logUniform(random, 0.5, 5) })),
  family("decisionTree", 80_000, [0.9, 1.1, 22_000], (random) => ({
    maxDepth: 2 + random.integer(10),
  })),
  family("nearestNeighbors", 76_000, [0.004, 90, 240_000], (random) => ({
    neighbors: 3 + random.integer(30),
    weighting: random.next() < 0.5 ? "uniform" : "distance",
  })),
  family("randomForest", 62_000, [0.31, 30, 4_000_000], trees),
  family("extraTrees", 61_500, [0.28, 31, 4_600_000], trees),
  family("gradientBoosting", 56_500, [0.06, 7, 180_000], (random) => ({
    trees: 40 + random.integer(400),
    learningRate: logUniform(random, 0.01, 0.4),
    maxLeaves: 4 + random.integer(60),
    minSamplesLeaf: 1 + random.integer(40),
    rowFraction: 0.5 + 0.5 * random.next(),
    columnFraction: 0.4 + 0.6 * random.next(),
    l2: logUniform(random, 0.01, 50),
    loss: random.next() < 0.7 ? "squared" : "huber",
    seed: 17,
  })),
];
