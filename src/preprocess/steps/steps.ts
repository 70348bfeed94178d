import { AutomlError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { StepSpec } from "../../core/trial-spec.ts";
import { quoted } from "../quoted.ts";
import { checkStep } from "./check-step.ts";
import { applyPolynomial, fitPolynomial, type FittedPolynomial } from "./polynomial.ts";
import {
  applyPrincipalComponents,
  fitPrincipalComponents,
  type FittedPrincipalComponents,
} from "./principal-components.ts";
import { applyStandardize, fitStandardize, type FittedStandardize } from "./standardize.ts";

/** What a matrix step has learnt: plain JSON, the same bits after a round trip. */
export type FittedStep = FittedStandardize | FittedPolynomial | FittedPrincipalComponents;

/**
 * Fits matrix steps one after the other on a training matrix. The matrix given is never changed; without steps it is
 * returned as it is. Throws AUTOML_SPEC_INVALID for a missing value or a category in the matrix,
 * AUTOML_PARAMETER_INVALID and AUTOML_MODEL_TOO_LARGE.
 */
export function fitSteps(
  steps: readonly StepSpec[],
  matrix: Matrix,
): { readonly state: readonly FittedStep[]; readonly matrix: Matrix } {
  const state: FittedStep[] = [];
  let current = matrix;
  for (const step of steps) {
    checkStep(step);
    refuseIncomplete(step.kind, current);
    const fitted = fitStep(step, current);
    state.push(fitted);
    current = applyStep(fitted, current);
  }
  return { state, matrix: current };
}

/** The same steps on other rows. Throws AUTOML_SPEC_INVALID for a missing value, AUTOML_MODEL_INVALID. */
export function applySteps(state: readonly FittedStep[], matrix: Matrix): Matrix {
  let current = matrix;
  for (const fitted of state) {
    refuseIncomplete(fitted.kind, current);
    const expected = inputColumns(fitted);
    if (fitted.version !== 1 || expected !== current.columns) {
      throw new AutomlError(
        "AUTOML_MODEL_INVALID",
        `The fitted step ${fitted.kind} is for ${expected} columns, but the matrix has ${current.columns}.`,
      );
    }
    current = applyStep(fitted, current);
  }
  return current;
}

function fitStep(step: StepSpec, matrix: Matrix): FittedStep {
  switch (step.kind) {
    case "standardize":
      return fitStandardize(matrix);
    case "polynomial":
      return fitPolynomial(step.degree, matrix);
    case "principalComponents":
      return fitPrincipalComponents(step.keep, matrix);
  }
}

function applyStep(state: FittedStep, matrix: Matrix): Matrix {
  switch (state.kind) {
    case "standardize":
      return applyStandardize(state, matrix);
    case "polynomial":
      return applyPolynomial(state, matrix);
    case "principalComponents":
      return applyPrincipalComponents(state, matrix);
  }
}

function inputColumns(state: FittedStep): number | undefined {
  switch (state.kind) {
    case "standardize":
    case "principalComponents":
      return state.mean.length;
    case "polynomial":
      return state.columns;
    default: {
      const { kind } = state as { kind: unknown };
      throw new AutomlError("AUTOML_MODEL_INVALID", `No fitted step is called ${String(kind)}.`);
    }
  }
}

/** Steps do arithmetic on columns: a missing value would spread, and a category's code means nothing. O(cells). */
function refuseIncomplete(step: string, matrix: Matrix): void {
  const { data, levels, names, rows } = matrix;
  const category = levels.findIndex((count) => count > 0);
  const column = category >= 0 ? category : Math.floor(firstNotFinite(data) / Math.max(1, rows));
  if (column < 0) return;
  const name = names[column] ?? "";
  throw new AutomlError(
    "AUTOML_SPEC_INVALID",
    category >= 0
      ? `Column ${quoted(name)} holds category codes, but the step ${step} needs numbers.`
      : `Column ${quoted(name)} has missing or infinite values, but the step ${step} needs numbers.`,
    {
      hint:
        category >= 0
          ? "Encode it with .oneHot() or .targetEncode()."
          : 'Add .impute("median") to its line.',
      details: { column: name, step },
    },
  );
}

function firstNotFinite(data: Float64Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i]!)) return i;
  return -1;
}
