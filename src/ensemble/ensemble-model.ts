import type { RowIndex } from "../core/split.ts";
import type { Table } from "../core/table.ts";
import type { EnsembleSpec, EnsembleWeighting } from "../core/trial-spec.ts";
import type { FitSession } from "./fit-session.ts";
import { fitTrial, predictTrial, type FittedTrial } from "./trial-model.ts";

/** An ensemble fitted on some rows: everything needed to predict a row of a table. */
export interface FittedEnsemble {
  /** In the order of the spec, which is the order their predictions are added up in. */
  readonly members: readonly FittedMember[];
  readonly weighting: EnsembleWeighting;
}

export interface FittedMember {
  /** Id of the trial it comes from. */
  readonly trial: string;
  readonly weight: number;
  readonly fitted: FittedTrial;
}

/** Fits every member on the rows of the session's table. Pure: same spec, table and rows, same bits. */
export function fitEnsemble(
  spec: EnsembleSpec,
  rows: RowIndex,
  session: FitSession,
): FittedEnsemble {
  return {
    weighting: spec.weighting,
    members: spec.members.map(({ trial, weight, spec: member }) => ({
      trial,
      weight,
      fitted: fitTrial(member, rows, session),
    })),
  };
}

/** Predictions on the original scale for rows of any table that has the columns of all members. Length: rows. */
export function predictEnsemble(
  ensemble: FittedEnsemble,
  table: Table,
  rows: RowIndex,
): Float64Array {
  const { members } = ensemble;
  return weightedSum(
    members.map(({ fitted }) => predictTrial(fitted, table, rows)),
    members.map(({ weight }) => weight),
  );
}

/** What a model.json can hold. */
export type FittedPredictor = FittedTrial | FittedEnsemble;

/** The fitted trials behind a prediction: one, or the members of an ensemble. */
export function fittedTrials(fitted: FittedPredictor): readonly FittedTrial[] {
  return "members" in fitted ? fitted.members.map((member) => member.fitted) : [fitted];
}

/** Predictions on the original scale, whichever of the two it is. Length: rows. */
export function predictFitted(fitted: FittedPredictor, table: Table, rows: RowIndex): Float64Array {
  return "members" in fitted
    ? predictEnsemble(fitted, table, rows)
    : predictTrial(fitted, table, rows);
}

/** The sum of weight x prediction, member by member in the order given. O(members x rows). */
export function weightedSum(
  predictions: readonly Float64Array[],
  weights: ArrayLike<number>,
): Float64Array {
  const sum = new Float64Array(predictions[0]?.length ?? 0);
  predictions.forEach((values, member) => {
    const weight = weights[member]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * values[i]!;
  });
  return sum;
}
