import { shortlist } from "../ensemble/choose-ensemble.ts";
import { lossOf, type MetricName } from "../core/metrics.ts";
import type { Split } from "../core/split.ts";
import type { EnsembleChooser, RunEnsemble } from "./choose-run-ensemble.ts";
import type { ChosenEnsemble, EnsembleExam } from "./ensemble-result.ts";
import { chooseExamined, type Examination } from "./examine.ts";
import { finishEnsemble } from "./finish-ensemble.ts";
import type { TrialResult } from "./trial-result.ts";

/** How many members an ensemble is expected to have while it is not chosen yet. */
const usualMembers = 6;

/** Share of the time that is expected to be needed, beyond what was predicted. */
const margin = 0.1;

/** Bytes of the saved models of all members at the most: a longer text cannot be read back. */
const mostModelBytes = 400 * 2 ** 20;

export interface ConclusionInput {
  readonly directory: string;
  readonly split: Split;
  readonly truth: Float64Array;
  /** How much every table row counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
  readonly examination: Pick<
    Examination,
    "secondsOf" | "trialModels" | "refits" | "others" | "modelOf" | "isRefitted"
  >;
  /** Null: no ensemble is wanted. */
  readonly chooser: EnsembleChooser | null;
  /** Seconds left; null without a budget. */
  readonly left: () => number | null;
  readonly onChosen: (ensemble: ChosenEnsemble | null) => void;
  readonly onFinished: (exam: EnsembleExam) => void;
}

/**
 * The end of a run: chooses the ensemble, fits what its answer needs, and then what is good to have as far as there is
 * time. Without a budget everything is done.
 *
 * @param ranked results of the search, the best first
 */
export async function conclude(
  ranked: readonly TrialResult[],
  input: ConclusionInput,
): Promise<void> {
  const [best] = ranked;
  const { examination } = input;
  if (best === undefined) {
    input.onChosen(null);
    return;
  }
  let ensemble = fitIntoTime(input.chooser?.choose() ?? null, best, input);
  input.onChosen(ensemble && input.chooser!.describe(ensemble));
  await examination.trialModels(withBest(best, ensemble));
  const whole = withoutLacking(ensemble, input);
  if (whole !== ensemble) {
    ensemble = whole;
    input.onChosen(ensemble && input.chooser!.describe(ensemble));
  }
  await examination.refits(withBest(best, ensemble));
  if (ensemble !== null) input.onFinished(finishEnsemble(ensemble, examination, input));
  await examination.others(chooseExamined(ranked));
}

/** Seconds that the best trial and an ensemble of the results so far would need, on the workers there are. */
export function secondsToConclude(
  ranked: readonly TrialResult[],
  metric: MetricName,
  examination: Pick<Examination, "secondsOf">,
): number {
  const candidates = ranked.flatMap((result) => {
    const { validation, spec } = result;
    return validation === null
      ? []
      : { result, family: spec.model.kind, loss: lossOf(validation, metric) };
  });
  const listed = shortlist(candidates, metric);
  const expected = listed.slice(0, usualMembers).map(({ result }) => result);
  return (1 + margin) * examination.secondsOf(expected);
}

function withBest(best: TrialResult, ensemble: RunEnsemble | null): TrialResult[] {
  return [...new Set([best, ...(ensemble?.members ?? [])])];
}

/** Drops the lightest members until the rest can be fitted in what is left of the budget. */
function fitIntoTime(
  ensemble: RunEnsemble | null,
  best: TrialResult,
  { examination, chooser, left }: ConclusionInput,
): RunEnsemble | null {
  let kept = ensemble;
  for (;;) {
    const time = left();
    if (kept === null || time === null) return kept;
    if ((1 + margin) * examination.secondsOf(withBest(best, kept)) <= time) return kept;
    kept = chooser!.without(kept, new Set(kept.members.slice(-1)));
  }
}

/** The ensemble of the members whose trial model is there, and can be kept together. */
function withoutLacking(
  ensemble: RunEnsemble | null,
  { examination, chooser }: ConclusionInput,
): RunEnsemble | null {
  let kept = ensemble;
  for (;;) {
    if (kept === null) return null;
    let bytes = 0;
    const lacking = kept.members.filter((member) => {
      const model = examination.modelOf(member);
      bytes += model?.modelBytes ?? 0;
      return model === undefined || (bytes > mostModelBytes && bytes > (model.modelBytes ?? 0));
    });
    if (lacking.length === 0) return kept;
    kept = chooser!.without(kept, new Set(lacking));
  }
}
