import { findColumn, isNumberColumn, sharedFloat64, sharedInt32 } from "../../src/core/table.ts";
import type { Column, Table } from "../../src/core/table.ts";
import { Random } from "../../src/core/random.ts";
import type { Split } from "../../src/core/split.ts";
import type { MetricName } from "../../src/core/metrics.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { openFile } from "../../src/data/open-file.ts";
import type { Family } from "../../src/models/contract/family.ts";
import { defaultFeature } from "../../src/preprocess/complete.ts";
import { suggestTransforms } from "../../src/preprocess/target/suggest-transforms.ts";
import { buildContestants } from "../../src/search/contestants.ts";
import type { SearchPlan } from "../../src/search/search-plan.ts";

/** A benchmark set made small enough to search it many times. */
export interface SmallSet {
  readonly table: Table;
  readonly split: Split;
  readonly plan: Omit<SearchPlan, "seed">;
}

/** At most so many rows of a file, drawn with a fixed seed, in three folds and a test part of a quarter. */
export async function loadSmallSet(
  path: string,
  target: string,
  mostRows: number,
  families: readonly Family[],
): Promise<SmallSet> {
  const source = await openFile(path, { expected: [target] });
  const { columns } = await source.inspect();
  const used = columns.filter(({ role, name }) => role === "feature" || name === target);
  const loaded = await source.load({ columns: used, target });
  source.close();
  const table = drawRows(loaded.table, mostRows);
  const spec = {
    kind: "random",
    test: 0.25,
    folds: 3,
    repeats: 1,
    stratify: true,
    seed: 1,
  } as const;
  const split = makeSplit(table, target, spec);
  const truth = targetOf(table, target);
  const training = Float64Array.from(split.training.index, (row) => truth[row]!);
  const features = used.filter(({ name }) => name !== target).map(defaultFeature);
  const metric: MetricName = "rmse";
  const plan = {
    target,
    metric,
    rows: split.folds[0]!.train.count,
    folds: split.folds.length,
    budgetUnits: null,
    contestants: buildContestants(
      families,
      features,
      table,
      table.rows,
      undefined,
      split.training.index,
    ),
    transforms: suggestTransforms(training, target).transforms,
    logLink: false,
  };
  return { table, split, plan };
}

export function targetOf(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) throw new Error(`${target} is not a number`);
  return column.values;
}

function drawRows(table: Table, most: number): Table {
  if (table.rows <= most) return table;
  const order = new Random("rows").shuffle(Array.from({ length: table.rows }, (_, i) => i));
  const rows = order.slice(0, most).sort((a, b) => a - b);
  const rowNumbers = sharedInt32(most);
  rows.forEach((row, i) => (rowNumbers[i] = table.rowNumbers[row]!));
  const columns = table.columns.map((column): Column => {
    if (isNumberColumn(column)) {
      const values = sharedFloat64(most);
      rows.forEach((row, i) => (values[i] = column.values[row]!));
      return { ...column, values };
    }
    const codes = sharedInt32(most);
    rows.forEach((row, i) => (codes[i] = column.codes[row]!));
    return { ...column, codes };
  });
  return { ...table, rows: most, columns, rowNumbers };
}
