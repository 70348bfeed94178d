import { AutomlError } from "../core/errors.ts";
import { allowedMemory, tableBytes } from "../core/memory.ts";
import { findColumn, isNumberColumn, type Table } from "../core/table.ts";
import type { Split } from "../core/split.ts";
import type { CheckRecord, RunRecord } from "../core/run-record.ts";
import { checkData } from "../data/check-data.ts";
import { requireUsableTarget } from "../data/check-target.ts";
import type { DataSource } from "../data/data-source.ts";
import { chooseSplit } from "../data/choose-split.ts";
import { makeSplit } from "../data/make-split.ts";
import type { RunConfig } from "../engine/run-config.ts";
import { loadFamilyModules } from "../engine/family-modules.ts";
import { allFamilies, findFamily } from "../models/registry.ts";
import { defaultFeature } from "../preprocess/complete.ts";
import { suggestTransforms } from "../preprocess/target/suggest-transforms.ts";
import { buildContestants } from "../search/contestants.ts";
import { fitMemory } from "../search/fit-memory.ts";
import type { SearchPlan } from "../search/search-plan.ts";
import { requireRoom } from "./require-room.ts";
import type { UnderstoodData } from "./understand-data.ts";

/** Everything that is settled before the first trial. */
export interface RunPlan {
  readonly table: Table;
  readonly split: Split;
  readonly splitRecord: RunRecord["split"];
  readonly search: SearchPlan;
  readonly checks: readonly CheckRecord[];
  readonly data: RunRecord["data"];
}

/** Loads the table, checks it, divides its rows and draws up what the search may choose from. Pure but for reading. */
export async function planRun(
  source: DataSource,
  understood: UnderstoodData,
  config: RunConfig,
): Promise<RunPlan> {
  const { inspection, columns } = understood;
  const used = columns.filter((column) => column.role === "feature" || column.role === "target");
  await loadFamilyModules(config.familyModules);
  const families = config.families === null ? allFamilies() : config.families.map(findFamily);
  requireRoom(inspection.rows, used, families, config.memoryMegabytes);
  const loaded = await source.load({ columns: used, target: config.target });
  const { table } = loaded;
  const truth = targetValues(table, config.target);
  requireUsableTarget(truth, config.target, config.metric);
  const { spec, why } = chooseSplit(table.rows, {
    testFraction: config.testFraction,
    ...(config.cv === null ? {} : { cv: config.cv }),
    seed: config.seed,
  });
  const split = makeSplit(table, config.target, spec);
  // Training rows only: no choice of the search may rest on a test row.
  const suggestion = suggestTransforms(
    Float64Array.from(split.training.index, (row) => truth[row]!),
    config.target,
  );
  const checks = checkData({ ...inspection, columns }, loaded, config.target).map((check) =>
    check.code === "target-skewed" ? { ...check, message: suggestion.reason, action: "" } : check,
  );
  const features = columns.filter((column) => column.role === "feature").map(defaultFeature);
  const rows = split.folds[0]?.train.count ?? split.training.count;
  const memory = fitMemory(allowedMemory(config.memoryMegabytes), tableBytes(table));
  const search: SearchPlan = {
    target: config.target,
    seed: config.seed,
    rows,
    folds: split.folds.length,
    contestants: buildContestants(families, features, table, split.all.count, memory),
    transforms: suggestion.transforms,
  };
  return {
    table,
    split,
    splitRecord: { ...spec, why },
    search,
    checks,
    data: {
      path: config.data,
      sha256: inspection.sha256,
      rows: table.rows,
      rowsWithoutTarget: loaded.rowsWithoutTarget,
      columns: columns.length,
      sampledFraction: 1,
    },
  };
}

function targetValues(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) {
    throw new AutomlError("AUTOML_INTERNAL", `the target "${target}" was not loaded as numbers`);
  }
  return column.values;
}
