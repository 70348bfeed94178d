import { AutomlError } from "../core/errors.ts";
import { allowedMemory, tableBytes } from "../core/memory.ts";
import { findColumn, isNumberColumn, type Table } from "../core/table.ts";
import { specOf, type Split } from "../core/split.ts";
import type { CheckRecord, RunRecord } from "../core/run-record.ts";
import type { ColumnSchema } from "../core/schema.ts";
import { requireUsableTarget } from "../data/check-target.ts";
import type { ColumnRequest } from "../data/cell-sql.ts";
import type { DataSource, Inspection } from "../data/data-source.ts";
import { chooseDivision } from "../data/division/choose.ts";
import { makeSplit } from "../data/make-split.ts";
import type { RunConfig } from "../engine/run-config.ts";
import { loadFamilyModules } from "../engine/family-modules.ts";
import type { Family } from "../models/contract/family.ts";
import { allFamilies, findFamily } from "../models/registry.ts";
import { dateDifferences } from "../preprocess/date-differences.ts";
import { defaultFeature } from "../preprocess/complete.ts";
import {
  suggestTransforms,
  type TransformSuggestion,
} from "../preprocess/target/suggest-transforms.ts";
import { buildContestants } from "../search/contestants.ts";
import { fitMemory } from "../search/fit-memory.ts";
import type { SearchPlan } from "../search/search-plan.ts";
import { budgetUnits } from "./budget-units.ts";
import { checkTable, loadForChecks } from "./check-table.ts";
import { dataRecord } from "./reading-options.ts";
import { requireRoom } from "./require-room.ts";
import { dividedBy, usedColumns } from "./used-columns.ts";
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
  const used = usedColumns(columns, config);
  await loadFamilyModules(config.familyModules);
  const families = config.families === null ? allFamilies() : config.families.map(findFamily);
  requireRoom(inspection.rows, used, families, config.memoryMegabytes);
  const { target } = config;
  const loaded = await loadForChecks(source, { used, columns, target });
  const { table } = loaded;
  const truth = targetValues(table, config.target);
  requireUsableTarget(truth, config.target, config.metric);
  const { split, splitRecord } = divideRows(table, columns, config, recorded);
  // Training rows only: no choice of the search may rest on a test row.
  const suggestion = suggestTransforms(
    Float64Array.from(split.training.index, (row) => truth[row]!),
    config.target,
  );
  const checks = checkTable({ ...inspection, columns }, loaded, target, split).map((check) =>
    check.code === "target-skewed" ? { ...check, message: suggestion.reason, action: "" } : check,
  );
  const search = planSearch({ table, split, columns, config, families, inspection }, suggestion);
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
      ...dataRecord(inspection, config.header),
    },
  };
}

interface SearchSetting {
  readonly table: Table;
  readonly split: Split;
  readonly columns: readonly ColumnSchema[];
  readonly config: RunConfig;
  readonly families: readonly Family[];
  readonly inspection: Pick<Inspection, "fileRows" | "rows" | "columns">;
}

function planSearch(
  { table, split, columns, config, families, inspection }: SearchSetting,
  { transforms, logLink }: TransformSuggestion,
): SearchPlan {
  const features = [
    ...columns.filter((column) => column.role === "feature").map(defaultFeature),
    ...dateDifferences(columns),
  ];
  const memory = fitMemory(allowedMemory(config.memoryMegabytes), tableBytes(table));
  return {
    target: config.target,
    metric: config.metric,
    seed: config.seed,
    rows: fittedRows(split),
    folds: split.folds.length,
    budgetUnits: budgetUnits(config, inspection, fittedRows(split)),
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
    targetWeight: config.weightCol,
  };
}

function divideRows(
  table: Table,
  columns: readonly ColumnSchema[],
  config: RunConfig,
  recorded: RunRecord["split"] | undefined,
): Pick<RunPlan, "split" | "splitRecord"> {
  const wanted = recorded ?? chooseRows(table, columns, config);
  const split = makeSplit(table, config.target, specOf(wanted), config.weightCol);
  return { split, splitRecord: { ...split.spec, why: wanted.why, ...countedParts(split, table) } };
}

/** What the shares of the spec do not say: whole groups, times and copies make parts of other sizes. */
function countedParts({ spec, training, test, folds }: Split, table: Table) {
  if (spec.kind === "random" && test.count === Math.round(table.rows * spec.test)) {
    if (training.count + test.count === table.rows) return {};
  }
  const validated = new Set(folds.flatMap(({ validation }) => [...validation.index])).size;
  return { rows: { training: training.count, validated, test: test.count } };
}

function chooseRows(
  table: Table,
  columns: readonly ColumnSchema[],
  config: RunConfig,
): RunRecord["split"] {
  const by = dividedBy(config);
  const { weightCol: weight } = config;
  const { spec, why } = chooseDivision(table, {
    testFraction: config.testFraction,
    ...(config.cv === null ? {} : { cv: config.cv }),
    seed: config.seed,
    columns: columns.filter((column) => column.role === "feature").length,
    seconds: config.timeBudget,
    ...(by === undefined ? {} : { by }),
    ...(weight === undefined ? {} : { weight }),
  });
  return { ...spec, why };
}

/** Rows of one fold's training part; by time their mean, as every fold has more than the one before. */
function fittedRows({ spec, folds, training }: Split): number {
  const [first] = folds;
  if (first === undefined) return training.count;
  if (spec.kind !== "time") return first.train.count;
  const total = folds.reduce((sum, { train }) => sum + train.count, 0);
  return Math.round(total / folds.length);
}

function targetValues(table: Table, target: string): Float64Array {
  const column = findColumn(table, target);
  if (column === undefined || !isNumberColumn(column)) {
    throw new AutomlError("AUTOML_INTERNAL", `the target "${target}" was not loaded as numbers`);
  }
  return column.values;
}
