import { selectedLoss } from "./blend.ts";
import { avoidable, type Ground } from "./learn-order.ts";

/** What a list has reached on a set when a budget is used up: avoidable shares of the squared error. */
export interface Regret {
  readonly single: number;
  readonly ensemble: number;
  /** Configurations that were run. */
  readonly trials: number;
}

/**
 * Runs a list on a set until the budget is used up. The ensemble of what was run is measured against the ensemble of
 * everything in the table, the best single against the best single there.
 */
export function regretOf(ground: Ground, order: readonly number[], budget: number): Regret {
  const reached: number[] = [];
  let spent = 0;
  for (const config of order) {
    const units = ground.units[config] ?? Infinity;
    if ((ground.losses[config] ?? null) === null || spent + units > budget) continue;
    spent += units;
    reached.push(config);
  }
  const lossOf = (configs: readonly number[]): number =>
    Math.min(ground.constant, ...configs.map((config) => ground.losses[config] ?? Infinity));
  const single = avoidable(lossOf(reached), bestKnown(ground));
  return { single, ensemble: ensembleRegret(ground, reached) ?? single, trials: reached.length };
}

function ensembleRegret({ sample, name }: Ground, reached: readonly number[]): number | null {
  if (sample === null) return null;
  const { predictions, truth } = sample;
  let known = knownEnsembles.get(sample);
  if (known === undefined) {
    const all = predictions.flatMap((prediction) => prediction ?? []);
    if (all.length === 0) throw new Error(`${name}: no predictions`);
    known = selectedLoss(all, truth);
    knownEnsembles.set(sample, known);
  }
  const members = reached.flatMap((config) => predictions[config] ?? []);
  const loss = members.length === 0 ? deviation(truth) : selectedLoss(members, truth);
  return avoidable(loss, known);
}

const knownEnsembles = new WeakMap<object, number>();

function bestKnown({ constant, losses }: Ground): number {
  return Math.min(constant, ...losses.flatMap((loss) => loss ?? []));
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
