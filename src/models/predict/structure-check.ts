import type {
  KernelStructure,
  LinearStructure,
  ModelStructure,
  NetworkInputs,
  NetworkStructure,
  TreesStructure,
} from "../contract/structure.ts";
import { countInputs } from "./network-inputs.ts";

/**
 * What is wrong with a structure that came from outside, or undefined: lengths that disagree, numbers that are not
 * finite, trees in which a walk could leave the tree or never end. O(size).
 */
export function checkStructure(structure: ModelStructure): string | undefined {
  switch (structure.kind) {
    case "constant":
      return Number.isFinite(structure.value) ? undefined : "its value is not finite";
    case "linear":
      return checkLinear(structure);
    case "trees":
      return checkTrees(structure);
    case "neighbors": {
      const { neighbors, weighting, power, points, columns, targets } = structure;
      if (!Number.isInteger(neighbors) || neighbors < 1)
        return "the number of neighbours is not a whole number";
      if (weighting !== "uniform" && weighting !== "distance") return "its weighting is unknown";
      if (power !== 1 && power !== 2) return "its distance is unknown";
      return checkPoints(points, columns, targets);
    }
    case "kernel":
      return checkKernel(structure);
    case "network":
      return checkNetwork(structure);
  }
}

function checkKernel(structure: KernelStructure): string | undefined {
  const { kernel, scales, intercept, linear, points, columns, weights } = structure;
  if (!["gaussian", "matern", "exponential"].includes(kernel)) return "its kernel is unknown";
  if (scales.length !== columns) return "its scales do not fit its columns";
  if (linear.length !== 0 && linear.length !== columns)
    return "its linear part does not fit its columns";
  if (!Number.isFinite(intercept) || !allFinite(scales) || !allFinite(linear))
    return "a number is not finite";
  return checkPoints(points, columns, weights);
}

function checkPoints(
  points: Float64Array,
  columns: number,
  values: Float64Array,
): string | undefined {
  if (!Number.isInteger(columns) || columns < 0)
    return "its number of columns is not a whole number";
  if (values.length === 0) return "it holds no points";
  if (points.length !== columns * values.length) return "its points do not fit its columns";
  if (!allFinite(points) || !allFinite(values)) return "a number is not finite";
  return undefined;
}

function checkLinear({ intercept, weights, terms }: LinearStructure): string | undefined {
  if (!Number.isFinite(intercept) || !allFinite(weights)) return "a weight is not finite";
  if (terms === null) return undefined;
  const { offsets, columns } = terms;
  if (offsets.length !== weights.length + 1) return "its terms do not fit its weights";
  if (!ascending(offsets, columns.length)) return "its terms are not in order";
  return columns.every((column) => column >= 0) ? undefined : "a term names a column below 0";
}

function checkNetwork(network: NetworkStructure): string | undefined {
  const { activation, base, scale, members, widths, gates, weights, biases, heads, headBiases } =
    network;
  if (activation !== "smooth" && activation !== "relu") return "its activation is unknown";
  if (!Number.isInteger(members) || members < 1) return "its members are not a whole number";
  if (widths.length < 2 || widths.some((width) => width < 8 || width % 8 !== 0))
    return "its layers have no width";
  let [allWeights, allBiases] = [0, 0];
  for (let l = 1; l < widths.length; l++) {
    allWeights += widths[l]! * widths[l - 1]!;
    allBiases += widths[l]!;
  }
  if (weights.length !== allWeights || biases.length !== allBiases)
    return "its weights do not fit its layers";
  if (gates.length !== members * widths[0]! || heads.length !== members * widths.at(-1)!)
    return "its weights do not fit its members";
  if (headBiases.length !== members) return "its weights do not fit its members";
  if (!Number.isFinite(base) || !Number.isFinite(scale)) return "a number is not finite";
  if (![gates, weights, biases, heads, headBiases].every(allFinite))
    return "a weight is not finite";
  return checkInputs(network, widths[0]!);
}

function checkInputs(inputs: NetworkInputs, width: number): string | undefined {
  const { centres, divisors, pieces, edges } = inputs;
  if (divisors.length !== centres.length || pieces.length !== centres.length + 1)
    return "its inputs do not fit its columns";
  if (!allFinite(centres) || !allFinite(divisors) || !allFinite(edges))
    return "a number is not finite";
  if (!ascending(pieces, edges.length)) return "its pieces are not in order";
  for (let c = 0; c < centres.length; c++) {
    for (let e = pieces[c]! + 1; e < pieces[c + 1]!; e++)
      if (!(edges[e]! > edges[e - 1]!)) return "its pieces are not in order";
  }
  return countInputs(inputs) <= width ? undefined : "its inputs do not fit its layers";
}

function checkTrees(trees: TreesStructure): string | undefined {
  const nodes = trees.feature.length;
  const { threshold, left, right, missingLeft, categoryStart, categoryWords, value, cover, gain } =
    trees;
  const parts = [
    threshold,
    left,
    right,
    missingLeft,
    categoryStart,
    categoryWords,
    value,
    cover,
    gain,
  ];
  if (parts.some((part) => part.length !== nodes)) return "its node arrays have different lengths";
  if (trees.link !== "identity" && trees.link !== "log") return "its link is unknown";
  if (!Number.isFinite(trees.base) || !allFinite(value)) return "a leaf value is not finite";
  if (!ascending(trees.treeOffsets, nodes)) return "its trees are not in order";
  for (let t = 0; t + 1 < trees.treeOffsets.length; t++) {
    const from = trees.treeOffsets[t]!;
    const to = trees.treeOffsets[t + 1]!;
    if (from === to) return `tree ${t} has no nodes`;
    const problem = checkTree(trees, from, to);
    if (problem !== undefined) return `tree ${t}: ${problem}`;
  }
  return undefined;
}

/**
 * Children come after their parent and every node but the root has one: walks from the root reach all nodes, and none
 * leaves the tree or comes back.
 */
function checkTree(trees: TreesStructure, from: number, to: number): string | undefined {
  const { feature, threshold, left, right, categoryStart } = trees;
  const hasParent = new Uint8Array(to - from);
  let children = 0;
  for (let node = from; node < to; node++) {
    if (feature[node]! < 0) continue;
    const l = left[node]!;
    const r = right[node]!;
    if (l <= node || r <= node || l >= to || r >= to) return "a child lies outside";
    if (l === r || hasParent[l - from] === 1 || hasParent[r - from] === 1)
      return "a node has two parents";
    hasParent[l - from] = 1;
    hasParent[r - from] = 1;
    children += 2;
    if (Number.isNaN(threshold[node])) return "a threshold is not a number";
    if (categoryStart[node]! >= 0 && !hasCategories(trees, node))
      return "a category set lies outside";
  }
  return children === to - from - 1 ? undefined : "a node has no parent";
}

function hasCategories(trees: TreesStructure, node: number): boolean {
  const words = trees.categoryWords[node]!;
  return words >= 0 && trees.categoryStart[node]! + words <= trees.categoryBits.length;
}

/** True for 0 = first <= second <= … = last. */
function ascending(offsets: Int32Array, last: number): boolean {
  if (offsets.length === 0 || offsets[0] !== 0 || offsets.at(-1) !== last) return false;
  return offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]!);
}

function allFinite(values: Float64Array | Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
