import { importanceChart, predictedChart } from "../../../codegen/notebook/charts.ts";
import { nameText } from "../../../codegen/syntax/comment-text.ts";
import { metrics } from "../../../core/metrics.ts";
import type { Split } from "../../../core/split.ts";
import { isNumberColumn, type Column } from "../../../core/table.ts";
import { plottedRows } from "../../../engine/plotted-rows.ts";
import { formatCount, formatNumber, plural } from "../../../report/format.ts";
import type { EnsembleResult, Measured, Result } from "../evaluate.ts";
import type { Importance } from "../explain.ts";
import type { AnyFitted, AnyFittedEnsemble } from "../fit.ts";
import { targetOf } from "../measured-alike.ts";
import type { LoadedTable } from "../read-table.ts";
import type { Recorded } from "../recorded.ts";
import type { TestScore } from "../score-test.ts";
import { sessionOf } from "../table-session.ts";
import { weightText } from "../measure-ensemble.ts";
import { bar, moreColumns, mostRows } from "./columns.ts";
import type { Display } from "./display.ts";
import { describeNoise } from "./noise.ts";
import { scoreTable, textOf } from "./scores.ts";

/** A table: one line per column, with its type and what is in it. */
export function describeTable(table: LoadedTable): Display {
  const { columns, rowsWithoutTarget } = table;
  const left =
    rowsWithoutTarget === 0
      ? []
      : [`${plural(rowsWithoutTarget, "row")} without ${nameText(table.target)} left out`];
  return {
    title: `${nameText(table.name)}   ${plural(table.rows, "row")}, ${plural(columns.length, "column")}`,
    table: {
      head: ["column", "type", "missing", "values"],
      rows: columns
        .slice(0, mostRows)
        .map((column) => [
          column.name === table.target
            ? `${nameText(column.name)} (target)`
            : nameText(column.name),
          column.type,
          formatCount(countMissing(column)),
          describeValues(column),
        ]),
      right: [2],
    },
    notes: [...moreColumns(columns.length), ...left],
  };
}

function countMissing(column: Column): number {
  let missing = 0;
  if (isNumberColumn(column))
    for (const value of column.values) missing += Number.isNaN(value) ? 1 : 0;
  else for (const code of column.codes) missing += code < 0 ? 1 : 0;
  return missing;
}

function describeValues(column: Column): string {
  if (!isNumberColumn(column))
    return plural(column.levels.length, column.type === "text" ? "text" : "level");
  let low = Infinity;
  let high = -Infinity;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return "–";
  if (column.type === "boolean") return low === high ? String(low === 1) : "false, true";
  const text =
    column.type === "date" ? dateText : (value: number): string => formatNumber(value, 6);
  return `${text(low)} … ${text(high)}`;
}

function dateText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A split: how many rows are in which part. */
export function describeSplit(split: Split): Display {
  const { folds, repeats } = split.spec;
  const training = plural(split.training.count, "training row");
  const parts =
    folds === 1
      ? `${formatCount(split.folds[0]?.validation.count ?? 0)} of them held out for validation`
      : `in ${formatCount(folds)} folds${repeats > 1 ? ` x ${formatCount(repeats)}` : ""}`;
  const test =
    split.test.count === 0 ? "no test part" : `${plural(split.test.count, "test row")}, put aside`;
  return { notes: [`${training} ${parts}; ${test}`] };
}

/** A result beside the recorded one: the scores, and how much they vary over folds. */
export function describeResult(result: Result, beside?: Recorded): Display {
  return describeMeasured(result, result.trial.target.column, beside);
}

/** The same of an ensemble, and how good its members are alone. */
export function describeEnsemble(result: EnsembleResult, beside?: Recorded): Display {
  const { ensemble, alone, metric } = result;
  const display = describeMeasured(result, targetOf(ensemble), beside);
  const members = ensemble.members.map(({ trial, weight }, i) => {
    const score = alone[i]?.[metric] ?? null;
    return `${nameText(trial)} ${textOf(metric, score, score)} (weight ${weightText(weight)})`;
  });
  const words = `${metrics[metric].label} of each member alone: ${members.join(", ")}`;
  return { ...display, notes: [...display.notes, words] };
}

function describeMeasured(result: Measured, target: string, beside?: Recorded): Display {
  const { metric, folds, standardError, validation } = result;
  const { label } = metrics[metric];
  const score = validation[metric];
  const spread =
    standardError === null
      ? []
      : [
          `${label} of the ${folds.length} folds: ${textOf(metric, Math.min(...folds), score)} … ` +
            `${textOf(metric, Math.max(...folds), score)}, standard error ${textOf(metric, standardError, score)}`,
        ];
  const { table, outOfFold } = result;
  const truth = sessionOf(table).wholeTruth(target);
  return {
    table: scoreTable("validation", validation, metric, beside?.validation),
    notes: [...spread, ...describeNoise(result, beside)],
    chart: predictedChart(plottedRows(outOfFold, truth, table.rowNumbers)),
  };
}

/** A test score beside the recorded one, or why the test part stayed closed. */
export function describeTest(test: TestScore, beside?: Recorded): Display {
  const looks = `${plural(test.looks, "look")} spent on edits`;
  if (test.scores === null) {
    const how = test.rows === 0 ? "" : ` (${looks}; open: --test)`;
    return { notes: [`test   closed: ${test.reason}${how}`] };
  }
  const note =
    test.looks === 0
      ? "to confirm, not to choose"
      : `${looks}; a test part that is looked at often is none`;
  return {
    table: scoreTable("test", test.scores, "rmse", beside?.test),
    notes: [`${plural(test.rows, "row")}: ${note}`],
  };
}

/** Columns by importance, with bars. */
export function describeImportance(importance: Importance): Display {
  const { metric, repeats } = importance;
  const rows = importance.rows.slice(0, mostRows);
  const largest = Math.max(...rows.map((row) => row.increase), 0);
  const text = (value: number): string => textOf(metric, value, largest);
  return {
    table: {
      head: ["column", `${metrics[metric].label} lost`, "", "low … high"],
      rows: rows.map(({ column, increase, low, high }) => [
        nameText(column),
        text(increase),
        bar(increase, largest),
        `${text(low)} … ${text(high)}`,
      ]),
      right: [1],
    },
    notes: [
      ...moreColumns(importance.rows.length),
      `each column shuffled ${plural(repeats, "time")} among validation rows`,
    ],
    chart: importanceChart(
      rows.map((row) => ({ ...row, column: nameText(row.column) })),
      metrics[metric].label,
    ),
  };
}

/** A fitted trial or ensemble in a line. */
export function describeFitted(fitted: AnyFitted | AnyFittedEnsemble): Display {
  if (fitted.kind === "fitted-ensemble") {
    const { members } = fitted.ensemble;
    const on = plural(fitted.rows, "row");
    return { notes: [`ensemble of ${formatCount(members.length)}, each fitted on ${on}`] };
  }
  return { notes: [`${fitted.trial.model.kind}, fitted on ${plural(fitted.rows, "row")}`] };
}
