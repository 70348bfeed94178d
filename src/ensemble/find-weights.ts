import { Random } from "../core/random.ts";
import type { EnsembleWeighting } from "../core/trial-spec.ts";
import { greedyWeights, type GreedyProblem } from "./greedy-weights.ts";
import { nonNegativeWeights } from "./non-negative-weights.ts";
import { residualProducts } from "./residual-products.ts";

/**
 * Weights of candidates from their out-of-fold predictions: at least 0, adding up to 1. Pure; the order of the
 * candidates decides ties and the last bits.
 */
export function findWeights(problem: GreedyProblem, weighting: EnsembleWeighting): Float64Array {
  switch (weighting.method) {
    case "greedy": {
      const { rounds, bags, seed } = weighting;
      return greedyWeights(problem, { rounds, bags, random: new Random(seed) });
    }
    case "nonNegative": {
      const { predictions, truth, positions, rowWeights } = problem;
      const products = residualProducts(predictions, truth, positions, rowWeights);
      return nonNegativeWeights(products, predictions.length, weighting.penalty);
    }
  }
}
