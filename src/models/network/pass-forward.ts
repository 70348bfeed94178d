import type { NetworkShape, Parameters, Passage } from "./layout.ts";
import type { Workspace } from "./workspace.ts";

/** The rows of a batch: `count` numbers of rows of the inputs for each member, at the addresses `indices`. */
export interface Batch {
  readonly inputs: number;
  readonly indices: readonly number[];
  readonly count: number;
}

/** What training keeps beside the values: slopes of the activation per layer, and how values are dropped. */
export interface Keeping {
  readonly slopes: readonly number[];
  readonly drop: { readonly share: number; readonly state: number } | null;
}

/** Takes each member's rows through the layers; their answers come out member after member. */
export function passForward(
  { kernels, floats }: Workspace,
  { widths, members }: NetworkShape,
  parameters: Parameters,
  passage: Passage,
  { inputs, indices, count }: Batch,
  activation: "smooth" | "relu",
  keeping?: Keeping,
): void {
  const { rows, values, answers, pack } = passage;
  const width = widths[0]!;
  for (let m = 0; m < members; m++) {
    const gates = parameters.gates + 4 * m * width;
    kernels.gather(inputs, indices[m]!, count, width, gates, values[0]! + 4 * m * count * width);
  }
  floats.fill(0, values[0]! / 4 + members * count * width, values[0]! / 4 + rows * width);
  parameters.layers.forEach((layer, l) => {
    const [a, z] = [values[l]!, values[l + 1]!];
    const { inputs: inner, outputs, weights, biases } = layer;
    const row = 4 * outputs;
    kernels.product(a, 4 * inner, 4, weights, z, row, 32, rows, outputs, inner, biases, pack);
    const slope = keeping?.slopes[l] ?? 0;
    if (activation === "smooth") kernels.activateSmooth(z, slope, rows * outputs);
    else kernels.activateRelu(z, slope, rows * outputs);
    if (keeping !== undefined && keeping.drop !== null) {
      const { share, state } = keeping.drop;
      const threshold = Math.round((share - 0.5) * 2 ** 32) | 0;
      kernels.drop(z, slope, rows * outputs, threshold, 1 / (1 - share), state);
    }
  });
  const last = widths.at(-1)!;
  for (let m = 0; m < members; m++) {
    const h = values.at(-1)! + 4 * m * count * last;
    const [head, bias] = [parameters.heads + 4 * m * last, parameters.headBiases + 4 * m];
    kernels.answers(h, count, last, head, bias, answers + 4 * m * count);
  }
}
