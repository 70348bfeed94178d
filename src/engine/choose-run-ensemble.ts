import { lossOf, metrics } from "../core/metrics.ts";
import {
  chooseEnsemble,
  reweigh,
  type EnsembleCandidate,
  type EnsembleChoice,
} from "../ensemble/choose-ensemble.ts";
import { nestedFolds, validatedRows } from "../ensemble/nested-predictions.ts";
import { areAlike } from "./alike.ts";
import type { ChosenEnsemble } from "./ensemble-result.ts";
import { scoreEnsemble } from "./evaluate-ensemble.ts";
import { combineFolds, type ValidationOutcome } from "./fold-scores.ts";
import type { OutOfFoldStore } from "./out-of-fold-store.ts";
import { plottedRows } from "./plotted-rows.ts";
import { trialId, type TrialResult } from "./trial-result.ts";
import type { TrialSetting } from "./trial-run.ts";

/** The ensemble of a run before it is fitted. */
export interface RunEnsemble {
  readonly choice: EnsembleChoice;
  /** In the order of the choice. */
  readonly members: readonly TrialResult[];
}

/** Chooses, and chooses again when members drop out, from the out-of-fold predictions that the store has kept. */
export class EnsembleChooser {
  readonly #store: OutOfFoldStore;
  readonly #setting: TrialSetting;
  readonly #seed: number;

  constructor(store: OutOfFoldStore, setting: TrialSetting, seed: number) {
    this.#store = store;
    this.#setting = setting;
    this.#seed = seed;
  }

  /** Null when nothing is better than the best single trial. */
  choose(): RunEnsemble | null {
    const ranked = this.#store.entries.map(candidateOf(this.#setting));
    return this.#complete(chooseEnsemble(ranked, { ...this.#setting, seed: this.#seed }));
  }

  /** The ensemble of the members that are left. */
  without({ choice, members }: RunEnsemble, dropped: ReadonlySet<TrialResult>): RunEnsemble | null {
    const numbers = members.filter((member) => !dropped.has(member)).map(({ number }) => number);
    const left = numbers.flatMap(
      (number) => this.#store.entries.find(({ result }) => result.number === number) ?? [],
    );
    const candidates = left.map(candidateOf(this.#setting));
    return this.#complete(reweigh(candidates, choice, { ...this.#setting, seed: this.#seed }));
  }

  /** What the journal says of it. */
  describe({ choice, members }: RunEnsemble): ChosenEnsemble {
    const { split, truth, metric, rowNumbers, weights } = this.#setting;
    const { weighting, singleLoss } = choice;
    const predictions = members.map((member) => this.#valuesOf(member));
    const outcome = scoreEnsemble({
      members: predictions,
      truth,
      split,
      weighting,
      metric,
      weights,
    });
    return {
      members: choice.members,
      weighting,
      validation: outcome.scores,
      foldScores: outcome.foldScores,
      standardError: outcome.standardError,
      pickedScore: metrics[metric].higherIsBetter ? -singleLoss : singleLoss,
      withinNoise: this.#isNearBest(outcome),
      units: members.reduce((sum, { units }) => sum + units, 0),
      plotted: plottedRows(outcome.outOfFold, truth, rowNumbers),
    };
  }

  /**
   * Against the best single trial, its repeats averaged as the ensemble's are. With one holdout part the rows are
   * compared.
   */
  #isNearBest(ensemble: ValidationOutcome): boolean {
    const { split, truth, metric, rowNumbers, weights } = this.#setting;
    const [best] = this.#store.predictions;
    if (best === undefined) return false;
    const validated = validatedRows(best);
    const folds = nestedFolds(split, validated);
    const single = combineFolds(
      { ...split, folds },
      folds.map(({ validation }) => Float64Array.from(validation.index, (row) => best[row]!)),
      truth,
      metric,
      weights,
    );
    const measured = ({ scores, foldScores, outOfFold }: ValidationOutcome) => ({
      scores,
      foldScores,
      plotted: plottedRows(outOfFold, truth, rowNumbers),
    });
    return areAlike(measured(ensemble), measured(single), {
      metric,
      folds: split.spec.folds,
      parts: split.folds.length,
      rows: validated.length,
    });
  }

  #complete(choice: EnsembleChoice | null): RunEnsemble | null {
    if (choice === null) return null;
    const results = new Map(
      this.#store.entries.map(({ result }) => [trialId(result.number), result]),
    );
    return { choice, members: choice.members.map(({ trial }) => results.get(trial)!) };
  }

  #valuesOf(member: TrialResult): Float64Array {
    return this.#store.entries.find(({ result }) => result === member)!.values;
  }
}

function candidateOf({ metric }: TrialSetting) {
  return (entry: {
    readonly result: TrialResult;
    readonly values: Float64Array;
  }): EnsembleCandidate => {
    const { number, spec, validation } = entry.result;
    return {
      trial: trialId(number),
      family: spec.model.kind,
      loss: validation === null ? Infinity : lossOf(validation, metric),
      outOfFold: entry.values,
    };
  };
}
