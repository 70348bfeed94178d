import type { TrialRecord } from "../../core/run-record.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { stableStringify } from "../../core/json.ts";
import { formatCount } from "../format.ts";
import type { ReportContext } from "./context.ts";
import { memberChanges } from "./ensemble-section.ts";
import { parameterValues, transformWords } from "./parameter-words.ts";
import { preparationWords, stepWords } from "./preparation-words.ts";
import type { EditModel } from "./report-model.ts";

type Change = EditModel["changes"][number];

/** What an edit changed against the trial it was made from, and what that did to the score; null for no edit. */
export function buildEdit(trial: TrialRecord, context: ReportContext): EditModel | null {
  if (trial.parent === null) return null;
  const parent = context.trial(trial.parent);
  if (parent === undefined) {
    return { parent: trial.parent, changes: [], difference: null, better: false, folds: null };
  }
  const difference = scoreDifference(trial, parent, context);
  return {
    parent: trial.parent,
    changes: memberChanges(trial, parent, context) ?? [
      ...modelChanges(trial, parent, context),
      ...featureChanges(trial, parent, context),
      ...targetChanges(trial, parent),
    ],
    difference: difference?.text ?? null,
    better: difference?.better ?? false,
    folds: foldComparison(trial, parent, context),
  };
}

/** The validation score of a trial minus that of another; null unless both have one. */
export function scoreDifference(
  trial: TrialRecord,
  other: TrialRecord,
  context: ReportContext,
): { text: string; better: boolean } | null {
  if (!Number.isFinite(context.loss(trial)) || !Number.isFinite(context.loss(other))) return null;
  const difference = (context.validation(trial) ?? NaN) - (context.validation(other) ?? NaN);
  return {
    text: context.score().difference(difference),
    better: context.loss(trial) < context.loss(other),
  };
}

function modelChanges(trial: TrialRecord, parent: TrialRecord, context: ReportContext): Change[] {
  if (trial.family !== parent.family) {
    const text = `model: ${context.familyLabel(parent.family)} → ${context.familyLabel(trial.family)}`;
    return [{ kind: "changed", text }];
  }
  const before = new Map(parameterValues(parent.params).map((value) => [value.name, value]));
  const after = new Map(parameterValues(trial.params).map((value) => [value.name, value]));
  const changes: Change[] = [];
  for (const [name, { value }] of before) {
    const now = after.get(name)?.value;
    if (now === undefined) changes.push({ kind: "removed", text: `${name} ${value}` });
    else if (now !== value) changes.push({ kind: "changed", text: `${name}: ${value} → ${now}` });
  }
  for (const [name, { value }] of after) {
    if (!before.has(name)) changes.push({ kind: "added", text: `${name} ${value}` });
  }
  return changes;
}

function featureChanges(trial: TrialRecord, parent: TrialRecord, context: ReportContext): Change[] {
  const before = new Map(parent.preprocess.features.map((feature) => [feature.column, feature]));
  const after = new Map(trial.preprocess.features.map((feature) => [feature.column, feature]));
  const words = (feature: FeatureSpec): string => preparationWords(feature, context.noSamples);
  const changes: Change[] = [];
  for (const [column, feature] of before) {
    const name = context.names.of(column);
    const now = after.get(column);
    if (now === undefined) changes.push({ kind: "removed", text: `column ${name}` });
    else if (stableStringify(now) !== stableStringify(feature)) {
      changes.push({ kind: "changed", text: `${name}: ${words(feature)} → ${words(now)}` });
    }
  }
  for (const [column, feature] of after) {
    if (before.has(column)) continue;
    changes.push({ kind: "added", text: `column ${context.names.of(column)}: ${words(feature)}` });
  }
  return changes;
}

function targetChanges(trial: TrialRecord, parent: TrialRecord): Change[] {
  const changes: Change[] = [];
  const before = parent.preprocess.target.transform;
  const after = trial.preprocess.target.transform;
  if (before !== after)
    changes.push({
      kind: "changed",
      text: `target: ${transformWords[before]} → ${transformWords[after]}`,
    });
  const steps = (record: TrialRecord): string =>
    record.preprocess.steps.map(stepWords).join(", ") || "none";
  if (steps(trial) !== steps(parent)) {
    changes.push({ kind: "changed", text: `matrix steps: ${steps(parent)} → ${steps(trial)}` });
  }
  return changes;
}

/** "better in 8 of 10 folds"; null when the two were not scored on the same number of folds. */
function foldComparison(
  trial: TrialRecord,
  parent: TrialRecord,
  context: ReportContext,
): string | null {
  const folds = trial.foldScores.length;
  if (folds < 2 || parent.foldScores.length !== folds) return null;
  const sign = context.higherIsBetter ? -1 : 1;
  const better = trial.foldScores.filter((score, i) => sign * (score - parent.foldScores[i]!) < 0);
  return `better in ${formatCount(better.length)} of ${formatCount(folds)} folds`;
}
