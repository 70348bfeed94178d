import type { FeatureSpec } from "../core/trial-spec.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { Family } from "../models/contract/family.ts";
import { completeFeatures } from "../preprocess/complete.ts";
import { beyondMemory, fitMemory, type FitMemory } from "./fit-memory.ts";
import { likelyParams } from "./likely-params.ts";
import type { Params } from "./sample-params.ts";
import type { Contestant } from "./search-plan.ts";

/**
 * The families of a run, each with the columns prepared the way it needs them. A family whose cheapest fit would cost
 * more work or memory than it may is in the list with the reason, so that the leaderboard can say so.
 * @param rows all rows: a model that is chosen is fitted on all of them in the end
 * @param memory what a fit may take; default: all it wants
 */
export function buildContestants(
  families: readonly Family[],
  features: readonly FeatureSpec[],
  table: Table,
  rows: number,
  memory: FitMemory = fitMemory(Infinity, 0),
): Contestant[] {
  return families.map((family) => {
    const completed = completeFeatures(features, family.needs, table).features;
    const columns = completed.reduce((sum, feature) => sum + matrixColumns(feature, table), 0);
    const fit = { family, columns, rows, memory };
    const refused = tooMuchWork(fit) ?? beyondMemory(fit, family.start);
    return { ...fit, features: completed, refused };
  });
}

function tooMuchWork({
  family,
  rows,
  columns,
}: Pick<Contestant, "family" | "rows" | "columns">): string | null {
  const { units } = family.cost({ rows, columns }, family.start);
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

/** How many matrix columns a line becomes at the most. */
function matrixColumns(feature: FeatureSpec, table: Table): number {
  const flag = "flagMissing" in feature && feature.flagMissing === true ? 1 : 0;
  switch (feature.kind) {
    case "category": {
      if (feature.encode?.by !== "oneHot") return 1;
      const column = findColumn(table, feature.column);
      return column !== undefined && "levels" in column ? column.levels.length + 1 : 1;
    }
    case "date":
      return (feature.parts?.length ?? 1) + flag;
    case "text":
      return (feature.terms ?? 20) + 2;
    case "numeric":
    case "boolean":
    case "derived":
      return 1 + flag;
  }
}
