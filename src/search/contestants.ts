import { sharedInt32, findColumn, type Table } from "../core/table.ts";
import type { RowIndex } from "../core/split.ts";
import type { FeatureSpec } from "../core/trial-spec.ts";
import type { Family } from "../models/contract/family.ts";
import { isCycle } from "../preprocess/features/check-feature.ts";
import { beyondMemory, fitMemory, type FitMemory } from "./fit-memory.ts";
import { likelyParams } from "./likely-params.ts";
import {
  levelsWith,
  preparationNames,
  preparedFeatures,
  type PreparationName,
} from "./preparations.ts";
import { startParams, type Params } from "./sample-params.ts";
import type { Contestant } from "./search-plan.ts";

/**
 * The families of a run, each with the columns prepared the ways it can take them: one contestant per family and
 * preparation, the default first. A family whose cheapest fit would cost more work or memory than it may is in the list
 * with the reason, so that the leaderboard can say so.
 * @param rows all rows: a model that is chosen is fitted on all of them in the end
 * @param memory what a fit may take; default: all it wants
 * @param training what preparations are chosen by; default: every row
 */
export function buildContestants(
  families: readonly Family[],
  features: readonly FeatureSpec[],
  table: Table,
  rows: number,
  memory: FitMemory = fitMemory(Infinity, 0),
  training: RowIndex = everyRow(table.rows),
): Contestant[] {
  const prepare = rememberedPreparation(features, table, training);
  return families.flatMap((family) =>
    preparationNames.flatMap((preparation) => {
      const prepared = prepare(preparation, family);
      if (prepared === null) return [];
      const fit = { family, columns: prepared.columns, rows, memory };
      const refused = tooMuchWork(fit) ?? beyondMemory(fit, family.start);
      return [{ ...fit, preparation, features: prepared.features, refused }];
    }),
  );
}

/** Families with the same needs get the very same lines: their prepared matrices are shared. */
function rememberedPreparation(
  features: readonly FeatureSpec[],
  table: Table,
  training: RowIndex,
): (
  name: PreparationName,
  family: Family,
) => { features: readonly FeatureSpec[]; columns: number } | null {
  const known = new Map<string, { features: readonly FeatureSpec[]; columns: number } | null>();
  return (name, { needs }) => {
    const key = `${name}/${needs.categories}/${needs.missing}`;
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    const lines = preparedFeatures(name, features, needs, table, training);
    const prepared = lines && {
      features: lines,
      columns: lines.reduce((sum, feature) => sum + matrixColumns(feature, table, training), 0),
    };
    known.set(key, prepared);
    return prepared;
  };
}

function tooMuchWork({
  family,
  rows,
  columns,
}: Pick<Contestant, "family" | "rows" | "columns">): string | null {
  const { units } = family.cost({ rows, columns }, startParams(family));
  if (family.maxUnits === undefined || units <= family.maxUnits) return null;
  return (
    `a fit on ${rows} rows x ${columns} columns would cost ${units.toExponential(1)} work units; ` +
    `${family.label} is limited to ${family.maxUnits.toExponential(1)}`
  );
}

/** True when a fit on all rows with these parameters is not too much work for the family. */
export function isAffordable({ family, rows, columns }: Contestant, params: object): boolean {
  return (
    family.maxUnits === undefined || family.cost({ rows, columns }, params).units <= family.maxUnits
  );
}

/** Why a fit on all rows with these parameters would take too much memory; null: there is room. */
export function lacksMemory(contestant: Contestant, params: Params): string | null {
  return beyondMemory(contestant, likelyParams(contestant.family, params));
}

/** True when nothing keeps a trial with these parameters from being run. */
export function isPossible(contestant: Contestant, params: Params): boolean {
  return (
    contestant.refused === null &&
    isAffordable(contestant, params) &&
    lacksMemory(contestant, params) === null
  );
}

/** How many matrix columns a line becomes at the most. */
function matrixColumns(feature: FeatureSpec, table: Table, training: RowIndex): number {
  const flag = "flagMissing" in feature && feature.flagMissing === true ? 1 : 0;
  switch (feature.kind) {
    case "category": {
      if (feature.encode?.by === "ordinal") return 2;
      if (feature.encode?.by !== "oneHot") return 1;
      const column = findColumn(table, feature.column);
      if (column === undefined || !("levels" in column)) return 1;
      const { minRows = 1 } = feature.encode;
      // One for missing, one for the rare ones.
      return levelsWith(minRows, column, training) + (minRows > 1 ? 2 : 1);
    }
    case "date":
      return (feature.parts ?? []).reduce((sum, part) => sum + (isCycle(part) ? 2 : 1), flag);
    case "text":
      return (
        3 +
        (feature.terms ?? 20) +
        (feature.hashed ?? 0) +
        (feature.numbers ?? 0) +
        (feature.shape ? 4 : 0)
      );
    case "numeric":
    case "boolean":
    case "derived":
      return 1 + flag;
  }
}

function everyRow(rows: number): RowIndex {
  const index = sharedInt32(rows);
  for (let row = 0; row < rows; row++) index[row] = row;
  return index;
}
