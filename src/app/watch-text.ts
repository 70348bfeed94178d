import { metrics, type MetricName } from "../core/metrics.ts";
import { textTable } from "../codegen/notebook/text-table.ts";
import { plural } from "../report/format.ts";
import { compareFolds } from "./compare-folds.ts";
import { describeOutcome } from "./script/record.ts";
import type { Baseline, RecordOutcome, ScriptReport } from "./script/script-report.ts";
import { differenceText, textOf } from "./script/show/scores.ts";
import { specChanges } from "./spec-changes.ts";

type Evaluated = Extract<ScriptReport, { kind: "evaluated" }>;
type Tested = Extract<ScriptReport, { kind: "tested" }>;

type Recorded = Extract<ScriptReport, { kind: "recorded" }>;

/** What one run of a watched script gave. */
export interface Measured extends Baseline {
  readonly foldsPerRepeat: number;
  readonly outcome: RecordOutcome | null;
  readonly test: Tested | null;
  /** The recorded trial that the script is an edit of; null outside a run. */
  readonly original: Baseline | null;
}

/** Puts together what a script reported; undefined when it evaluated nothing. */
export function measuredOf(reports: readonly ScriptReport[]): Measured | undefined {
  const evaluated = reports.findLast((report): report is Evaluated => report.kind === "evaluated");
  if (evaluated === undefined) return undefined;
  const recorded = reports.findLast((report): report is Recorded => report.kind === "recorded");
  const tested = reports.findLast((report): report is Tested => report.kind === "tested");
  const { spec, metric, validation, foldScores, split } = evaluated;
  return {
    spec,
    metric,
    validation,
    foldScores,
    foldsPerRepeat: split.folds,
    outcome: recorded?.outcome ?? null,
    original: recorded?.original ?? null,
    test: tested ?? null,
  };
}

/** The lines that tell what an edit did: what changed, the score before and now, and whether that is more than noise. */
export function describeEdit(edit: {
  readonly number: number;
  readonly name: string;
  readonly elapsed: number;
  readonly before: Baseline | null | undefined;
  readonly now: Measured;
}): string {
  const { before, now } = edit;
  const time = `${edit.elapsed.toFixed(1)} s`;
  const unedited = now.outcome?.kind === "unedited";
  const title =
    unedited || edit.number === 0 ? `${edit.name} as it is` : `edit ${edit.number} of ${edit.name}`;
  const changes = before === null || before === undefined ? [] : specChanges(before.spec, now.spec);
  const lines = [
    [title, time, ...changes].join("   "),
    ...scoreLines(before, now),
    ...(now.outcome === null ? [] : [describeOutcome(now.outcome)]),
  ];
  return `${lines.map((line) => `  ${line}\n`).join("")}\n`;
}

function scoreLines(before: Baseline | null | undefined, now: Measured): string[] {
  const { metric } = now;
  const { label } = metrics[metric];
  const score = now.validation[metric];
  if (before === null || before === undefined) {
    return [`  validation ${label}   ${textOf(metric, score, score)}`, ...testLines(now)];
  }
  const was = before.validation[metric];
  const isSame = Object.is(was, score);
  const table = textTable(
    [
      [
        "",
        "was",
        "now",
        isSame ? "" : `difference on the same ${plural(now.foldScores.length, "fold")}`,
      ],
      [
        `validation ${label}`,
        textOf(metric, was, was),
        textOf(metric, score, was),
        isSame ? "same to the last bit" : comparisonText(before, now, metric),
      ],
    ],
    [1, 2],
  );
  return [...table.map((line) => `  ${line}`), ...testLines(now)];
}

function comparisonText(before: Baseline, now: Measured, metric: MetricName): string {
  const was = before.validation[metric];
  const score = now.validation[metric];
  const text = differenceText(metric, was, score);
  const comparable = before.metric === metric && before.foldScores.length === now.foldScores.length;
  if (!comparable || was === null || score === null) return text;
  const folds = compareFolds(
    before.foldScores,
    now.foldScores,
    score - was,
    metric,
    now.foldsPerRepeat,
  );
  const error =
    folds.standardError === null ? "" : `  ±${textOf(metric, folds.standardError, was)}`;
  return `${text}${error}   better in ${folds.better} of ${folds.folds} folds: ${folds.verdict}`;
}

function testLines({ test, metric }: Measured): string[] {
  if (test === null) return [];
  const looks = `${plural(test.looks, "look")} spent on edits`;
  if (test.scores === null) return [`  test   closed: ${test.reason}   (${looks}; open: --test)`];
  return [
    `  test ${metrics[metric].label}   ${textOf(metric, test.scores[metric], test.scores[metric])}   (${looks})`,
  ];
}
