import type { Matrix } from "../../core/matrix.ts";
import type { KernelName, KernelStructure, ModelStructure } from "../contract/structure.ts";
import type { HyperParameters } from "./hyper-parameters.ts";
import type { Weighted } from "./solve-exact.ts";
import type { TrainingRows } from "./training-rows.ts";

/** The model of a constant target. */
export function constantStructure(y: Float64Array): ModelStructure {
  let sum = 0;
  for (const value of y) sum += value - y[0]!;
  return { kind: "constant", version: 1, value: y[0]! + sum / y.length };
}

/** The posterior mean as a structure, on the scale of the matrix and of the target. */
export function kernelStructure(
  x: Matrix,
  training: TrainingRows,
  kernel: KernelName,
  given: HyperParameters,
  { points, weights }: Weighted,
): KernelStructure {
  const scales = new Float64Array(x.columns);
  training.sources.forEach((source, c) => {
    scales[source] = Math.exp(-given.lengths[c]!) / training.deviations[c]!;
  });
  const scaled = new Float64Array(points.length * x.columns);
  points.forEach((r, i) => {
    for (let c = 0; c < x.columns; c++) {
      scaled[i * x.columns + c] = x.data[c * x.rows + r]! * scales[c]!;
    }
  });
  const variance = Math.exp(given.signal) * training.targetDeviation;
  return {
    kind: "kernel",
    version: 2,
    kernel,
    columns: x.columns,
    scales,
    ...linearPart(x.columns, training, given, points, weights),
    points: scaled,
    weights: weights.map((weight) => weight * variance),
  };
}

/** The linear part is ZZ' / columns times its variance: with Z'weights it is one weight per column. */
function linearPart(
  columns: number,
  training: TrainingRows,
  given: HyperParameters,
  points: Int32Array,
  weights: Float64Array,
): Pick<KernelStructure, "intercept" | "linear"> {
  let intercept = training.targetMean;
  if (given.linear === null) return { intercept, linear: new Float64Array(0) };
  const linear = new Float64Array(columns);
  const share = (Math.exp(given.linear) * training.targetDeviation) / Math.max(1, training.columns);
  training.sources.forEach((source, c) => {
    let sum = 0;
    points.forEach((r, i) => (sum += weights[i]! * training.values[c * training.rows + r]!));
    const weight = (share * sum) / training.deviations[c]!;
    linear[source] = weight;
    intercept -= weight * training.means[c]!;
  });
  return { intercept, linear };
}
