import { lossOf, metrics } from "../core/metrics.ts";
import type { RunRecord, TrialRecord } from "../core/run-record.ts";
import { ensembleFamily } from "../ensemble/ensemble-spec.ts";
import { formatCount, formatPercent } from "./format.ts";
import { ScoreText } from "./score-text.ts";

/** Its row's id where there is no room for the whole word. */
export const ensembleShort = "ens";

/** "ensemble of 5". */
export function ensembleLabel({ members }: { readonly members: readonly unknown[] }): string {
  return `ensemble of ${formatCount(members.length)}`;
}

/** The ensemble as a trial would be listed; it has no rank, because ranks are those of trials. */
export function ensembleRow({ ensemble, target }: RunRecord): TrialRecord | null {
  if (ensemble === null) return null;
  const { members, weighting: _weighting, pickedScore: _picked, ...rest } = ensemble;
  return {
    ...rest,
    family: ensembleFamily,
    params: Object.fromEntries(members.map(({ trial, weight }) => [trial, weight])),
    preprocess: {
      features: [],
      target: { column: target.name, transform: "none" },
      steps: [],
    },
    status: "completed",
    trialSeconds: null,
    rank: null,
    origin: "ensemble",
    parent: null,
    error: null,
  };
}

/** Ranked trials, best first, with the ensemble at its place: on top when it is the most accurate answer. */
export function withEnsemble(ranked: readonly TrialRecord[], record: RunRecord): TrialRecord[] {
  const row = ensembleRow(record);
  if (row === null) return [...ranked];
  if (record.recommended.mostAccurate === row.id) return [row, ...ranked];
  const loss = (trial: TrialRecord): number =>
    trial.scores === null ? Infinity : lossOf(trial.scores.validation, record.metric);
  const worse = ranked.findIndex((trial) => !(loss(trial) < loss(row)));
  const place = worse === -1 ? ranked.length : worse;
  return [...ranked.slice(0, place), row, ...ranked.slice(place)];
}

/** How the ensemble stands beside the best single trial, as a sentence or two; empty without an ensemble. */
export function ensembleWords({ ensemble, trials, best, metric }: RunRecord): string {
  const single = trials.find((trial) => trial.id === best);
  const own = ensemble?.scores.validation[metric] ?? null;
  const other = single?.scores?.validation[metric] ?? null;
  if (ensemble === null || single === undefined || own === null || other === null) return "";
  const score = new ScoreText(metric, other);
  const gain = metrics[metric].higherIsBetter ? own - other : other - own;
  const label = ensembleLabel(ensemble);
  const size = score.text(Math.abs(gain));
  // What rounds to nothing is told as nothing.
  const isSeen = /[1-9]/.test(size);
  if (gain > 0 && !isSeen)
    return `The ${label} scores as well as the best single trial, ${single.id}.`;
  if (gain > 0) {
    const share =
      metric === "r2" || other === 0 ? "" : ` (${formatPercent(gain / Math.abs(other), 1)})`;
    const noise = ensemble.withinNoise
      ? "a difference that noise may explain"
      : "more than noise explains";
    return `The ${label} is ${size}${share} better than the best single trial, ${single.id}: ${noise}.`;
  }
  const picked = score.text(ensemble.pickedScore);
  const beside = gain < 0 && isSeen ? `${size} better` : "as good";
  return (
    `The best single trial, ${single.id}, scores ${beside} than the ${label}, but owes a part of that to luck: ` +
    `the best trial picked on other rows than it is scored on gives ${picked}, the ensemble ${score.text(own)}.`
  ).replace("as good than", "as good as");
}
