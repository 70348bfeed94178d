import type { CheckRecord } from "../../core/run-record.ts";
import { findColumn, isNumberColumn, type Table } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import type { ColumnStrength } from "./column-strength.ts";
import { fitLine } from "./squared-correlation.ts";

/** Rows that share a value; means of fewer are the target itself, or chance. */
const fewestRows = 2;
const fewestLevels = 5;
const mostDistinct = 0.7;
const bound = 0.999;
const tellsBound = 0.05;

/**
 * Columns that hold the mean of the target over the rows with their value: a target encoding made outside of the folds,
 * with the rows it is to predict. O(rows) for the few columns that move with the target one to one.
 */
export function checkTargetMean(
  strengths: readonly ColumnStrength[],
  table: Table,
  target: string,
): CheckRecord[] {
  const truth = findColumn(table, target);
  if (truth === undefined || !isNumberColumn(truth)) return [];
  return strengths.flatMap(({ column, rows, distinct, linear, isMean }): CheckRecord[] => {
    if (column.type !== "numeric" || !isMean || linear < tellsBound) return [];
    if (distinct > mostDistinct * rows) return [];
    const levels = new Map<number, { sum: number; count: number }>();
    for (let row = 0; row < table.rows; row++) {
      const value = column.values[row]!;
      const level = levels.get(value) ?? { sum: 0, count: 0 };
      level.sum += truth.values[row]!;
      level.count++;
      levels.set(value, level);
    }
    const shared = [...levels].filter(([, { count }]) => count >= fewestRows);
    if (shared.length < fewestLevels) return [];
    const line = fitLine(
      shared.map(([value]) => value),
      shared.map(([, { sum, count }]) => sum / count),
    );
    const isExact =
      line.r2 >= bound &&
      Math.abs(line.slope - 1) < 0.01 &&
      Math.abs(line.meanX - line.meanY) < 0.01 * line.spread;
    if (!isExact) return [];
    const { name } = column;
    return [
      finding("leak-target-mean", {
        message: `${name} is the mean of ${target} over the rows that share its value: it was made with the rows it is to predict.`,
        action: `Kept. Give the column it was made from instead, which is encoded inside of the folds, and --exclude "${name}".`,
        columns: [name],
        evidence: `R² of ${name} with the means of its ${shared.length} shared values: ${line.r2.toFixed(5)}, slope ${line.slope.toFixed(3)}`,
      }),
    ];
  });
}
