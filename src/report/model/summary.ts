import type { TrialRecord, TrialStatus } from "../../core/run-record.ts";
import { formatCount, formatPercent, formatSeconds, plural } from "../format.ts";
import type { ReportContext } from "./context.ts";
import type { Fact, SummaryModel } from "./report-model.ts";

/** The words for each status, in the order in which they are listed. */
export const statusLabels: { readonly [S in TrialStatus]: string } = {
  completed: "completed",
  failed: "failed",
  "timed-out": "timed out",
  "out-of-memory": "out of memory",
  pruned: "pruned",
  skipped: "skipped",
};

/** The head of the page: what was predicted from what, how well, and what became of the trials. */
export function buildSummary(context: ReportContext): SummaryModel {
  const { record } = context;
  return {
    target: context.names.of(record.target.name),
    dataName: context.sentence(fileName(record.data.path)),
    lead: `${context.sentence(record.stopped).replace(/\.?$/, ".")} ${familyCount(context)}`,
    facts: [...scoreFacts(context), ...runFacts(context)],
    glance: glance(context),
  };
}

/** The file's name without its folders, which are nobody else's business. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function familyCount(context: ReportContext): string {
  const families = new Set(context.ranked.map((trial) => trial.family)).size;
  return `${plural(families, "family", "families")} of models ranked.`;
}

function scoreFacts(context: ReportContext): Fact[] {
  const { best } = context;
  if (best?.scores === null || best === undefined) return [];
  const { validation, test } = best.scores;
  const name = `${context.familyLabel(best.family)} ${best.id}`;
  const error = context.score().error(best.standardError);
  const facts: Fact[] = [
    {
      label: `Best validation ${context.metricLabel}`,
      text: context.score().text(validation[context.metric]),
      note: error === "" ? name : `${error} · ${name}`,
      trial: best.id,
    },
  ];
  if (test !== null) {
    facts.push({
      label: `The same on the test rows`,
      text: context.score().text(test[context.metric]),
      note: "to confirm, not to choose",
    });
  }
  if (context.metric !== "r2") {
    const note = `R² ${context.score("r2").text(validation.r2)}`;
    facts.push({
      label: "Variance explained",
      text: formatPercent(Math.max(0, validation.r2), 0),
      note,
    });
  }
  if (context.metric !== "mae") {
    const text = context.score("mae").text(validation.mae);
    facts.push({ label: "Mean absolute error", text, note: "validation" });
  }
  return facts;
}

function runFacts(context: ReportContext): Fact[] {
  const { record } = context;
  const budget = record.budget.seconds;
  return [
    { label: "Trials", text: formatCount(record.trials.length), note: statusCounts(record.trials) },
    {
      label: "Time",
      text: formatSeconds(record.elapsedSeconds),
      note: budget === null ? "no time limit" : `of at most ${formatSeconds(budget)}`,
    },
  ];
}

/** "79 completed, 2 failed". */
function statusCounts(trials: readonly TrialRecord[]): string {
  const parts: string[] = [];
  for (const [status, label] of Object.entries(statusLabels)) {
    const count = trials.filter((trial) => trial.status === status).length;
    if (count > 0) parts.push(`${formatCount(count)} ${label}`);
  }
  return parts.join(", ");
}

/** The data in a few lines, for readers who go no further. */
function glance(context: ReportContext): string[] {
  const { record } = context;
  const used = record.columns.filter((column) => column.role === "feature").length;
  const leftOut = record.columns.length - used - 1;
  const lines = [
    plural(record.data.rows, "row"),
    `${plural(used, "column")} used`,
    leftOut > 0 ? `${formatCount(leftOut)} left out` : "none left out",
    record.checks.length > 0 ? plural(record.checks.length, "finding") : "no findings",
  ];
  if (record.data.rowsWithoutTarget > 0) {
    lines.splice(1, 0, `${plural(record.data.rowsWithoutTarget, "row")} without a target left out`);
  }
  return lines;
}
