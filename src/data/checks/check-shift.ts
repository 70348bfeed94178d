import type { CheckRecord } from "../../core/run-record.ts";
import type { RowIndex, Split } from "../../core/split.ts";
import {
  isNumberColumn,
  type Column,
  type NumberColumn,
  type CodedColumn,
  type Table,
} from "../../core/table.ts";
import { finding } from "./code-table.ts";

/** Largest distance of two distributions, 0 … 1, above which a column is named. */
const distanceBound = 0.25;
/** Kolmogorov and Smirnov's critical value at 1 %, times the root of the rows. */
const critical = 1.63;
const mostRows = 20_000;
const named = 5;

interface Shift {
  readonly name: string;
  readonly distance: number;
}

/**
 * Columns whose values in the test part are not those of the training part, where the parts were not drawn at random.
 * Numbers by the statistic of Kolmogorov and Smirnov, categories by total variation. Looks at no target.
 * O(columns x rows log rows), on every so-manieth row of a long table.
 */
export function checkShift(table: Table, target: string, split: Split): CheckRecord[] {
  const { spec } = split;
  if (spec.kind === "random" || split.test.count < 30 || split.training.count < 30) return [];
  const train = thin(split.training.index);
  const test = thin(split.test.index);
  const least = critical * Math.sqrt(1 / train.length + 1 / test.length);
  const shifts = table.columns
    // That times or groups differ is what was asked for.
    .filter(({ name, type }) => name !== target && name !== spec.column && type !== "date")
    .filter(({ type }) => type !== "text")
    .map((column): Shift => ({ name: column.name, distance: distanceOf(column, train, test) }))
    .filter(({ distance }) => distance > Math.max(least, distanceBound))
    .sort((a, b) => b.distance - a.distance);
  if (shifts.length === 0) return [];
  const shown = shifts.slice(0, named);
  const names = shown.map(({ name }) => name).join(", ");
  const more = shifts.length > named ? ` and ${shifts.length - named} more` : "";
  return [
    finding("shifted-columns", {
      message: `${names}${more}: other values in the test part than in training.`,
      action: actionFor(shifts, table),
      columns: shifts.map(({ name }) => name),
      evidence: `largest distance of the distributions (0 to 1): ${shown.map(({ name, distance }) => `${name} ${distance.toFixed(2)}`).join(", ")}; bound ${distanceBound}`,
    }),
  ];
}

/** Beyond the numbers they have seen only some models reach; of levels nobody can say anything. */
function actionFor(shifts: readonly Shift[], table: Table): string {
  const isNumber = shifts.some(({ name }) =>
    table.columns.some((column) => column.name === name && isNumberColumn(column)),
  );
  return isNumber
    ? "Expect a larger error there than in validation; models that reach beyond what they have seen (linear ones) may do better than trees."
    : "Expect a larger error there than in validation; levels that training does not have tell a model nothing, so leave out columns of names that new rows will not share.";
}

function thin(index: RowIndex): Int32Array {
  const step = Math.ceil(index.length / mostRows);
  return index.filter((_, i) => i % step === 0);
}

function distanceOf(column: Column, train: Int32Array, test: Int32Array): number {
  return isNumberColumn(column)
    ? kolmogorovSmirnov(column, train, test)
    : totalVariation(column, train, test);
}

/** Largest difference of the distribution functions; missing cells count as a value below all. */
function kolmogorovSmirnov({ values }: NumberColumn, train: Int32Array, test: Int32Array): number {
  const sorted = (rows: Int32Array): Float64Array =>
    Float64Array.from(rows, (row) =>
      Number.isNaN(values[row]!) ? -Infinity : values[row]!,
    ).sort();
  const [a, b] = [sorted(train), sorted(test)];
  let i = 0;
  let j = 0;
  let distance = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance;
}

/** Half the sum of the differences of the levels' shares. */
function totalVariation({ codes }: CodedColumn, train: Int32Array, test: Int32Array): number {
  const shares = new Map<number, number>();
  for (const row of train)
    shares.set(codes[row]!, (shares.get(codes[row]!) ?? 0) + 1 / train.length);
  for (const row of test) shares.set(codes[row]!, (shares.get(codes[row]!) ?? 0) - 1 / test.length);
  let sum = 0;
  for (const share of shares.values()) sum += Math.abs(share);
  return sum / 2;
}
