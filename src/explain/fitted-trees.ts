import { AutomlError } from "../core/errors.ts";
import type { FittedTrial } from "../ensemble/trial-model.ts";
import type { TreesStructure } from "../models/contract/structure.ts";
import { featureColumns, type FeatureColumns } from "./feature-columns.ts";

/** The trees of a fitted trial, and which of their columns belong to which feature line. */
export interface FittedTrees {
  readonly structure: TreesStructure;
  readonly features: readonly FeatureColumns[];
  /** Columns of the matrix that the trees split. */
  readonly columns: number;
}

/**
 * Opens a trial whose model is made of trees. Throws AUTOML_SPEC_INVALID for another model, and for trees behind a step
 * that mixes columns, because their splits belong to no column of the table.
 */
export function openTrees(fitted: FittedTrial): FittedTrees {
  const { model, spec, steps } = fitted;
  if (model.kind !== "structure" || model.structure.kind !== "trees") {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `The model ${spec.model.kind} is not made of trees.`,
      {
        hint: "explain.importance works with every model; models.gradientBoosting and the forests are made of trees.",
        details: { model: spec.model.kind },
      },
    );
  }
  const mixing = steps.find((step) => step.kind !== "standardize");
  if (mixing !== undefined) {
    throw new AutomlError(
      "AUTOML_SPEC_INVALID",
      `The trees split on columns that the step ${mixing.kind} makes of several columns of the table.`,
      { hint: `Fit the model without steps.${mixing.kind}.`, details: { step: mixing.kind } },
    );
  }
  const features = featureColumns(fitted);
  const columns = features.reduce((sum, feature) => sum + feature.columns.length, 0);
  return { structure: model.structure, features, columns };
}
