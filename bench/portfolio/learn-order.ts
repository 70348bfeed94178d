import { mixed, mixedLoss } from "./blend.ts";

/** One set as the choice sees it: what every configuration reaches there and what it costs. */
export interface Ground {
  readonly name: string;
  /** Validation RMSE of the mean: where a run begins. */
  readonly constant: number;
  /** By configuration; null: it cannot run here. */
  readonly losses: readonly (number | null)[];
  readonly units: readonly number[];
  /** Out-of-fold predictions of sampled rows by configuration, and their truth; null: not kept. */
  readonly sample: {
    readonly truth: Float32Array;
    readonly predictions: readonly (Float32Array | null)[];
  } | null;
}

export interface Rule {
  readonly length: number;
  /** Work units that a run on each set may take; what does not fit any more is passed over there. */
  readonly budget: number;
  /** Share of the gain that is the ensemble's; the rest is the best single model's. */
  readonly ensembleShare: number;
  /** Work units that count for every trial beside its own: a list of many tiny trials is no gain. */
  readonly overhead: number;
}

export const defaultRule: Rule = {
  length: 40,
  budget: 6e10,
  ensembleShare: 0.6,
  overhead: 3e8,
};

/**
 * The share of the squared error that a better choice of configuration would avoid: 1 - (best known / loss)². From 0
 * (nothing better is known) to 1, so that no set counts for more than another.
 */
export function avoidable(loss: number, known: number): number {
  return 1 - (known / loss) ** 2;
}

/** What is reached on one set while configurations are added. */
interface Progress {
  readonly ground: Ground;
  readonly known: number;
  spent: number;
  best: number;
  blend: Float32Array | null;
  blendLoss: number;
}

/**
 * Configurations in the order in which they lower the avoidable error fastest: each time the one with the most gain per
 * unit of work, both meant over the sets (greedy; such lists for a weighted coverage are within 1 - 1/e of the best,
 * Streeter and Golovin 2008). Ends when nothing gains. O(length x configurations x sets x sampled rows).
 */
export function learnOrder(grounds: readonly Ground[], rule: Rule): number[] {
  const count = grounds[0]?.losses.length ?? 0;
  const progress = grounds.map(begin);
  const order: number[] = [];
  while (order.length < rule.length) {
    let chosen = -1;
    let highest = 0;
    for (let config = 0; config < count; config++) {
      if (order.includes(config)) continue;
      const rate = rateOf(progress, config, rule);
      if (rate > highest) [highest, chosen] = [rate, config];
    }
    if (chosen === -1) break;
    order.push(chosen);
    for (const set of progress) add(set, chosen, rule);
  }
  return order;
}

function begin(ground: Ground): Progress {
  const known = Math.min(ground.constant, ...ground.losses.flatMap((loss) => loss ?? []));
  return {
    ground,
    known,
    spent: 0,
    best: ground.constant,
    blend: null,
    blendLoss: ground.constant,
  };
}

/** Gain per unit of work over all sets; 0 where it gains nothing. */
function rateOf(progress: readonly Progress[], config: number, rule: Rule): number {
  let gain = 0;
  let cost = 0;
  for (const set of progress) {
    const loss = fitting(set, config, rule);
    if (loss === null) continue;
    cost += set.ground.units[config]! + rule.overhead;
    const single = Math.min(set.best, loss);
    const blended = Math.min(set.blendLoss, blendedLoss(set, config, loss));
    gain +=
      (1 - rule.ensembleShare) * drop(set.best, single, set.known) +
      rule.ensembleShare * drop(set.blendLoss, blended, set.known);
  }
  return cost > 0 ? gain / cost : 0;
}

function drop(before: number, after: number, known: number): number {
  return avoidable(before, known) - avoidable(after, known);
}

/** The loss of a configuration that runs on the set and fits what is left of the budget; else null. */
function fitting({ ground, spent }: Progress, config: number, { budget }: Rule): number | null {
  const loss = ground.losses[config] ?? null;
  return loss === null || spent + ground.units[config]! > budget ? null : loss;
}

function blendedLoss({ ground, blend }: Progress, config: number, loss: number): number {
  const next = ground.sample?.predictions[config] ?? null;
  if (blend === null || next === null || ground.sample === null) return loss;
  // The sample's error differs from that of all rows: only the proportion is taken over.
  const alone = mixedLoss(next, next, ground.sample.truth);
  return (loss * mixedLoss(blend, next, ground.sample.truth)) / alone;
}

function add(set: Progress, config: number, rule: Rule): void {
  const loss = fitting(set, config, rule);
  if (loss === null) return;
  set.spent += set.ground.units[config]!;
  set.blendLoss = Math.min(set.blendLoss, blendedLoss(set, config, loss));
  set.best = Math.min(set.best, loss);
  const next = set.ground.sample?.predictions[config] ?? null;
  if (next === null || set.ground.sample === null) return;
  set.blend = set.blend === null ? next : mixed(set.blend, next, set.ground.sample.truth);
}
