import type { RunRecord, TrialRecord } from "../core/run-record.ts";

const header =
  "rank,trial,family,validation_rmse,validation_mae,validation_r2,test_rmse,test_mae,test_r2," +
  "fit_seconds,predict_us_per_row,status,script";

/** leaderboard.csv: ranked trials first, then the others by id. Every cell is a number or a name of ours. */
export function leaderboardCsv(record: RunRecord): string {
  const order = [...record.trials].sort(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  return `${[header, ...order.map(line)].join("\n")}\n`;
}

function line(trial: TrialRecord): string {
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
    trial.status,
    trial.script,
  ]
    .map(cell)
    .join(",");
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
