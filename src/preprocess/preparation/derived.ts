import type { RowIndex } from "../../core/split.ts";
import type { DerivedSpec } from "../../core/trial-spec.ts";
import { compileExpression } from "../expression/expression.ts";
import type { ColumnSource } from "./column-source.ts";
import type { Writer } from "./fitted-feature.ts";
import { fitNumbers, writeNumbers, type FittedNumbers } from "./numbers.ts";

export interface FittedDerived extends FittedNumbers {
  readonly kind: "derived";
  readonly expression: string;
}

export function fitDerived(spec: DerivedSpec, source: ColumnSource, rows: RowIndex): FittedDerived {
  const { column, expression } = spec;
  const compiled = compileExpression(expression);
  compiled.check(source.table);
  const raw = compiled.evaluate(source, rows);
  return { kind: "derived", expression, ...fitNumbers(column, spec, raw) };
}

export function derivedWriter(state: FittedDerived): Writer {
  const compiled = compileExpression(state.expression);
  return {
    levels: state.names.map(() => 0),
    write(source, rows, out, start) {
      out.set(compiled.evaluate(source, rows), start);
      writeNumbers(state, out, start, rows.length);
    },
  };
}
