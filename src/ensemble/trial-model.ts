import { AutomlError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { RowIndex } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import { Random } from "../core/random.ts";
import { customDefinition } from "../models/custom.ts";
import type { Family } from "../models/contract/family.ts";
import type { ModelStructure } from "../models/contract/structure.ts";
import { predictStructure } from "../models/predict/predict-structure.ts";
import { findFamily } from "../models/registry.ts";
import { applyPreparation, type FittedPreparation } from "../preprocess/preparation.ts";
import { applySteps, type FittedStep } from "../preprocess/steps/steps.ts";
import { invertTarget, withSmearing, type FittedTarget } from "../preprocess/target/target.ts";
import type { InputRange } from "./input-ranges.ts";
import type { FitSession, PreparedRows } from "./fit-session.ts";

/** A trial fitted on some rows: everything needed to predict a row of a table. */
export interface FittedTrial {
  readonly spec: TrialSpec;
  readonly preparation: FittedPreparation;
  readonly steps: readonly FittedStep[];
  readonly target: FittedTarget;
  readonly model: FittedModel;
  /** Smallest and largest value of each numeric column among those rows. */
  readonly ranges: readonly InputRange[];
  /** How many rows it was fitted on. */
  readonly rows: number;
}

/** A structure that can be saved, or the functions of a model of the user's own. */
export type FittedModel =
  | { readonly kind: "structure"; readonly structure: ModelStructure }
  | { readonly kind: "custom"; readonly predict: (x: Matrix) => Float64Array };

/** Fits a trial on the rows of the session's table. Pure: same spec, table and rows, same bits. */
export function fitTrial(spec: TrialSpec, rows: RowIndex, session: FitSession): FittedTrial {
  const prepared = session.prepare(spec, rows);
  return finishTrial(spec, prepared, fitModel(spec, prepared), session);
}

/** Fits an iterative family until the validation rows say stop. `best` is the number of rounds they like best. */
export function fitTrialUntil(
  spec: TrialSpec,
  rows: RowIndex,
  validation: RowIndex,
  session: FitSession,
): { readonly structure: ModelStructure; readonly best: number; readonly rounds: number } {
  const family = findFamily(spec.model.kind);
  if (family.rounds === undefined) {
    throw new AutomlError("AUTOML_INTERNAL", `${family.label} has no rounds to stop at`);
  }
  const prepared = session.prepare(spec, rows);
  refuseIfTooLarge(family, spec, prepared);
  const x = session.apply(prepared, validation);
  const y = session.transformedTruth(spec, prepared, validation);
  const all = session.weights(spec.target);
  const weights = all === undefined ? {} : { weights: takeRows(all, validation) };
  const fit = inputOf(family, prepared);
  return family.rounds.fitUntil(fit.x, fit.y, { x, y, ...weights }, spec.model.params, fit.context);
}

/** The fitted trial around a structure that is already there (the first rounds of a longer fit). */
export function finishTrial(
  spec: TrialSpec,
  prepared: PreparedRows,
  model: FittedModel,
  session: FitSession,
): FittedTrial {
  const target =
    spec.target.transform === "none"
      ? prepared.target
      : withSmearing(
          prepared.target,
          session.truth(spec.target.column, prepared.rows),
          predictModel(model, prepared.x),
          prepared.weights,
        );
  const { preparation, steps, ranges, rows } = prepared;
  return { spec, preparation, steps, target, model, ranges, rows: rows.length };
}

/** Predictions on the original scale for rows of any table that has the columns. Length: rows. */
export function predictTrial(fitted: FittedTrial, table: Table, rows: RowIndex): Float64Array {
  const matrix = applySteps(fitted.steps, applyPreparation(fitted.preparation, table, rows));
  return predictMatrix(fitted, matrix);
}

/** Predictions on the original scale from a matrix that went through the trial's own preparation and steps. */
export function predictMatrix(fitted: FittedTrial, matrix: Matrix): Float64Array {
  return invertTarget(fitted.target, predictModel(fitted.model, matrix));
}

function predictModel(model: FittedModel, x: Matrix): Float64Array {
  return model.kind === "structure" ? predictStructure(model.structure, x) : model.predict(x);
}

function fitModel(spec: TrialSpec, prepared: PreparedRows): FittedModel {
  const custom = customDefinition(spec.model);
  if (custom !== undefined) {
    const random = new Random("custom");
    const { x, y } = prepared.weights === undefined ? prepared : prepared.drawn();
    const state = custom.fit(x, y, custom.params, () => random.next());
    return { kind: "custom", predict: (x) => custom.predict(state, x) };
  }
  const family = findFamily(spec.model.kind);
  refuseIfTooLarge(family, spec, prepared);
  const { x, y, context } = inputOf(family, prepared);
  const structure = family.fit(x, y, spec.model.params, context);
  return { kind: "structure", structure };
}

/** Weighted rows as they are, or drawn by weight for a family without a use for weights. */
function inputOf(
  family: Family,
  prepared: PreparedRows,
): Pick<PreparedRows, "x" | "y" | "context"> {
  const isAsItIs = prepared.weights === undefined || family.takesWeights === true;
  return isAsItIs ? prepared : prepared.drawn();
}

function takeRows(values: Float64Array, rows: RowIndex): Float64Array {
  return Float64Array.from(rows, (row) => values[row]!);
}

function refuseIfTooLarge(family: Family, spec: TrialSpec, prepared: PreparedRows): void {
  if (family.maxUnits === undefined) return;
  const { rows, columns } = prepared.x;
  const { units } = family.cost({ rows, columns }, spec.model.params);
  if (units <= family.maxUnits) return;
  throw new AutomlError(
    "AUTOML_MODEL_TOO_LARGE",
    `${family.label} on ${rows} rows x ${columns} columns would cost ${units.toExponential(1)} work units; ` +
      `its limit is ${family.maxUnits.toExponential(1)}.`,
    { hint: "Use fewer rows or columns, or another family.", details: { rows, columns, units } },
  );
}
