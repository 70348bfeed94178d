// Prints a hash of tree and kernel models, of their JSON and of their predictions: the same whatever computes them. Run on the
// compiled package, in a process of its own, because kernels are chosen once per thread.
//   node tests/models/model-hashes.mjs <threads>
import { createHash } from "node:crypto";
import { Random } from "../../dist/core/random.js";
import { gradientBoosting } from "../../dist/models/boosting/gradient-boosting.js";
import { extraTrees } from "../../dist/models/forest/extra-trees.js";
import { randomForest } from "../../dist/models/forest/random-forest.js";
import { gaussianProcess } from "../../dist/models/kernel/gaussian-process.js";
import { kernelRidge } from "../../dist/models/kernel/kernel-ridge.js";
import { completeParameters } from "../../dist/models/parameters.js";
import { predictStructure } from "../../dist/models/predict/predict-structure.js";
import { decodeStructure, encodeStructure } from "../../dist/models/predict/structure-codec.js";

const threads = Number(process.argv[2]);

/** Numbers with missing cells and ties, and two columns of categories. */
function problem(rows, columns) {
  const random = new Random("model hashes");
  const levels = Array.from({ length: columns }, (_, c) => (c === 2 ? 12 : c === 5 ? 400 : 0));
  const data = Float64Array.from({ length: rows * columns }, (_, i) => {
    const c = Math.floor(i / rows);
    if (c % 3 === 1 && random.next() < 0.1) return NaN;
    if (levels[c] > 0) return random.integer(levels[c]);
    return c % 2 === 0 ? random.normal() : random.integer(30);
  });
  const y = Float64Array.from({ length: rows }, (_, r) => {
    const cell = (c) => (Number.isNaN(data[c * rows + r]) ? 0.5 : data[c * rows + r]);
    return Math.abs(
      cell(0) * 3 + cell(1) + (cell(2) % 5) + (cell(5) % 3) * cell(3) + random.normal(),
    );
  });
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  return { x: { rows, columns, data, names, levels }, y };
}

const context = (weights) => {
  const kept = new Map();
  const memo = (key, make) => {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key);
  };
  return { memo, checkpoint: () => {}, threads, ...(weights === undefined ? {} : { weights }) };
};

const fits = [
  [gradientBoosting, { trees: 30, maxLeaves: 31, rowFraction: 0.8, columnFraction: 0.8 }],
  [gradientBoosting, { trees: 10, maxLeaves: 60, l1: 2, l2: 3, monotone: { c0: 1, c3: -1 } }],
  [gradientBoosting, { trees: 10, maxLeaves: 20, loss: "poisson", nodeColumnFraction: 0.5 }],
  [gradientBoosting, { trees: 10, maxLeaves: 20, loss: "quantile", quantile: 0.9 }],
  [gradientBoosting, { trees: 10, maxLeaves: 20, loss: "huber", maxDepth: 4 }, true],
  [randomForest, { trees: 6, maxFeatures: 0.4, minSamplesLeaf: 1 }],
  [randomForest, { trees: 4, maxFeatures: 1, minSamplesLeaf: 4 }, true],
  [extraTrees, { trees: 4, maxFeatures: 1, minSamplesLeaf: 2 }],
];

/** On few rows of numbers, without a missing one. */
const kernelFits = [
  [gaussianProcess, { kernel: "auto" }],
  [gaussianProcess, { kernel: "exponential", lengthScales: "shared", trend: "constant" }],
  [kernelRidge, { kernel: "matern" }],
];

/** Tall enough for several threads to share a tree and every loop over its rows, and small. */
const hash = createHash("sha256");
for (const [rows, columns] of [
  [400, 7],
  [140_000, 8],
]) {
  const { x, y } = problem(rows, columns);
  const weights = Float64Array.from(y, (_, r) => (r % 4) / 2);
  for (const [family, params, weighted] of fits) {
    hashFit(family, params, x, y, context(weighted ? weights : undefined));
  }
  if (rows > 1000) continue;
  const numbers = { ...x, data: x.data.map((cell) => cell || 0), levels: x.levels.map(() => 0) };
  for (const [family, params] of kernelFits) hashFit(family, params, numbers, y, context());
}
console.log(hash.digest("hex"));

function hashFit(family, params, x, y, fitContext) {
  const fitted = family.fit(x, y, completeParameters(family, { ...params, seed: 3 }), fitContext);
  const text = JSON.stringify(encodeStructure(fitted));
  const predictions = predictStructure(fitted, x);
  const again = predictStructure(decodeStructure(JSON.parse(text)), x);
  if (!Buffer.from(predictions.buffer).equals(Buffer.from(again.buffer))) {
    throw new Error(`${family.name} predicts something else after JSON.`);
  }
  hash.update(text).update(Buffer.from(predictions.buffer));
}
