import type { ModelStructure } from "../contract/structure.ts";

/** Work units of predicting one row: counted, so the same on every machine; very roughly nanoseconds. */
export function structureSize(structure: ModelStructure): number {
  switch (structure.kind) {
    case "constant":
      return 1;
    case "linear":
      return structure.terms === null ? structure.weights.length : structure.terms.columns.length;
    case "trees": {
      const trees = structure.treeOffsets.length - 1;
      const nodes = structure.feature.length / Math.max(1, trees);
      return Math.max(1, Math.round(3 * trees * Math.log2(nodes + 1)));
    }
    case "neighbors":
    case "kernel":
      return structure.points.length;
    case "network": {
      // A multiplication and an addition take about a twentieth of a nanosecond in the kernels.
      const { weights, biases, members, edges, divisors } = structure;
      const perMember = weights.length / 20 + 1.5 * biases.length;
      return Math.round(members * perMember + 2 * (edges.length + divisors.length)) + 1;
    }
  }
}
