import type { Training, TrainingPlace } from "./training.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Gradients of half the mean squared error of the batch that has just passed forward, summed over members. Leaves the
 * gradient of each parameter behind it.
 */
export function passBackward(workspace: Workspace, training: Training, place: TrainingPlace): void {
  headGradients(workspace, training, place);
  const { kernels } = workspace;
  const { parameters, behind, passage, slopes, deltas, transposed, panels } = place;
  const { rows, values, pack } = passage;
  for (let l = parameters.layers.length - 1; l >= 0; l--) {
    const { inputs, outputs, weights, biases } = parameters.layers[l]!;
    const [value, delta, turned] = [values[l]!, deltas[l + 1]!, transposed[l]!];
    const [row, panel] = [4 * outputs, 32 * inputs];
    kernels.multiply(delta, slopes[l]!, rows * outputs);
    kernels.columnSums(delta, rows, outputs, biases + behind);
    kernels.toPanels(delta, rows, outputs, panels);
    const gradient = weights + behind;
    kernels.product(
      value,
      4,
      4 * inputs,
      panels,
      gradient,
      32,
      panel,
      inputs,
      outputs,
      rows,
      0,
      pack,
    );
    kernels.transpose(weights, inputs, outputs, turned);
    kernels.product(
      delta,
      row,
      4,
      turned,
      deltas[l]!,
      4 * inputs,
      32,
      rows,
      inputs,
      outputs,
      0,
      pack,
    );
  }
  gateGradients(workspace, training, place);
}

function headGradients(
  { kernels }: Workspace,
  { shape, batchRows, rows }: Training,
  { parameters, behind, passage, deltas, indices, targets }: TrainingPlace,
): void {
  const last = shape.widths.at(-1)!;
  const scale = 1 / Math.min(rows, batchRows);
  for (let m = 0; m < shape.members; m++) {
    const at = 4 * m * batchRows;
    const weights = parameters.heads + 4 * m * last;
    const bias = parameters.headBiases + 4 * m;
    kernels.headGradient(
      passage.values.at(-1)! + at * last,
      batchRows,
      last,
      weights,
      passage.answers + at,
      indices[m]!,
      targets,
      scale,
      weights + behind,
      bias + behind,
      deltas.at(-1)! + at * last,
    );
  }
}

function gateGradients(
  { kernels }: Workspace,
  { shape, batchRows }: Training,
  { parameters, behind, deltas, indices, inputs }: TrainingPlace,
): void {
  const width = shape.widths[0]!;
  for (let m = 0; m < shape.members; m++) {
    const delta = deltas[0]! + 4 * m * batchRows * width;
    const gradient = parameters.gates + 4 * m * width + behind;
    kernels.gateGradient(inputs, indices[m]!, batchRows, width, delta, gradient);
  }
}
