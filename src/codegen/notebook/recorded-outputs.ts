import { metrics, type MetricName, type Scores } from "../../core/metrics.ts";
import type { ImportanceRow, TrialDetail, TrialRecord } from "../../core/run-record.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { fileName } from "../script/file-name.ts";
import { countText, numberText } from "../script/number-text.ts";
import type { ScriptInput } from "../script-input.ts";
import { nameText } from "../syntax/comment-text.ts";
import { importanceChart, predictedChart, type VegaLiteSpec } from "./charts.ts";
import { textTable } from "./text-table.ts";

/** An output as a notebook holds it: what front ends that draw nothing show, and the chart for the others. */
export interface RecordedOutput {
  readonly text: readonly string[];
  readonly chart?: VegaLiteSpec;
}

/** What the outputs of a script tell of: a trial, or an ensemble. */
export interface OutputsInput extends Pick<ScriptInput, "run" | "example"> {
  readonly detail: Pick<TrialDetail, "importance" | "plotted"> & {
    readonly spec: Pick<TrialSpec, "features" | "target">;
    readonly record: Pick<TrialRecord, "scores" | "foldScores" | "standardError">;
  };
}

/** Rows of a table that an output lists; the rest is counted. */
const mostRows = 40;

/** What running a cell would show, from the record of the run; nothing for cells whose results were not recorded. */
export function recordedOutputs(code: string, input: OutputsInput): RecordedOutput[] {
  const lines = code.split("\n");
  const runs = (start: string): boolean => lines.some((line) => line.startsWith(start));
  const { record, importance } = input.detail;
  if (runs("show(table);")) return [tableOutput(input)];
  if (runs("show(result, recorded);")) return resultOutputs(input);
  if (runs("show(await explain.importance(")) {
    return importance === null || importance.length === 0
      ? []
      : [importanceOutput(importance, metrics[input.run.metric].label)];
  }
  const test = record.scores?.test ?? null;
  if (runs("show(await scoreTest(") && test !== null) return [testOutput(test, input.run.metric)];
  return [];
}

function tableOutput({ run, detail }: OutputsInput): RecordedOutput {
  const { features, target } = detail.spec;
  const divided = run.split.kind === "random" ? [] : [run.split.column];
  const weights = target.weight === undefined ? [] : [target.weight];
  const names = [...features.map(({ column }) => column), ...divided, ...weights];
  return columnsOutput(run, names, target.column);
}

/** What `show(table)` says of a table with these features and this target. */
export function columnsOutput(
  run: {
    readonly data: Pick<ScriptInput["run"]["data"], "path" | "rows">;
    readonly columns: ScriptInput["run"]["columns"];
  },
  features: readonly string[],
  target: string,
): RecordedOutput {
  const names = new Set([...features, target]);
  const used = run.columns.filter(({ name }) => names.has(name));
  const rows = used.slice(0, mostRows).map(({ name, type, missing, distinct }) => {
    const isTarget = name === target;
    const shown = isTarget ? `${nameText(name)} (target)` : nameText(name);
    return [shown, type, numberText(missing), numberText(distinct)];
  });
  const text = [
    `${nameText(fileName(run.data.path))}   ${countText(run.data.rows, "row")}, ${countText(used.length, "column")}`,
    ...textTable([["column", "type", "missing", "distinct"], ...rows], [2, 3]),
  ];
  if (used.length > mostRows)
    text.push(`... and ${countText(used.length - mostRows, "more column")}`);
  return { text };
}

function resultOutputs({ run, detail, example }: OutputsInput): RecordedOutput[] {
  const { scores, foldScores, standardError } = detail.record;
  if (scores === null) return [];
  const text = scoreLines("validation", scores.validation, run.metric);
  if (standardError !== null && foldScores.length > 1) {
    const [low, high] = [Math.min(...foldScores), Math.max(...foldScores)].map(numberText);
    text.push(
      `${metrics[run.metric].label} of the ${foldScores.length} folds: ${low} … ${high}, ` +
        `standard error ${numberText(Number(standardError.toPrecision(3)))}`,
    );
  }
  // Single rows are cell values, which stay out when the user asked for that.
  if (example === null || detail.plotted.length === 0) return [{ text }];
  const caption = `[chart: predicted against actual, ${countText(detail.plotted.length, "validation row")}]`;
  return [{ text }, { text: [caption], chart: predictedChart(detail.plotted) }];
}

function testOutput(scores: Scores, metric: MetricName): RecordedOutput {
  return { text: [...scoreLines("test", scores, metric), "to confirm, not to choose"] };
}

function scoreLines(part: string, scores: Scores, metric: MetricName): string[] {
  const shown = [...new Set<MetricName>([metric, "rmse", "mae", "r2"])];
  const rows = shown.map((key) => {
    const value = scores[key];
    return [metrics[key].label, value === null ? "–" : numberText(value)];
  });
  return textTable([[part, "recorded"], ...rows], [1]);
}

function importanceOutput(importance: readonly ImportanceRow[], label: string): RecordedOutput {
  const shown = importance.slice(0, mostRows);
  const largest = Math.max(...shown.map(({ increase }) => increase), 0);
  const rows = shown.map(({ column, increase, low, high }) => [
    nameText(column),
    numberText(increase),
    "█".repeat(largest > 0 ? Math.max(0, Math.round((20 * increase) / largest)) : 0),
    `${numberText(low)} … ${numberText(high)}`,
  ]);
  const text = textTable([["column", `${label} lost`, "", "low … high"], ...rows], [1]);
  if (importance.length > mostRows) {
    text.push(`... and ${countText(importance.length - mostRows, "more column")}`);
  }
  const charted = shown.map((row) => ({ ...row, column: nameText(row.column) }));
  return { text, chart: importanceChart(charted, label) };
}
