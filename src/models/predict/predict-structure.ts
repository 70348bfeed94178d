import type { Matrix } from "../../core/matrix.ts";
import type { ModelStructure } from "../contract/structure.ts";
import { predictKernel } from "./predict-kernel.ts";
import { predictLinear } from "./predict-linear.ts";
import { predictNeighbors } from "./predict-neighbors.ts";
import { predictNetwork } from "./predict-network.ts";
import { predictTrees } from "./predict-trees.ts";

/**
 * Predictions of a fitted model for every row of `x`, on the scale the model was fitted on. Each row's prediction has
 * the same bits whatever other rows are beside it. Throws AUTOML_MODEL_INVALID when `x` has another number of columns.
 */
export function predictStructure(structure: ModelStructure, x: Matrix): Float64Array {
  switch (structure.kind) {
    case "constant":
      // Adding 0 turns -0, which JSON cannot hold, into 0: a saved model then predicts the same bits.
      return new Float64Array(x.rows).fill(structure.value + 0);
    case "linear":
      return predictLinear(structure, x);
    case "trees":
      return predictTrees(structure, x);
    case "neighbors":
      return predictNeighbors(structure, x);
    case "kernel":
      return predictKernel(structure, x);
    case "network":
      return predictNetwork(structure, x);
  }
}
