import { availableParallelism } from "node:os";
import { AutomlError } from "../core/errors.ts";
import { allowedMemory, tableBytes } from "../core/memory.ts";
import { findColumn, isNumberColumn, type Table } from "../core/table.ts";
import type { Split } from "../core/split.ts";
import type { CheckRecord, RunRecord } from "../core/run-record.ts";
import type { ColumnSchema } from "../core/schema.ts";
import { checkData } from "../data/check-data.ts";
import { requireUsableTarget } from "../data/check-target.ts";
import type { ColumnRequest } from "../data/cell-sql.ts";
import type { DataSource } from "../data/data-source.ts";
import { chooseSplit } from "../data/choose-split.ts";
import { makeSplit } from "../data/make-split.ts";
import type { RunConfig } from "../engine/run-config.ts";
import { loadFamilyModules } from "../engine/family-modules.ts";
import type { Family } from "../models/contract/family.ts";
import { allFamilies, findFamily } from "../models/registry.ts";
import { defaultFeature } from "../preprocess/complete.ts";
import {
  suggestTransforms,
  type TransformSuggestion,
} from "../preprocess/target/suggest-transforms.ts";
import { buildContestants } from "../search/contestants.ts";
import { fitMemory } from "../search/fit-memory.ts";
import type { SearchPlan } from "../search/search-plan.ts";
import { requireRoom } from "./require-room.ts";
import type { UnderstoodData } from "./understand-data.ts";

/** Everything that is settled before the first trial. */
export interface RunPlan {
  readonly table: Table;
  /** What was asked of the file for the table. */
  readonly requests: readonly ColumnRequest[];
  readonly split: Split;
  readonly splitRecord: RunRecord["split"];
  readonly search: SearchPlan;
  readonly checks: readonly CheckRecord[];
  readonly data: RunRecord["data"];
}

/**
 * Loads the table, checks it, divides its rows and draws up what the search may choose from. Pure but for reading.
 * @param recorded how the rows of a run that goes on are divided, whatever its new budget would suggest
 */
export async function planRun(
  source: DataSource,
  understood: UnderstoodData,
  config: RunConfig,
  recorded?: RunRecord["split"],
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
  const { split, splitRecord } = divideRows(table, columns, config, recorded);
  // Training rows only: no choice of the search may rest on a test row.
  const suggestion = suggestTransforms(
    Float64Array.from(split.training.index, (row) => truth[row]!),
    config.target,
  );
  const checks = checkData({ ...inspection, columns }, loaded, config.target).map((check) =>
    check.code === "target-skewed" ? { ...check, message: suggestion.reason, action: "" } : check,
  );
  const search = planSearch({ table, split, columns, config, families }, suggestion);
  return {
    table,
    requests: used,
    split,
    splitRecord,
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

interface SearchSetting {
  readonly table: Table;
  readonly split: Split;
  readonly columns: readonly ColumnSchema[];
  readonly config: RunConfig;
  readonly families: readonly Family[];
}

function planSearch(
  { table, split, columns, config, families }: SearchSetting,
  { transforms, logLink }: TransformSuggestion,
): SearchPlan {
  const features = columns.filter((column) => column.role === "feature").map(defaultFeature);
  const memory = fitMemory(allowedMemory(config.memoryMegabytes), tableBytes(table));
  return {
    target: config.target,
    metric: config.metric,
    seed: config.seed,
    rows: split.folds[0]?.train.count ?? split.training.count,
    folds: split.folds.length,
    budgetUnits: budgetUnits(config),
    contestants: buildContestants(
      families,
      features,
      table,
      split.all.count,
      memory,
      split.training.index,
    ),
    transforms,
    logLink,
    targetFormat: columns.find(({ name }) => name === config.target)?.format,
  };
}

function divideRows(
  table: Table,
  columns: readonly ColumnSchema[],
  config: RunConfig,
  recorded: RunRecord["split"] | undefined,
): Pick<RunPlan, "split" | "splitRecord"> {
  const chosen = chooseSplit(table.rows, {
    testFraction: config.testFraction,
    ...(config.cv === null ? {} : { cv: config.cv }),
    seed: config.seed,
    columns: columns.filter((column) => column.role === "feature").length,
    seconds: config.timeBudget,
  });
  const splitRecord = recorded ?? { ...chosen.spec, why: chosen.why };
  const { why: _why, ...spec } = splitRecord;
  const split = makeSplit(table, config.target, spec);
  return { split, splitRecord };
}

/** Nominal work units of a budget: 1e9 a second and worker, whatever the machine really does. */
function budgetUnits({ timeBudget, workers }: RunConfig): number | null {
  return timeBudget === null ? null : timeBudget * (workers ?? availableParallelism()) * 1e9;
}

function targetValues(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) {
    throw new AutomlError("AUTOML_INTERNAL", `the target "${target}" was not loaded as numbers`);
  }
  return column.values;
}
