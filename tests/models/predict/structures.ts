import type { TreesStructure } from "../../../src/models/contract/structure.ts";

/** A node by its place in the array: a leaf has a value, a split has children and a threshold or a set of codes. */
export type Node =
  | { readonly value: number }
  | {
      readonly feature: number;
      readonly threshold?: number;
      /** Codes that go left. */
      readonly codes?: readonly number[];
      readonly left: number;
      readonly right: number;
      readonly missingLeft?: boolean;
    };

/** Trees from lists of nodes; children are counted within their tree. */
export function treesOf(base: number, trees: readonly (readonly Node[])[]): TreesStructure {
  const nodes = trees.flat();
  const treeOffsets = [0];
  for (const tree of trees) treeOffsets.push(treeOffsets.at(-1)! + tree.length);
  const offsetOf = trees.flatMap((tree, t) => tree.map(() => treeOffsets[t]!));
  const bits: number[] = [];
  const starts: number[] = [];
  const words: number[] = [];
  for (const node of nodes) {
    const codes = "codes" in node ? node.codes : undefined;
    starts.push(codes === undefined ? -1 : bits.length);
    words.push(codes === undefined ? 0 : Math.ceil((Math.max(...codes) + 1) / 32));
    const set = new Uint32Array(words.at(-1)!);
    for (const code of codes ?? []) set[code >> 5]! |= 1 << (code & 31);
    bits.push(...set);
  }
  return {
    kind: "trees",
    version: 2,
    link: "identity",
    base,
    treeOffsets: Int32Array.from(treeOffsets),
    feature: Int32Array.from(nodes, (node) => ("feature" in node ? node.feature : -1)),
    threshold: Float64Array.from(nodes, (node) => ("threshold" in node ? node.threshold : 0)),
    left: Int32Array.from(nodes, (node, i) => ("left" in node ? node.left + offsetOf[i]! : 0)),
    right: Int32Array.from(nodes, (node, i) => ("right" in node ? node.right + offsetOf[i]! : 0)),
    missingLeft: Uint8Array.from(nodes, (node) =>
      "missingLeft" in node && node.missingLeft ? 1 : 0,
    ),
    categoryStart: Int32Array.from(starts),
    categoryWords: Int32Array.from(words),
    categoryBits: Uint32Array.from(bits),
    value: Float64Array.from(nodes, (node) => ("value" in node ? node.value : 0)),
    cover: new Float64Array(nodes.length).fill(1),
    gain: new Float64Array(nodes.length),
  };
}
