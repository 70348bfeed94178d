import type { TrialRecord } from "../../core/run-record.ts";
import type { Parameter } from "../../models/contract/search-space.ts";
import { shorten, visibleName } from "../names.ts";
import type { ReportContext } from "./context.ts";
import { parameterMeaning } from "./parameter-words.ts";
import type { FamilyModel, ParameterModel, SearchModel } from "./report-model.ts";
import { rounded } from "./search.ts";

/** The families with a ranked trial, best first: how good, how far spread, at what cost, and what their parameters did. */
export function buildFamilies(context: ReportContext, search: SearchModel): FamilyModel[] {
  const position = new Map(search.ids.map((id, i) => [id, i]));
  const groups = new Map<string, TrialRecord[]>();
  for (const trial of context.ranked) {
    const group = groups.get(trial.family);
    if (group === undefined) groups.set(trial.family, [trial]);
    else group.push(trial);
  }
  return [...groups].map(([name, trials]) => {
    const scores = trials.map((trial) => context.validation(trial) ?? NaN);
    const best = trials[0]!;
    const error = best.standardError ?? 0;
    return {
      label: context.familyLabel(name),
      summary: context.sentence(context.family(name)?.summary ?? ""),
      parameters: parameters(trials, context.family(name)?.space ?? {}),
      trials: trials.map((trial) => position.get(trial.id) ?? -1),
      best: scores[0]!,
      low: rounded(scores[0]! - error),
      high: rounded(scores[0]! + error),
      fitSeconds: trials.map((trial) => trial.fitSeconds),
    };
  });
}

/** The parameters of a family; those that never changed are listed with one value only and are not drawn. */
function parameters(
  trials: readonly TrialRecord[],
  space: { readonly [parameter: string]: Parameter },
): ParameterModel[] {
  const records = trials.map((trial) => new Map<string, unknown>(Object.entries(trial.params)));
  const names = new Set(records.flatMap((record) => [...record.keys()]));
  names.delete("seed");
  const known = new Map(Object.entries(space));
  return [...names].map((name) => {
    const parameter = known.get(name);
    const isChoice = parameter?.type === "choice";
    const values = records.map((record) => drawable(record.get(name), isChoice));
    return {
      name: shorten(visibleName(name), 40),
      scale: scaleOf(values, parameter),
      meaning: parameter === undefined ? "" : parameterMeaning(parameter),
      values,
    };
  });
}

function drawable(value: unknown, isChoice: boolean): number | string | null {
  if (typeof value === "number" && isChoice) return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? rounded(value) : null;
  if (typeof value === "string") return shorten(visibleName(value), 24);
  if (typeof value === "boolean") return String(value);
  return null;
}

/** The scale that was searched on; unknown parameters are drawn on a log scale when they span two powers of ten. */
function scaleOf(
  values: readonly (number | string | null)[],
  parameter: Parameter | undefined,
): ParameterModel["scale"] {
  const numbers = values.filter((value) => typeof value === "number");
  if (values.some((value) => typeof value === "string") || numbers.length === 0) return "choice";
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  if (low <= 0) return "linear";
  if (parameter?.type === "number") return parameter.scale;
  return high / low >= 100 ? "log" : "linear";
}
