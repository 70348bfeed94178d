import { lossOf, scorePredictions } from "../core/metrics.ts";
import { Random } from "../core/random.ts";
import type { ImportanceRow } from "../core/run-record.ts";
import type { RowIndex } from "../core/split.ts";
import {
  isNumberColumn,
  sharedFloat64,
  sharedInt32,
  type Column,
  type Table,
} from "../core/table.ts";
import { predictEnsemble, type FittedEnsemble } from "../ensemble/ensemble-model.ts";
import { inputColumns } from "../preprocess/features/feature-specs.ts";
import { modelSize, sampleRows, weightsOf, type ImportanceOptions } from "./importance.ts";

/**
 * Permutation importance of an ensemble: the cells of one column of the file are shuffled among rows that no member was
 * fitted on, for all members at once, so that what they compute from it moves with it. Sorted, largest first.
 *
 * @param truth target of each of `rows`, on the original scale
 */
export function ensembleImportance(
  fitted: FittedEnsemble,
  table: Table,
  rows: RowIndex,
  truth: Float64Array,
  options: ImportanceOptions,
): ImportanceRow[] {
  const names = inputColumns(fitted.members.flatMap((member) => member.fitted.spec.features));
  const random = new Random(options.seed).split("importance");
  const size = fitted.members.reduce((sum, member) => sum + modelSize(member.fitted), 0);
  const taken = sampleRows(size, rows.length, names.length * options.repeats, random);
  const sampleTruth = Float64Array.from(taken, (position) => truth[position]!);
  const sample = rowsOfTable(
    table,
    Int32Array.from(taken, (position) => rows[position]!),
  );
  const all = sharedInt32(taken.length);
  for (let i = 0; i < all.length; i++) all[i] = i;
  const sampleWeights = weightsOf(options, taken);
  const loss = (shuffled: Table): number =>
    lossOf(
      scorePredictions(sampleTruth, predictEnsemble(fitted, shuffled, all), sampleWeights),
      options.metric,
    );
  const base = loss(sample);
  const result = names.map((name): ImportanceRow => {
    const increases = Array.from({ length: options.repeats }, (_, repeat) => {
      const order = random.split(`${name}/${repeat}`).shuffle(Int32Array.from(taken, (__, i) => i));
      const columns = sample.columns.map((column) =>
        column.name === name ? takeCells(column, order) : column,
      );
      return loss({ ...sample, columns }) - base;
    });
    const mean = increases.reduce((sum, value) => sum + value, 0) / increases.length;
    const [low, high] = [Math.min(...increases), Math.max(...increases)];
    return { column: name, increase: mean, low, high };
  });
  return result.sort((a, b) => b.increase - a.increase);
}

/** Some rows of a table, as a table of their own. */
function rowsOfTable(table: Table, positions: Int32Array): Table {
  const rowNumbers = sharedInt32(positions.length);
  for (let i = 0; i < positions.length; i++) rowNumbers[i] = table.rowNumbers[positions[i]!]!;
  const columns = table.columns.map((column) => takeCells(column, positions));
  return { ...table, rows: positions.length, columns, rowNumbers };
}

function takeCells(column: Column, positions: Int32Array): Column {
  if (isNumberColumn(column)) {
    const values = sharedFloat64(positions.length);
    for (let i = 0; i < positions.length; i++) values[i] = column.values[positions[i]!]!;
    return { ...column, values };
  }
  const codes = sharedInt32(positions.length);
  for (let i = 0; i < positions.length; i++) codes[i] = column.codes[positions[i]!]!;
  return { ...column, codes };
}
