import { AutomlError } from "../core/errors.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { RowIndex } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import type { CategorySpec, FeatureSpec, TextSpec } from "../core/trial-spec.ts";
import { featureSpecs } from "./features/feature-specs.ts";
import { booleanWriter, fitBoolean, type FittedBoolean } from "./preparation/boolean.ts";
import { categoryWriter, fitCategory, type FittedCategory } from "./preparation/category.ts";
import { ColumnSource } from "./preparation/column-source.ts";
import { dateWriter, fitDate, type FittedDate } from "./preparation/date.ts";
import { derivedWriter, fitDerived, type FittedDerived } from "./preparation/derived.ts";
import type { Writer } from "./preparation/fitted-feature.ts";
import { fitNumeric, numericWriter, type FittedNumeric } from "./preparation/numeric.ts";
import { fitTargetEncoding } from "./preparation/target-encoding.ts";
import { fitText, textWriter, type FittedText } from "./preparation/text.ts";

export type FittedFeature =
  FittedNumeric | FittedDerived | FittedCategory | FittedBoolean | FittedDate | FittedText;

/** What preparing the training rows has learnt: plain JSON, the same bits after a round trip. */
export interface FittedPreparation {
  readonly kind: "preparation";
  readonly version: 1;
  /** One per line, in the order of the matrix: the table's columns, then the derived ones by name. */
  readonly features: readonly FittedFeature[];
}

/** Numbers a prepared matrix may hold: 2 GiB. */
export const mostCells = 2 ** 28;

/**
 * Learns the preparation of every line from the training rows and gives their matrix. The order of the lines changes
 * nothing. The matrix is not what `applyPreparation` gives for the same rows: target encodings are cross-fitted in it.
 *
 * Throws AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE, AUTOML_SPEC_INVALID (a category without encoding, a date without
 * parts, two lines for one column), AUTOML_EXPRESSION_INVALID, AUTOML_NO_FEATURES when no matrix column comes out, and
 * AUTOML_MODEL_TOO_LARGE.
 *
 * @param rows training rows of `table`
 * @param y target on the transformed scale, one value per row of `rows`; read by target encodings only
 */
export function fitPreparation(
  features: readonly FeatureSpec[],
  table: Table,
  rows: RowIndex,
  y: Float64Array,
): { readonly state: FittedPreparation; readonly matrix: Matrix } {
  if (y.length !== rows.length) {
    throw new AutomlError("AUTOML_INTERNAL", `${rows.length} rows but ${y.length} target values`);
  }
  const source = new ColumnSource(table);
  const crossFitted = new Map<FittedFeature, Float64Array>();
  const fitted = inMatrixOrder(featureSpecs(features), table).map((spec) => {
    if (spec.kind !== "text" && !isTargetEncoded(spec)) return fitFeature(spec, source, rows);
    const { state, training } =
      spec.kind === "text"
        ? fitText(spec, source, rows, y)
        : fitTargetEncoding(spec, source, rows, y);
    if (training !== undefined) crossFitted.set(state, training);
    return state;
  });
  const state: FittedPreparation = { kind: "preparation", version: 1, features: fitted };
  if (fitted.every((feature) => feature.names.length === 0)) {
    throw new AutomlError("AUTOML_NO_FEATURES", "The features make no column for a model.", {
      hint: "Add a line, or lower minRows of a one-hot encoding.",
    });
  }
  return { state, matrix: writeMatrix(state, table, rows, crossFitted) };
}

/**
 * The matrix of rows of any table that has the columns. Levels are found by their strings; ones that were not among the
 * training rows are safe. Throws AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE, and AUTOML_MODEL_INVALID for a state that
 * is none.
 */
export function applyPreparation(state: FittedPreparation, table: Table, rows: RowIndex): Matrix {
  return writeMatrix(state, table, rows);
}

