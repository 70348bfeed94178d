import { lossOf, scorePredictions, type MetricName } from "../core/metrics.ts";
import { Random } from "../core/random.ts";
import type { Fold, TrainingSplit } from "../core/split.ts";
import type { EnsembleWeighting } from "../core/trial-spec.ts";
import { mostMembers } from "./ensemble-spec.ts";
import { findWeights } from "./find-weights.ts";
import { greedyWeights } from "./greedy-weights.ts";
import { nestedFolds, nestedPredictions, validatedRows, valuesAt } from "./nested-predictions.ts";

/** Candidates whose loss is a larger multiple of the best one's are not looked at; the constant always is. */
const worstLoss = 1.2;

/**
 * Candidates of one family: the best four. Where only one family is any good, two leave up to 1.3 % of the error
 * (bike_hour, california_housing); more than four are no better on average. Twenty benchmark sets, out-of-fold
 * predictions of real runs, members and weights chosen on four fifths of the rows and scored on the last.
 */
const mostOfFamily = 4;

/** A member with less is not worth the time it takes to fit it. */
const leastWeight = 0.02;

/** Members are selected on so many rows at the most; their weights are found on all. */
const selectionRows = 50_000;

/**
 * How weights may be found; a later way has to be better than an earlier one by `convincing`: trusting small differences
 * of nested scores does worse than a fixed choice.
 */
const weightings: readonly ((rows: number, seed: number) => EnsembleWeighting)[] = [
  (rows) => ({ method: "nonNegative", penalty: pullOn(rows) }),
  (_rows, seed) => ({ method: "greedy", rounds: 20, bags: 8, seed }),
];

/**
 * How far weights are pulled to equal ones: what the rows say of them is as uncertain as there are few. In the simulation
 * of `mostOfFamily` four of a family and this pull have 0.3 % less error than two and 0.03 below 1,500 rows, 0.1 % less
 * above; 100, 300 and 1,000 in place of 200 are within 0.2 % of it. Two digits, because it stands in scripts.
 */
function pullOn(rows: number): number {
  return Number(Math.min(1, Math.max(0.03, 200 / rows)).toPrecision(2));
}

/** A share of the error. */
const convincing = 0.005;

/** How many of the best trials compete for being the best single one, and on how many rows at the most. */
const singles = 20;
const singleRows = 10_000;

export interface EnsembleCandidate {
  /** Id of its trial. */
  readonly trial: string;
  readonly family: string;
  /** Validation loss. */
  readonly loss: number;
  /** One value per table row; NaN where a row is never validated. */
  readonly outOfFold: Float64Array;
}

export interface ChoiceInput {
  /** Target of every table row. */
  readonly truth: Float64Array;
  readonly split: TrainingSplit;
  readonly metric: MetricName;
  readonly seed: number;
  /** How much every table row counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
}

export interface EnsembleChoice {
  /** The heaviest first, but for weights that all but equal each other. */
  readonly members: readonly { readonly trial: string; readonly weight: number }[];
  readonly weighting: EnsembleWeighting;
  /** Of the nested predictions. */
  readonly loss: number;
  /** What picking a single trial comes to, nested in the same way: the loss this one had to be below. */
  readonly singleLoss: number;
}

/**
 * The weighted sum of at most 8 trials with the best nested score; null when that is not better than picking the best
 * single trial. Members come from greedy selection on all out-of-fold predictions, then their weights are found anew.
 * The best of many trials owes part of its score to luck, so picking is scored by nested folds, too: otherwise small
 * tables would hardly ever get an ensemble. Pure; deterministic in the order of the candidates.
 *
 * @param ranked the best candidate first
 */
export function chooseEnsemble(
  ranked: readonly EnsembleCandidate[],
  input: ChoiceInput,
): EnsembleChoice | null {
  const [best] = ranked;
  if (best === undefined || !Number.isFinite(best.loss)) return null;
  const { metric, seed } = input;
  const single = singleLoss(ranked, input);
  const selected = selectMembers(shortlist(ranked, metric), input);
  const rows = validatedRows(best.outOfFold).length;
  let choice: EnsembleChoice | null = null;
  for (const weighting of weightings) {
    const next = weigh(selected, weighting(rows, seed), single, input);
    if (next === null || next.loss >= single) continue;
    const isBetter =
      choice === null ||
      errorOf(next.loss, metric) < (1 - convincing) * errorOf(choice.loss, metric);
    if (isBetter) choice = next;
  }
  return choice;
}

/**
 * The same with some members left out, because they cannot be fitted or there is no time for them; null when what is left
 * is not better than the best single trial.
 *
 * @param members in the order of the choice
 */
export function reweigh(
  members: readonly EnsembleCandidate[],
  { weighting, singleLoss: single }: EnsembleChoice,
  input: ChoiceInput,
): EnsembleChoice | null {
  const choice = weigh(members, weighting, single, input);
  return choice === null || choice.loss >= single ? null : choice;
}

