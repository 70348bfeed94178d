import type { TrialRecord, TrialStatus } from "../../core/run-record.ts";
import { formatCount, formatPercent, formatSeconds, plural } from "../format.ts";
import { shorten } from "../names.ts";
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
    lead: lead(context),
    facts: [...scoreFacts(context), ...runFacts(context)],
    glance: glance(context),
  };
}

/** The file's name without its folders, which are nobody else's business. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function lead(context: ReportContext): string {
  const { record } = context;
  const families = new Set(context.ranked.map((trial) => trial.family)).size;
  const what = [
    plural(record.trials.length, "trial"),
    ...(families > 0 ? [`${plural(families, "family", "families")} of models`] : []),
    formatSeconds(record.elapsedSeconds),
  ].join(", ");
  const stopped = context.sentence(record.stopped).replace(/\.$/, "");
  return `${what}. Why it ended: ${stopped}.`;
}

function scoreFacts(context: ReportContext): Fact[] {
  const best = context.top;
  if (best?.scores === null || best === undefined) return [];
  const { validation, test } = best.scores;
  const label = context.label(best);
  const name = best === context.ensemble ? label : `${label} ${best.id}`;
  const error = context.score().error(best.standardError);
  const facts: Fact[] = [
    {
      label: isBest(best, context)
        ? `Best validation ${context.metricLabel}`
        : `Validation ${context.metricLabel} of the ${label}`,
      text: context.score().text(validation[context.metric]),
      note: error === "" ? name : `${error} · ${name}`,
      trial: best.id,
    },
  ];
  if (test !== null) {
    facts.push({
      label: `Its test ${context.metricLabel}`,
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

/** The recommended ensemble may stand below a trial that owes its score to luck. */
function isBest(top: TrialRecord, context: ReportContext): boolean {
  const { best } = context;
  return best === undefined || !(context.loss(best) < context.loss(top));
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

/** The data in a few words, for readers who go no further. */
function glance(context: ReportContext): string[] {
  const { record } = context;
  const used = record.columns.filter((column) => column.role === "feature").length;
  const leftOut = record.columns
    .filter((column) => column.role !== "feature" && column.role !== "target")
    .map((column) => shorten(context.names.of(column.name), 24));
  const without = record.data.rowsWithoutTarget;
  return [
    plural(record.data.rows, "row"),
    ...(without > 0 ? [`${plural(without, "row")} without a target left out`] : []),
    `${plural(used, "column")} used`,
    leftOut.length === 0
      ? "none left out"
      : `${formatCount(leftOut.length)} left out: ${someOf(leftOut)}`,
    record.checks.length === 0 ? "no findings" : plural(record.checks.length, "finding"),
  ];
}

function someOf(names: readonly string[]): string {
  return names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} …`;
}
