import type { BinnedMatrix } from "./binned-matrix.ts";
import { JsTrainer } from "./js-trainer.ts";
import type { GrowthRules, TreeTrainer } from "./trainer.ts";
import type { TreesBuilder } from "./trees-builder.ts";
import { wasmTrees } from "./wasm/instance.ts";
import { WasmTrainer } from "./wasm/wasm-trainer.ts";

/** More share too little: each piece of a tree costs a histogram of its own. */
const maxThreads = 8;

/** Rows x columns from which on several threads are faster than one, with trees of few leaves and with deep ones. */
const sharedCells = 1_000_000;
const sharedDeepCells = 20_000;

/** The fastest way to grow trees that there is here, on at most so many threads. To be closed. */
export function openTrainer(
  bins: BinnedMatrix,
  trees: TreesBuilder,
  rules: GrowthRules,
  threads: number,
): TreeTrainer {
  const wasm = wasmTrees();
  if (wasm === null) return new JsTrainer(bins, trees, rules);
  const enough = rules.maxLeaves === Infinity ? sharedDeepCells : sharedCells;
  const large = bins.rows * bins.columns.length >= enough;
  return new WasmTrainer(wasm, bins, trees, rules, large ? Math.min(threads, maxThreads) : 1);
}
