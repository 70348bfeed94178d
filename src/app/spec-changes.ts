import type { EnsembleMember, EnsembleSpec, TrialSpec } from "../core/trial-spec.ts";
import { stableStringify } from "../core/json.ts";
import { shorten, visibleName } from "../report/names.ts";
import { asEnsemble, type AnySpec } from "./script/same-trial.ts";

/** What differs between two trials or ensembles, in a few words each: "columns: - zip", "maxLeaves: 12 → 6". */
export function specChanges(before: AnySpec, after: AnySpec): string[] {
  const [old, now] = [asEnsemble(before), asEnsemble(after)];
  if (old !== undefined && now !== undefined) return ensembleChanges(old, now);
  if (old !== undefined) return ["one model instead of the ensemble"];
  if (now !== undefined) return [`an ensemble of ${now.members.length} instead of one model`];
  return trialChanges(before as TrialSpec, after as TrialSpec);
}

/** Members by their names: those that are gone or new, and what changed in the others. */
function ensembleChanges(before: EnsembleSpec, after: EnsembleSpec): string[] {
  const [old, now] = [before, after].map(
    ({ members }) => new Map(members.map((member) => [member.trial, member])),
  ) as [Map<string, EnsembleMember>, Map<string, EnsembleMember>];
  const gone = [...old.keys()].filter((name) => !now.has(name)).map((name) => `- ${nameOf(name)}`);
  const fresh = [...now.keys()].filter((name) => !old.has(name)).map((name) => `+ ${nameOf(name)}`);
  const members = [...gone, ...fresh];
  const inside = [...old.values()].flatMap((member) => {
    const other = now.get(member.trial);
    if (other === undefined) return [];
    const weight = [member.weight, other.weight].map((value) =>
      String(Number(value.toPrecision(4))),
    );
    const changes = [
      ...(member.weight === other.weight ? [] : [`weight: ${weight.join(" → ")}`]),
      ...trialChanges(member.spec, other.spec),
    ];
    return changes.map((change) => `${nameOf(member.trial)} ${change}`);
  });
  const isSame = stableStringify(before.weighting) === stableStringify(after.weighting);
  return [
    ...(members.length === 0 ? [] : [`members: ${members.join(" ")}`]),
    ...inside,
    ...(isSame ? [] : ["weighting changed"]),
  ];
}

function trialChanges(before: TrialSpec, after: TrialSpec): string[] {
  return [
    ...columnChanges(before, after),
    ...targetChanges(before, after),
    ...modelChanges(before, after),
    ...fidelityChanges(before, after),
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

function fidelityChanges(
  { fidelity: before }: TrialSpec,
  { fidelity: after }: TrialSpec,
): string[] {
  const [old, now] = [before, after].map((fidelity) => `${fidelity?.rows ?? "all"}`);
  return old === now ? [] : [`rows of each fit: ${old} → ${now}`];
}

function valueText(params: object, name: string): string {
  const value: unknown = Object.hasOwn(params, name) ? Reflect.get(params, name) : undefined;
  return shorten(visibleName(JSON.stringify(value) ?? "none"), 40);
}

function nameOf(name: string): string {
  return shorten(visibleName(name), 40);
}
