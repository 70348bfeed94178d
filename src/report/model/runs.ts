import type { RunRecord, TrialRecord } from "../../core/run-record.ts";
import { metrics } from "../../core/metrics.ts";
import { formatCount, formatSeconds } from "../format.ts";
import { ReportContext } from "./context.ts";
import type { RunRowModel, RunsModel } from "./report-model.ts";
import { fileName } from "./summary.ts";

/** The runs side by side, the page's own first; null when there is only that one. */
export function buildRuns(context: ReportContext): RunsModel | null {
  const others = context.input.otherRuns ?? [];
  if (others.length === 0) return null;
  return {
    note: "Scores of two runs can be compared when data, target, metric, seed and split are the same.",
    rows: [context.record, ...others].map((record) => runRow(record, context)),
  };
}

function runRow(record: RunRecord, first: ReportContext): RunRowModel {
  const families = first.input.families;
  const context =
    record === first.record
      ? first
      : new ReportContext({
          record,
          details: [],
          scripts: new Map(),
          ...(families === undefined ? {} : { families }),
        });
  const best = context.top;
  // Where the metric is the same, the first run's decimals are used for all, so that the column can be read.
  const score = record.metric === first.metric ? first.score() : context.score();
  return {
    name: context.sentence(record.name),
    data: `${context.sentence(fileName(record.data.path))}, ${formatCount(record.data.rows)} rows`,
    target: context.names.of(record.target.name),
    trials: { text: formatCount(record.trials.length), value: record.trials.length },
    elapsed: { text: formatSeconds(record.elapsedSeconds), value: record.elapsedSeconds },
    best: best === undefined ? "no model" : nameOf(best, context),
    validation: score.cell(best === undefined ? null : context.validation(best)),
    error: score.error(best?.standardError ?? null),
    test: score.cell(best?.scores?.test?.[record.metric]),
    note: differences(record, first.record),
  };
}

function nameOf(trial: TrialRecord, context: ReportContext): string {
  const label = context.label(trial);
  return trial === context.ensemble ? label : `${label} ${trial.id}`;
}

/** Why the scores of a run do not compare with those of the first. */
function differences(record: RunRecord, first: RunRecord): string {
  if (record === first) return "this report";
  const found: string[] = [];
  if (record.data.sha256 !== first.data.sha256) found.push("other data");
  if (record.target.name !== first.target.name) found.push("other target");
  if (record.metric !== first.metric) found.push(`scored by ${metrics[record.metric].label}`);
  const { why: _why, ...split } = record.split;
  const { why: _firstWhy, ...firstSplit } = first.split;
  if (JSON.stringify(split) !== JSON.stringify(firstSplit)) found.push("other split");
  return found.length === 0 ? "same rows, same folds" : found.join(", ");
}
