import { AutomlError } from "../../core/errors.ts";
import type { ModelStructure, TreesStructure } from "../contract/structure.ts";

/** The first `trees` trees of a model, or all when it has fewer. */
export function truncateTrees(structure: ModelStructure, trees: number): TreesStructure {
  if (structure.kind !== "trees")
    throw new AutomlError("AUTOML_INTERNAL", `A ${structure.kind} model has no trees.`);
  const treeOffsets = structure.treeOffsets.slice(0, trees + 1);
  const nodes = treeOffsets[treeOffsets.length - 1]!;
  let words = 0;
  for (let node = 0; node < nodes; node++) {
    const start = structure.categoryStart[node]!;
    if (start >= 0) words = Math.max(words, start + structure.categoryWords[node]!);
  }
  return {
    ...structure,
    treeOffsets,
    feature: structure.feature.slice(0, nodes),
    threshold: structure.threshold.slice(0, nodes),
    left: structure.left.slice(0, nodes),
    right: structure.right.slice(0, nodes),
    missingLeft: structure.missingLeft.slice(0, nodes),
    categoryStart: structure.categoryStart.slice(0, nodes),
    categoryWords: structure.categoryWords.slice(0, nodes),
    categoryBits: structure.categoryBits.slice(0, words),
    value: structure.value.slice(0, nodes),
    cover: structure.cover.slice(0, nodes),
    gain: structure.gain.slice(0, nodes),
  };
}