function writeMatrix(
  state: FittedPreparation,
  table: Table,
  rows: RowIndex,
  crossFitted?: ReadonlyMap<FittedFeature, Float64Array>,
): Matrix {
  const { writers, names, levels } = compile(state);
  refuseTooLarge(rows.length, names.length);
  const { data } = createMatrix(rows.length, names);
  const source = new ColumnSource(table);
  let start = 0;
  state.features.forEach((feature, f) => {
    const known = crossFitted?.get(feature);
    const width = feature.names.length;
    if (known === undefined || width > 1) writers[f]!.write(source, rows, data, start);
    // The cross-fitted column is the only one, or the last.
    if (known !== undefined) data.set(known, start + (width - 1) * rows.length);
    start += width * rows.length;
  });
  return { rows: rows.length, columns: names.length, data, names, levels };
}

interface Compiled {
  readonly writers: readonly Writer[];
  readonly names: readonly string[];
  readonly levels: readonly number[];
}

const compiledStates = new WeakMap<FittedPreparation, Compiled>();

/** The writers of a state, made once, so that predicting one row at a time pays for its row only. */
function compile(state: FittedPreparation): Compiled {
  let compiled = compiledStates.get(state);
  if (compiled === undefined) {
    const isList: boolean = Array.isArray(state.features);
    if (state.kind !== "preparation" || state.version !== 1 || !isList) {
      throw new AutomlError("AUTOML_MODEL_INVALID", "This is no fitted preparation of version 1.");
    }
    const writers = state.features.map(writerOf);
    compiled = {
      writers,
      names: state.features.flatMap((feature) => feature.names),
      levels: writers.flatMap((writer) => writer.levels),
    };
    compiledStates.set(state, compiled);
  }
  return compiled;
}

function writerOf(state: FittedFeature): Writer {
  switch (state.kind) {
    case "numeric":
      return numericWriter(state);
    case "derived":
      return derivedWriter(state);
    case "category":
      return categoryWriter(state);
    case "boolean":
      return booleanWriter(state);
    case "date":
      return dateWriter(state);
    case "text":
      return textWriter(state);
    default: {
      const { kind } = state as { kind: unknown };
      throw new AutomlError("AUTOML_MODEL_INVALID", `No preparation is called ${String(kind)}.`);
    }
  }
}

function fitFeature(
  spec: Exclude<FeatureSpec, TextSpec>,
  source: ColumnSource,
  rows: RowIndex,
): FittedFeature {
  switch (spec.kind) {
    case "numeric":
      return fitNumeric(spec, source, rows);
    case "derived":
      return fitDerived(spec, source, rows);
    case "category":
      return fitCategory(spec, source, rows);
    case "boolean":
      return fitBoolean(spec, source, rows);
    case "date":
      return fitDate(spec, source, rows);
  }
}

type TargetEncodedSpec = CategorySpec & { readonly encode: { readonly by: "targetEncode" } };

function isTargetEncoded(spec: FeatureSpec): spec is TargetEncodedSpec {
  return spec.kind === "category" && spec.encode?.by === "targetEncode";
}

/** Table columns in the order of the table, then derived ones by name: the lines may be moved without any effect. */
function inMatrixOrder(specs: readonly FeatureSpec[], table: Table): FeatureSpec[] {
  const places = new Map(table.columns.map((column, place) => [column.name, place]));
  const placeOf = (spec: FeatureSpec): number =>
    spec.kind === "derived" ? Infinity : (places.get(spec.column) ?? -1);
  return [...specs].sort((a, b) => {
    const [placeA, placeB] = [placeOf(a), placeOf(b)];
    if (placeA !== placeB) return placeA < placeB ? -1 : 1;
    return a.column < b.column ? -1 : 1;
  });
}

function refuseTooLarge(rows: number, columns: number): void {
  if (rows * columns <= mostCells) return;
  throw new AutomlError(
    "AUTOML_MODEL_TOO_LARGE",
    `The prepared matrix would have ${rows} rows x ${columns} columns, more than ${mostCells} numbers.`,
    {
      hint: "Encode categories of many levels with .targetEncode() instead of .oneHot().",
      details: { rows, columns },
    },
  );
}
