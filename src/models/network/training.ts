import {
  type NetworkShape,
  type Parameters,
  type Passage,
  Room,
  takeParameters,
  takePassage,
} from "./layout.ts";

/** What one fit is about, beside the data. */
export interface Training {
  readonly shape: NetworkShape;
  readonly activation: "smooth" | "relu";
  readonly rows: number;
  /** The first so many inputs stand for columns themselves, the others for their pieces. */
  readonly columnInputs: number;
  /** Rows of each member per step, a multiple of 4. */
  readonly batchRows: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly dropout: number;
  readonly seed: number;
}

/** Addresses of everything a fit works with. */
export interface TrainingPlace {
  readonly parameters: Parameters;
  /** Gradients lie so far behind their parameters; twice as far their means, three times those of their squares. */
  readonly behind: number;
  readonly passage: Passage;
  /** Slopes of the activation, per layer. */
  readonly slopes: readonly number[];
  /** Gradients of the values, inputs first. */
  readonly deltas: readonly number[];
  /** Transposed weights, per layer. */
  readonly transposed: readonly number[];
  readonly panels: number;
  /** Per member the rows of its batch. */
  readonly indices: readonly number[];
  /** Generator that drops values. */
  readonly state: number;
  /** All training rows as the network takes them, and their targets. */
  readonly inputs: number;
  readonly targets: number;
  readonly end: number;
}

/** Lays out the memory of a fit from `start` on. */
export function placeTraining(training: Training, start: number): TrainingPlace {
  const { shape, rows, batchRows } = training;
  const { widths, members } = shape;
  const room = new Room(start);
  const parameters = takeParameters(shape, room);
  room.take((3 * parameters.bytes) / 4);
  const all = batchRows * members;
  const passage = takePassage(shape, all, room);
  const slopes = widths.slice(1).map((width) => room.take(all * width));
  const deltas = widths.map((width) => room.take(all * width));
  const transposed = parameters.layers.map(({ inputs, outputs }) => room.take(inputs * outputs));
  const panels = room.take(all * Math.max(...widths));
  const indices = Array.from({ length: members }, () => room.take(batchRows));
  const state = room.take(4);
  const inputs = room.take(rows * widths[0]!);
  const targets = room.take(rows);
  const behind = parameters.bytes;
  const backward = { slopes, deltas, transposed, panels, indices, state };
  return { parameters, behind, passage, ...backward, inputs, targets, end: room.top };
}