/** What is looked at for an ensemble: the best few of each family, none that is much worse than the best, the constant. */
export function shortlist<T extends Pick<EnsembleCandidate, "family" | "loss">>(
  ranked: readonly T[],
  metric: MetricName,
): readonly T[] {
  const best = errorOf(ranked[0]?.loss ?? Infinity, metric);
  const taken = new Map<string, number>();
  return ranked.filter(({ family, loss }) => {
    const position = taken.get(family) ?? 0;
    taken.set(family, position + 1);
    if (position >= mostOfFamily) return false;
    return errorOf(loss, metric) <= worstLoss * best || family === "mean";
  });
}

/** An error above zero: R² counts as the root of 1 - R², which is in proportion to RMSE. */
function errorOf(loss: number, metric: MetricName): number {
  return metric === "r2" ? Math.sqrt(Math.max(0, 1 + loss)) : loss;
}

/** Greedy selection on all validated rows (evenly spaced ones of a long table), cut to the heaviest. */
function selectMembers(
  candidates: readonly EnsembleCandidate[],
  { truth, metric, seed, weights: rowWeights }: ChoiceInput,
): readonly EnsembleCandidate[] {
  const positions = evenly(validatedRows(candidates[0]!.outOfFold), selectionRows);
  const predictions = candidates.map(({ outOfFold }) => outOfFold);
  const problem = { predictions, truth, positions, metric, rowWeights };
  const weights = greedyWeights(problem, { rounds: 20, bags: 8, random: new Random(seed) });
  return heaviest(candidates, weights).slice(0, mostMembers);
}

/** Finds the weights of these members, leaving out those that get next to none, and scores them by nested folds. */
function weigh(
  selected: readonly EnsembleCandidate[],
  weighting: EnsembleWeighting,
  single: number,
  input: ChoiceInput,
): EnsembleChoice | null {
  const found = (members: readonly EnsembleCandidate[]): Float64Array => {
    const predictions = members.map(({ outOfFold }) => outOfFold);
    const positions = validatedRows(predictions[0] ?? new Float64Array(0));
    const { truth, metric, weights: rowWeights } = input;
    return findWeights({ predictions, truth, positions, metric, rowWeights }, weighting);
  };
  // The order decides the last bits of weights, so they are found once more in the order that stays.
  let members = heaviest(selected, found(selected));
  let weights = found(members);
  while (weights.some((weight) => weight < leastWeight)) {
    members = members.filter((_, i) => weights[i]! >= leastWeight);
    weights = found(members);
  }
  if (members.length < 2) return null;
  return {
    members: members.map(({ trial }, i) => ({ trial, weight: weights[i]! })),
    weighting,
    loss: nestedLoss(members, weighting, input),
    singleLoss: single,
  };
}

function nestedLoss(
  members: readonly EnsembleCandidate[],
  weighting: EnsembleWeighting,
  input: ChoiceInput,
): number {
  const outOfFold = members.map((member) => member.outOfFold);
  const nested = nestedPredictions({ ...input, members: outOfFold, weighting });
  return pooledLoss(nested.folds, nested.predictions, input);
}

/** Loss of the trial that is best on the rows outside of a fold, on the fold; never below the best trial's own. */
function singleLoss(ranked: readonly EnsembleCandidate[], input: ChoiceInput): number {
  const { split } = input;
  const candidates = ranked.slice(0, singles);
  const folds = nestedFolds(split, validatedRows(candidates[0]!.outOfFold));
  const predictions = folds.map(({ train, validation }) => {
    const rows = evenly(train.index, singleRows);
    const losses = candidates.map(({ outOfFold }) => lossAt(rows, outOfFold, input));
    const picked = losses.indexOf(losses.reduce((least, loss) => Math.min(least, loss)));
    return valuesAt(candidates[picked]!.outOfFold, validation.index);
  });
  return Math.max(candidates[0]!.loss, pooledLoss(folds, predictions, input));
}

/** The metric as a loss over all rows of the folds, repeats averaged per row. */
function pooledLoss(
  folds: readonly Fold[],
  predictions: readonly Float64Array[],
  input: Omit<ChoiceInput, "split" | "seed">,
): number {
  const rows = input.truth.length;
  const sums = new Float64Array(rows);
  const counts = new Uint16Array(rows);
  folds.forEach(({ validation }, fold) => {
    validation.index.forEach((row, i) => {
      sums[row]! += predictions[fold]![i]!;
      counts[row]! += 1;
    });
  });
  const pooled = sums.map((sum, row) => sum / counts[row]!);
  return lossAt(validatedRows(pooled), pooled, input);
}

function lossAt(
  rows: Int32Array,
  values: Float64Array,
  { truth, metric, weights }: Omit<ChoiceInput, "split" | "seed">,
): number {
  const counted = weights === undefined ? undefined : valuesAt(weights, rows);
  return lossOf(scorePredictions(valuesAt(truth, rows), valuesAt(values, rows), counted), metric);
}

function evenly(rows: Int32Array, most: number): Int32Array {
  const step = Math.max(1, rows.length / most);
  const count = Math.floor(rows.length / step);
  return Int32Array.from({ length: count }, (_, i) => rows[Math.floor(i * step)]!);
}

/** Members with a weight, the heaviest first; of equal weights the better one. */
function heaviest(
  members: readonly EnsembleCandidate[],
  weights: Float64Array,
): EnsembleCandidate[] {
  return members
    .map((member, position) => ({ member, position, weight: weights[position]! }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.position - b.position)
    .map(({ member }) => member);
}
