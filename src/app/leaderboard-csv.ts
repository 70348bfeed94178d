import { lossOf } from "../core/metrics.ts";
import type { EnsembleRecord, RunRecord, TrialRecord } from "../core/run-record.ts";
import { fidelityWords } from "../report/fidelity-words.ts";

const header =
  "rank,trial,family,validation_rmse,validation_mae,validation_r2,test_rmse,test_mae,test_r2," +
  "fit_seconds,predict_us_per_row,status,script";

/**
 * leaderboard.csv: ranked trials first, then the others by id. The ensemble stands on top when it is the most accurate
 * answer, else above the first trial that is not better; it has no rank, because ranks are those of trials. Every cell is a number or a name of ours.
 */
export function leaderboardCsv(record: RunRecord): string {
  const order = [...record.trials].sort(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  const lines = order.map(line);
  if (record.ensemble !== null) {
    lines.splice(placeOf(record.ensemble, order, record), 0, ensembleLine(record.ensemble));
  }
  return `${[header, ...lines].join("\n")}\n`;
}

function placeOf(
  { scores }: EnsembleRecord,
  order: readonly TrialRecord[],
  { metric, recommended }: RunRecord,
): number {
  if (recommended.mostAccurate === "ensemble") return 0;
  const loss = lossOf(scores.validation, metric);
  const place = order.findIndex(
    (trial) => trial.scores === null || !(lossOf(trial.scores.validation, metric) < loss),
  );
  return place === -1 ? order.length : place;
}

function ensembleLine(ensemble: EnsembleRecord): string {
  return line({ ...ensemble, rank: null, family: "ensemble", status: "completed" });
}

type Row = Pick<
  TrialRecord,
  "rank" | "id" | "family" | "scores" | "fitSeconds" | "predictMicrosPerRow" | "status" | "script"
> &
  Partial<Pick<TrialRecord, "preprocess">>;

function line(trial: Row): string {
  const validation = trial.scores?.validation;
  const test = trial.scores?.test;
  return [
    trial.rank,
    trial.id,
    trial.family,
    validation?.rmse,
    validation?.mae,
    validation?.r2,
    test?.rmse,
    test?.mae,
    test?.r2,
    trial.fitSeconds,
    trial.predictMicrosPerRow,
    statusWords(trial),
    trial.script,
  ]
    .map(cell)
    .join(",");
}

/** "completed (1/3 of the rows)": why a trial with a score has no rank. */
function statusWords({ status, preprocess }: Row): string {
  const fidelity = preprocess?.fidelity;
  return fidelity === undefined ? status : `${status} (${fidelityWords(fidelity)})`;
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
