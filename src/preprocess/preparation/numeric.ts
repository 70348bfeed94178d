import type { RowIndex } from "../../core/split.ts";
import type { NumericSpec } from "../../core/trial-spec.ts";
import type { ColumnSource } from "./column-source.ts";
import type { Writer } from "./fitted-feature.ts";
import { fitNumbers, gatherNumbers, writeNumbers, type FittedNumbers } from "./numbers.ts";

export interface FittedNumeric extends FittedNumbers {
  readonly kind: "numeric";
}

export function fitNumeric(spec: NumericSpec, source: ColumnSource, rows: RowIndex): FittedNumeric {
  const raw = new Float64Array(rows.length);
  gatherNumbers(source.numbers(spec.column, "numeric"), rows, raw, 0);
  return { kind: "numeric", ...fitNumbers(spec.column, spec, raw) };
}

export function numericWriter(state: FittedNumeric): Writer {
  return {
    levels: state.names.map(() => 0),
    write(source, rows, out, start) {
      gatherNumbers(source.numbers(state.column, "numeric"), rows, out, start);
      writeNumbers(state, out, start, rows.length);
    },
  };
}
