import { stableStringify } from "../core/json.ts";
import type { RowIndex } from "../core/split.ts";
import { findColumn, isNumberColumn, type CodedColumn, type Table } from "../core/table.ts";
import type { CategorySpec, FeatureSpec, NumericSpec } from "../core/trial-spec.ts";
import { completeFeatures, type PreparationNeeds } from "../preprocess/complete.ts";
import { countLevels } from "../preprocess/preparation/level-counts.ts";

/**
 * Ways to prepare the same columns for the same family. What a name stands for depends on what the family needs; specs
 * and scripts hold the lines themselves, never the name.
 */
export const preparationNames = ["default", "targetEncode", "oneHot", "logged"] as const;
export type PreparationName = (typeof preparationNames)[number];

/** Families that split on codes handle a category of so few levels better than its mean target. */
const mostCodedLevels = 8;
/** A category of so few levels has a column of 0 and 1 per level by default. */
const mostDefaultLevels = 12;
/** Columns of 0 and 1 for all categories together. */
const mostOneHotColumns = 300;
/** Rarer levels share a column; the first of these with which all categories together do not get too many. */
const rareBelow = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
/** Skewness beyond which a numeric column is logged. */
const strongSkew = 2;

/**
 * The lines of a run under one preparation, completed for a family with these needs; null when they are the same as
 * under an earlier name for this table. Lines that come with a preparation of their own keep it.
 * @param rows training rows: nothing else is looked at to find skewed columns and rare levels
 */
export function preparedFeatures(
  name: PreparationName,
  features: readonly FeatureSpec[],
  needs: PreparationNeeds,
  table: Table,
  rows: RowIndex,
): readonly FeatureSpec[] | null {
  const variants = preparationNames
    .slice(0, preparationNames.indexOf(name) + 1)
    .map((each) => completeFeatures(changed(each, features, needs, table, rows), needs, table));
  const own = variants.pop()!.features;
  const key = stableStringify(own);
  return variants.some((earlier) => stableStringify(earlier.features) === key) ? null : own;
}

function changed(
  name: PreparationName,
  features: readonly FeatureSpec[],
  needs: PreparationNeeds,
  table: Table,
  rows: RowIndex,
): readonly FeatureSpec[] {
  switch (name) {
    case "default":
      return features;
    case "targetEncode":
      return features.map((spec) => targetEncoded(spec, needs, table));
    case "oneHot":
      return needs.categories === "native" ? features : oneHot(features, table, rows);
    case "logged":
      // Trees cut at thresholds: a monotone change of a column is none to them.
      return needs.categories === "native"
        ? features
        : features.map((spec) => (isSkewed(spec, table, rows) ? { ...spec, log: true } : spec));
  }
}

function targetEncoded(spec: FeatureSpec, needs: PreparationNeeds, table: Table): FeatureSpec {
  const column = openCategory(spec, table);
  if (column === null) return spec;
  if (needs.categories === "native" && column.levels.length <= mostCodedLevels) return spec;
  return { ...(spec as CategorySpec), encode: { by: "targetEncode", smoothing: 10 } };
}

/** A column of 0 and 1 for every level that is not rare, in large categories too, and one for all rare ones. */
function oneHot(features: readonly FeatureSpec[], table: Table, rows: RowIndex): FeatureSpec[] {
  const large = features.map((spec) => {
    const column = openCategory(spec, table);
    // The default gives these a column per level anyway.
    return column === null || column.levels.length <= mostDefaultLevels ? null : column;
  });
  const counts = large.map((column) => column && countLevels(column, rows).of);
  const columnsWith = (minRows: number): number =>
    counts.reduce((sum, of) => sum + (of === null ? 0 : atLeast(minRows, of)), 0);
  const minRows = rareBelow.find((few) => columnsWith(few) <= mostOneHotColumns);
  if (minRows === undefined) return [...features];
  return features.map((spec, i) => {
    const of = counts[i]!;
    // A single level would tell next to nothing of the others.
    if (of === null || atLeast(minRows, of) < 2) return spec;
    return { ...(spec as CategorySpec), encode: { by: "oneHot", minRows } };
  });
}

/** Levels of a category with at least so many of the rows. O(rows + levels). */
export function levelsWith(minRows: number, column: CodedColumn, rows: RowIndex): number {
  return atLeast(minRows, countLevels(column, rows).of);
}

function atLeast(minRows: number, counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + (count >= minRows ? 1 : 0), 0);
}

/** The column of a category line that has no preparation yet. */
function openCategory(spec: FeatureSpec, table: Table): CodedColumn | null {
  if (spec.kind !== "category" || spec.encode !== undefined) return null;
  const column = findColumn(table, spec.column);
  return column !== undefined && !isNumberColumn(column) ? column : null;
}

function isSkewed(spec: FeatureSpec, table: Table, rows: RowIndex): spec is NumericSpec {
  if (spec.kind !== "numeric" || spec.log !== undefined || spec.clip !== undefined) return false;
  const column = findColumn(table, spec.column);
  if (column === undefined || !isNumberColumn(column)) return false;
  return Math.abs(skewness(column.values, rows)) > strongSkew;
}

/** Third standardised moment of the values that are there; 0 for a constant. O(rows). */
function skewness(values: Float64Array, rows: RowIndex): number {
  let count = 0;
  let sum = 0;
  let largest = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    largest = Math.max(largest, Math.abs(value));
  }
  if (count === 0 || largest === 0) return 0;
  const mean = sum / count;
  let squares = 0;
  let cubes = 0;
  for (const row of rows) {
    // Shares of the largest keep cubes of large values in range.
    const distance = (values[row]! - mean) / largest;
    if (!Number.isFinite(distance)) continue;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  const deviation = Math.sqrt(squares / count);
  return deviation < 1e-12 ? 0 : cubes / count / (deviation * deviation * deviation);
}
