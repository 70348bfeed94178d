import type { RowIndex } from "../../core/split.ts";
import type { BooleanSpec } from "../../core/trial-spec.ts";
import type { ColumnSource } from "./column-source.ts";
import type { FittedLine, Writer } from "./fitted-feature.ts";
import { fillMissing, gatherNumbers, writeFlags } from "./numbers.ts";

export interface FittedBoolean extends FittedLine {
  readonly kind: "boolean";
  readonly flagMissing: boolean;
  readonly fill: 0 | 1 | null;
}

export function fitBoolean(spec: BooleanSpec, source: ColumnSource, rows: RowIndex): FittedBoolean {
  const { column } = spec;
  const values = source.numbers(column, "boolean");
  const flagMissing = spec.flagMissing === true;
  return {
    kind: "boolean",
    column,
    names: flagMissing ? [column, `${column}.missing`] : [column],
    flagMissing,
    fill: spec.impute === undefined ? null : fillOf(spec.impute, values, rows),
  };
}

export function booleanWriter(state: FittedBoolean): Writer {
  return {
    levels: state.names.map(() => 0),
    write(source, rows, out, start) {
      const count = rows.length;
      gatherNumbers(source.numbers(state.column, "boolean"), rows, out, start);
      const values = out.subarray(start, start + count);
      if (state.flagMissing) writeFlags(values, out.subarray(start + count, start + 2 * count));
      if (state.fill !== null) fillMissing(values, state.fill);
    },
  };
}

/** The more frequent value; false when both are equally frequent. */
function fillOf(impute: "mostFrequent" | boolean, values: Float64Array, rows: RowIndex): 0 | 1 {
  if (typeof impute === "boolean") return impute ? 1 : 0;
  let balance = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!;
    if (value === 1) balance++;
    else if (value === 0) balance--;
  }
  return balance > 0 ? 1 : 0;
}
