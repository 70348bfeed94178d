import { Random } from "../../core/random.ts";
import { drawParameters } from "./first-parameters.ts";
import { passBackward } from "./pass-backward.ts";
import { passForward } from "./pass-forward.ts";
import type { Training, TrainingPlace } from "./training.ts";
import type { Workspace } from "./workspace.ts";

const meanShare = 0.9;
const squareShare = 0.95;
/** How much faster gates learn: they find the columns that matter (the scaling layer of RealMLP). */
const gateRate = 6;
/** Share of the steps in which the learning rate rises to its peak, from which it falls to 0 in a straight line. */
const risingShare = 0.1;
/** Steps between two looks at whether the fit is still wanted. */
const checkedSteps = 16;

/**
 * Trains a network by Adam with decoupled weight decay (Loshchilov & Hutter 2019) on the inputs and targets that lie in
 * the workspace. Each member draws batches of its own. O(steps x batch rows x members x weights).
 */
export function trainNetwork(
  workspace: Workspace,
  training: Training,
  place: TrainingPlace,
  checkpoint: () => void,
): void {
  const { shape, activation, steps, batchRows, dropout, learningRate } = training;
  const random = new Random(`network/${training.seed}`);
  drawParameters(training, place.parameters, random.split("start"), workspace.floats);
  const draws = random.split("drop");
  // A generator of zeros would stay there.
  for (let i = 0; i < 4; i++) workspace.words[place.state / 4 + i] = draws.uint32() | 1;
  const { inputs, indices, state, slopes } = place;
  const batch = { inputs, indices, count: batchRows };
  const keeping = { slopes, drop: dropout > 0 ? { share: dropout, state } : null };
  const batches = new Batches(training, random.split("batches"));
  const rising = Math.round(risingShare * steps);
  let [meanLeft, squareLeft] = [1, 1];
  for (let step = 0; step < steps; step++) {
    if (step % checkedSteps === 0) checkpoint();
    batches.draw(step, workspace.words, indices);
    passForward(workspace, shape, place.parameters, place.passage, batch, activation, keeping);
    passBackward(workspace, training, place);
    const share = step < rising ? (step + 1) / (rising + 1) : (steps - step) / (steps - rising);
    meanLeft *= meanShare;
    squareLeft *= squareShare;
    update(workspace, training, place, learningRate * share, { meanLeft, squareLeft });
  }
}

/** Rows in an order of its own for every member, dealt out in batches and shuffled anew when they are used up. */
class Batches {
  readonly #orders: readonly Int32Array[];
  readonly #random: Random;
  readonly #batchRows: number;
  readonly #perRound: number;

  constructor({ shape, rows, batchRows }: Training, random: Random) {
    this.#orders = Array.from({ length: shape.members }, () =>
      Int32Array.from({ length: rows }, (_, r) => r),
    );
    this.#random = random;
    this.#batchRows = batchRows;
    this.#perRound = Math.max(1, Math.floor(rows / batchRows));
  }

  /** A table of fewer rows than a batch fills it up with -1. */
  draw(step: number, words: Int32Array, indices: readonly number[]): void {
    const batchRows = this.#batchRows;
    const from = (step % this.#perRound) * batchRows;
    this.#orders.forEach((order, m) => {
      if (from === 0) this.#random.shuffle(order);
      const at = indices[m]! / 4;
      for (let i = 0; i < batchRows; i++) words[at + i] = order[from + i] ?? -1;
    });
  }
}

function update(
  { kernels }: Workspace,
  { shape, weightDecay }: Training,
  { parameters, behind }: TrainingPlace,
  peak: number,
  { meanLeft, squareLeft }: { readonly meanLeft: number; readonly squareLeft: number },
): void {
  const { members, widths } = shape;
  const step = (at: number, count: number, decay: number, rate = peak): void => {
    const [gradient, mean, square] = [at + behind, at + 2 * behind, at + 3 * behind];
    const keep = 1 - rate * decay;
    kernels.adam(
      at,
      gradient,
      mean,
      square,
      count,
      rate / (1 - meanLeft),
      keep,
      meanShare,
      squareShare,
      1 / (1 - squareLeft),
    );
  };
  step(parameters.gates, members * widths[0]!, 0, gateRate * peak);
  for (const { inputs, outputs, weights, biases } of parameters.layers) {
    step(weights, inputs * outputs, weightDecay);
    step(biases, outputs, 0);
  }
  step(parameters.heads, members * widths.at(-1)!, weightDecay);
  step(parameters.headBiases, Math.ceil(members / 4) * 4, 0);
}
