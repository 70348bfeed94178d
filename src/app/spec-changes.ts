import type { TrialSpec } from "../core/trial-spec.ts";
import { stableStringify } from "../core/json.ts";
import { shorten, visibleName } from "../report/names.ts";

/** What differs between two trials, in a few words each: "columns: - zip", "maxLeaves: 12 → 6". */
export function specChanges(before: TrialSpec, after: TrialSpec): string[] {
  return [
    ...columnChanges(before, after),
    ...targetChanges(before, after),
    ...modelChanges(before, after),
  ];
}

function columnChanges(before: TrialSpec, after: TrialSpec): string[] {
  const old = new Map(before.features.map((feature) => [feature.column, stableStringify(feature)]));
  const now = new Map(after.features.map((feature) => [feature.column, stableStringify(feature)]));
  const changes = [
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `- ${nameOf(name)}`),
    ...[...now.keys()].filter((name) => !old.has(name)).map((name) => `+ ${nameOf(name)}`),
    ...[...now.keys()]
      .filter((name) => old.has(name) && old.get(name) !== now.get(name))
      .map((name) => `~ ${nameOf(name)}`),
  ];
  return changes.length === 0 ? [] : [`columns: ${changes.join(" ")}`];
}

function targetChanges({ target: before }: TrialSpec, { target: after }: TrialSpec): string[] {
  const changes: string[] = [];
  if (before.column !== after.column)
    changes.push(`target: ${nameOf(before.column)} → ${nameOf(after.column)}`);
  if (before.transform !== after.transform)
    changes.push(`target: ${before.transform} → ${after.transform}`);
  return changes;
}

function modelChanges({ model: before }: TrialSpec, { model: after }: TrialSpec): string[] {
  // Another model has other parameters and steps; to list them all would say no more.
  if (before.kind !== after.kind) return [`model: ${before.kind} → ${after.kind}`];
  const changes: string[] = [];
  const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)]);
  for (const name of names) {
    const [old, now] = [before.params, after.params].map((params) => valueText(params, name));
    if (old !== now) changes.push(`${nameOf(name)}: ${old} → ${now}`);
  }
  const steps = (model: TrialSpec["model"]): string =>
    (model.steps ?? []).map((step) => step.kind).join(", ") || "none";
  if (steps(before) !== steps(after)) changes.push(`steps: ${steps(before)} → ${steps(after)}`);
  return changes;
}

function valueText(params: object, name: string): string {
  const value: unknown = Object.hasOwn(params, name) ? Reflect.get(params, name) : undefined;
  return shorten(visibleName(JSON.stringify(value) ?? "none"), 40);
}

function nameOf(name: string): string {
  return shorten(visibleName(name), 40);
}
