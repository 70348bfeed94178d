import { AutomlError, nearestName } from "../../core/errors.ts";
import type { Table } from "../../core/table.ts";
import type { EnsembleSpec, ModelSpec, StepSpec, TrialSpec } from "../../core/trial-spec.ts";
import { customDefinition } from "../../models/custom.ts";
import { findFamily } from "../../models/registry.ts";
import { completeFeatures } from "../../preprocess/complete.ts";
import { inputColumns } from "../../preprocess/features/feature-specs.ts";
import { note } from "./context.ts";
import { checkedEnsemble, type Ensemble } from "./ensemble.ts";
import { checkedSpec, type Trial } from "./trial.ts";

/**
 * The spec that is fitted: a line without a preparation, or with one that the model cannot take, gets the default one,
 * and a model outside a `pipeline` gets its family's default steps. Each addition is noted. A spec that is complete
 * comes back as it is.
 */
export function completeTrial(trial: Trial, table: Table): TrialSpec {
  const spec = checkedSpec(trial);
  requireColumns(spec, table);
  const family =
    customDefinition(spec.model) === undefined ? findFamily(spec.model.kind) : undefined;
  // Functions of one's own get what every model can take: numbers, none of them missing.
  const needs = family?.needs ?? { missing: false, categories: "numbers" as const };
  const { features, notes } = completeFeatures(spec.features, needs, table);
  for (const text of notes) note(text);
  const model = withDefaultSteps(spec.model, family?.steps ?? [], family?.label ?? "");
  return Object.freeze({ ...spec, features, model });
}

/** The same for every member of an ensemble. */
export function completeEnsemble(ensemble: Ensemble, table: Table): EnsembleSpec {
  const { members, weighting } = checkedEnsemble(ensemble);
  return Object.freeze({
    members: Object.freeze(
      members.map((member) =>
        Object.freeze({ ...member, spec: completeTrial(member.spec, table) }),
      ),
    ),
    weighting,
  });
}

/** A pipeline says its steps, even that there are none; a model on its own leaves them to its family. */
function withDefaultSteps(model: ModelSpec, steps: readonly StepSpec[], label: string): ModelSpec {
  if (model.steps !== undefined || steps.length === 0) return model;
  const words = steps.map((step) => `steps.${step.kind}`).join(", ");
  note(
    `${label} works on prepared columns: ${words} added. pipeline(...) in front of the model decides it yourself.`,
  );
  return Object.freeze({ ...model, steps });
}

function requireColumns(spec: TrialSpec, table: Table): void {
  const names = table.columns.map((column) => column.name);
  for (const name of [spec.target.column, ...inputColumns(spec.features)]) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new AutomlError(
      "AUTOML_COLUMN_UNKNOWN",
      `The trial uses column "${name}", which was not read.`,
      {
        hint:
          near === undefined
            ? "Add its line to the features given to readTable."
            : `Did you mean "${near}"? Otherwise add its line to the features given to readTable.`,
        details: { column: name },
      },
    );
  }
}
