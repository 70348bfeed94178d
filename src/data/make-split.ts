import type { Split, SplitSpec } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import { splitAtRandom } from "./division/at-random.ts";
import { splitByColumn } from "./division/by-column.ts";
import { splitByGroup } from "./division/by-group.ts";
import { splitByTime } from "./division/by-time.ts";
import { heldOutShare } from "./division/held-out.ts";
import { countedRows, splitError } from "./division/rows.ts";

export { collectRows } from "./division/rows.ts";

/**
 * Divides a table as `spec` says. A pure function of the values it names, their order and the spec, the same bits on
 * every machine. The spec of what comes back says what was found, where a column decides. Throws AUTOML_SPLIT_INVALID,
 * AUTOML_WEIGHT_INVALID.
 *
 * @param weight column of row weights: rows without a weight above 0 are in no part
 */
export function makeSplit(table: Table, target: string, spec: SplitSpec, weight?: string): Split {
  checkSpec(spec);
  const counted = countedRows(table, weight);
  switch (spec.kind) {
    case "random":
      return splitAtRandom(table, target, spec, counted);
    case "time":
      return splitByTime(table, spec, counted);
    case "group":
      return splitByGroup(table, target, spec, counted);
    case "column":
      return splitByColumn(table, target, spec, counted);
  }
}

function checkSpec(spec: SplitSpec): void {
  const whole = (value: number) => Number.isInteger(value) && value >= 1;
  const validation = spec.validation ?? heldOutShare;
  const problem = !(spec.test >= 0 && spec.test < 1)
    ? `test must be from 0 to below 1, but is ${spec.test}`
    : !whole(spec.folds) || !whole(spec.repeats)
      ? `folds and repeats must be whole numbers from 1, but are ${spec.folds} and ${spec.repeats}`
      : !(validation > 0 && validation < 1)
        ? `validation must be between 0 and 1, but is ${validation}`
        : undefined;
  if (problem === undefined) return;
  throw splitError(
    `The rows cannot be divided so: ${problem}.`,
    "For example split.random(table, { test: 0.2, folds: 5, repeats: 1, seed: 1 }).",
  );
}
