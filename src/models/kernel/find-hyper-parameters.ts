import { Random } from "../../core/random.ts";
import type { FitContext } from "../contract/family.ts";
import type { KernelName } from "../contract/structure.ts";
import { withDense } from "../dense/open-dense.ts";
import {
  lengthCount,
  priorOf,
  unpack,
  vectorSize,
  type HyperParameters,
  type Layout,
} from "./hyper-parameters.ts";
import { likelihoodRoom, MarginalLikelihood } from "./marginal-likelihood.ts";
import { minimize } from "./minimize.ts";
import { drawRows, pickRows, type TrainingRows } from "./training-rows.ts";

/** Rows drawn, and how often the likelihood is worked out on them. */
interface Stage {
  readonly rows: number;
  readonly evaluations: number;
}

/** Most rows that are looked at in one go. */
const fewRows = 450;
const firstStage: Stage = { rows: 300, evaluations: 50 };
const lastStage: Stage = { rows: 800, evaluations: 20 };

/** All rows when they are few; otherwise many evaluations on few rows, then some on more. */
export function stagesFor(rows: number): readonly Stage[] {
  if (rows <= fewRows) return [{ rows, evaluations: 60 }];
  return [firstStage, { ...lastStage, rows: Math.min(rows, lastStage.rows) }];
}

/**
 * The hyper-parameters that make the target of (a draw of) the rows most likely, with a vague prior; of several kernels
 * the one with the least leave-one-out error on the first draw.
 */
export function findHyperParameters(
  training: TrainingRows,
  kernels: readonly KernelName[],
  layout: Layout,
  seed: number,
  context: FitContext,
): { readonly kernel: KernelName; readonly given: HyperParameters } {
  const [first, ...later] = stagesFor(training.rows);
  const random = new Random(seed);
  const start = startOf(layout);
  let best: Climbed | null = null;
  for (const kernel of kernels) {
    const climbed = climb(training, kernel, layout, first!, start, random, context);
    if (best === null || climbed.error < best.error) best = climbed;
  }
  for (const stage of later) {
    const { kernel, vector } = best!;
    best = climb(training, kernel, layout, stage, vector, random, context);
  }
  return { kernel: best!.kernel, given: unpack(layout, best!.vector) };
}

interface Climbed {
  readonly kernel: KernelName;
  readonly vector: Float64Array;
  /** Leave-one-out, in deviations of the target. */
  readonly error: number;
}

/** Lengths in the middle of the distances, little noise, a slight slope. */
function startOf(layout: Layout): Float64Array {
  const start = new Float64Array(vectorSize(layout));
  const count = lengthCount(layout);
  start.fill(0.5 * Math.log(Math.max(1, layout.columns)), 0, count);
  start[count + 1] = Math.log(0.1);
  if (layout.linear) start[count + 2] = Math.log(0.1);
  return start;
}

function climb(
  training: TrainingRows,
  kernel: KernelName,
  layout: Layout,
  stage: Stage,
  start: Float64Array,
  random: Random,
  context: FitContext,
): Climbed {
  const chosen = drawRows(training.rows, stage.rows, random.split(`rows ${stage.rows}`));
  const { mean, deviation, low, high } = priorOf(layout);
  const values = pickRows(training.values, training.rows, training.columns, chosen);
  const y = pickRows(training.y, training.rows, 1, chosen);
  return withDense(likelihoodRoom(chosen.length, training.columns), (room) => {
    const likelihood = new MarginalLikelihood(room, kernel, layout, values, y);
    const unlikeliness = (at: Float64Array, gradient: Float64Array): number => {
      context.checkpoint();
      let value = likelihood.evaluate(at, gradient);
      for (let i = 0; i < at.length; i++) {
        const away = (at[i]! - mean[i]!) / deviation[i]!;
        value += 0.5 * away * away;
        gradient[i]! += away / deviation[i]!;
      }
      return value;
    };
    const tolerance = 1e-4 * chosen.length;
    const options = { low, high, evaluations: stage.evaluations, tolerance };
    const vector = minimize(unlikeliness, start, options);
    return { kernel, vector, error: likelihood.leaveOneOutError(vector) };
  });
}
