import type { CheckRecord } from "../../core/run-record.ts";
import { findColumn, isNumberColumn, type Column } from "../../core/table.ts";
import { checkFunctions } from "./check-functions.ts";
import { checkFuture, directionOf, targetSeries } from "./check-future.ts";
import { checkGroups } from "./check-groups.ts";
import { checkIdentifiers, countsRows } from "./check-identifiers.ts";
import { checkOneColumn, isLeak } from "./check-one-column.ts";
import { checkOrder } from "./check-order.ts";
import { checkSum } from "./check-sum.ts";
import { checkTargetMean } from "./check-target-mean.ts";
import { columnStrength, type ColumnStrength } from "./column-strength.ts";
import { fileSeries, timeSeries } from "./row-series.ts";
import { drawSample, takeTarget, type SuspectInput } from "./suspect-input.ts";

/**
 * What small models of the training rows tell about the columns before the search: leaks, identifiers and orders that
 * predict, groups. Looks at a sample of the training rows (leak-future and the orders need neighbours and look at all
 * rows); always the same for the same table and split. Nothing is changed: the findings are for the user to act on.
 */
export function checkSuspects(input: SuspectInput): CheckRecord[] {
  const { table, target, columns, split, identifiers = [] } = input;
  const truth = findColumn(table, target);
  if (truth === undefined || !isNumberColumn(truth) || split.training.count < 30) return [];
  const sample = drawSample(input);
  const used = new Set(columns.filter(({ role }) => role === "feature").map(({ name }) => name));
  const features = table.columns.filter(({ name }) => name !== target && used.has(name));
  const numbering = features.filter((column) => countsRows(column, sample));
  const strengths = features
    .filter((column) => !numbering.includes(column))
    .map((column) => columnStrength(column, sample))
    .filter((strength) => strength !== undefined);
  const leaking = new Set(
    strengths.filter((strength) => isLeak(strength, sample)).map(({ column }) => column),
  );
  const future = leaksOfTime(input, features, truth);
  const told = new Set(future.flatMap((check) => check.columns ?? []));
  const means = checkTargetMean(strengths, table, target);
  const honest = features.filter((column) => !leaking.has(column) && !told.has(column.name));
  const functions = checkFunctions(honest, sample, target);
  const sum = functions.length > 0 ? undefined : checkSum(honest, sample, target);
  const isLeftOut = (name: string): boolean =>
    columns.some((column) => column.name === name && column.role === "identifier");
  const isRandom = split.spec.kind === "random";
  return [
    ...checkOneColumn(
      strengths.filter(({ column }) => !told.has(column.name)),
      sample,
      target,
      (strength) => isEarlierTarget(strength, input),
    ),
    ...functions,
    ...(sum === undefined ? [] : [sum]),
    ...future,
    ...means,
    ...checkIdentifiers([...identifiers, ...numbering], sample, target, isLeftOut),
    ...(isRandom ? checkOrder(table, target, strengths, sample) : []),
    ...(isRandom ? checkGroups(strengths, target) : []),
  ];
}

/** In order of the given time; else of every date; and in any case of the file. A column is named once. */
function leaksOfTime(
  { table, target, timeColumn }: SuspectInput,
  features: readonly Column[],
  truth: Column,
): CheckRecord[] {
  const names =
    timeColumn !== undefined
      ? [timeColumn]
      : features.filter(({ type }) => type === "date").map(({ name }) => name);
  const orders = [
    ...names.slice(0, 3).map((name) => timeSeries(table, name)),
    fileSeries(table),
  ].filter((series) => series !== undefined);
  const found = new Map<string, CheckRecord>();
  for (const series of orders) {
    for (const check of checkFuture(features, truth, target, series))
      if (!found.has(check.column ?? "")) found.set(check.column ?? "", check);
  }
  return [...found.values()];
}

/**
 * Whether a column that goes with the target is the target of earlier rows, as of a slow series: then the last value
 * tells it better than the present one does.
 */
function isEarlierTarget(
  { column, linear }: ColumnStrength,
  { table, target, timeColumn }: SuspectInput,
): boolean {
  const order = timeColumn === undefined ? fileSeries(table) : timeSeries(table, timeColumn);
  if (order === undefined) return false;
  const neighbours = targetSeries(order, takeTarget(table, target, order.rows));
  if (neighbours === undefined) return false;
  const { past } = directionOf(column, neighbours, "before");
  return past >= 0.9 && 1 - past < (1 - linear) / 2;
}
