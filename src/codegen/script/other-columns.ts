import type { ColumnRecord } from "../../core/run-record.ts";
import type { FeatureSpec, TargetSpec } from "../../core/trial-spec.ts";
import { list, type Expression } from "../syntax/expression.ts";
import type { ScriptRun } from "../script-input.ts";
import { featureExpression } from "./feature-line.ts";

/**
 * What a script reads beside features and target: the column that rows are divided by, and that of their weights where
 * its numbers are written in a way of their own. Null: nothing.
 *
 * @param features of all that the script fits
 */
export function otherColumns(
  { split, columns }: ScriptRun,
  { weight }: TargetSpec,
  features: readonly FeatureSpec[],
): Expression | null {
  const read = new Set(
    features.flatMap(({ kind, column }) => (kind === "derived" ? [] : [column])),
  );
  const record = (name: string): ColumnRecord | undefined =>
    columns.find((column) => column.name === name);
  const divided = split.kind === "random" ? undefined : record(split.column);
  const weights = weight === undefined ? undefined : record(weight);
  const specs = [
    ...(divided === undefined || read.has(divided.name) ? [] : [bareFeature(divided)]),
    ...(weights?.format === undefined || read.has(weights.name) || weights === divided
      ? []
      : [bareFeature({ ...weights, type: "numeric" })]),
  ];
  return specs.length === 0 ? null : list(specs.map(featureExpression));
}

function bareFeature({ name: column, type, format }: ColumnRecord): FeatureSpec {
  switch (type) {
    case "numeric":
      return { kind: "numeric", column, ...(format === undefined ? {} : { format }) };
    case "date":
      return { kind: "date", column, format: format ?? "%Y-%m-%d" };
    case "category":
    case "boolean":
    case "text":
      return { kind: type, column };
  }
}
