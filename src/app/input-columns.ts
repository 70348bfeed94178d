import type { ColumnRequest } from "../data/cell-sql.ts";
import type { FeatureSpec } from "../core/trial-spec.ts";
import { inputColumns } from "../preprocess/features/feature-specs.ts";

/**
 * What has to be read from a file for these features: the column of every line, and the columns that only derived ones
 * read, as numbers.
 */
export function columnsOfFeatures(features: readonly FeatureSpec[]): ColumnRequest[] {
  return inputColumns(features).map((name) => {
    const line = features.find((feature) => feature.kind !== "derived" && feature.column === name);
    if (line === undefined || line.kind === "derived") return { name, type: "numeric" };
    if (line.kind === "category" && line.notMissing !== undefined)
      return { name, type: line.kind, notMissing: line.notMissing };
    return line.kind === "date" || (line.kind === "numeric" && line.format !== undefined)
      ? { name, type: line.kind, format: line.format }
      : { name, type: line.kind };
  });
}
