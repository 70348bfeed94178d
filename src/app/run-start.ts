import { basename, join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { sha256 } from "../core/json.ts";
import { runFiles } from "../core/run-folder.ts";
import type { ColumnSchema } from "../core/schema.ts";
import { profileTable } from "../data/profile/profile-table.ts";
import { splitCsv } from "../data/split-csv.ts";
import type { Journal } from "../engine/journal.ts";
import type { RunConfig } from "../engine/run-config.ts";
import { columnsToExplore } from "./columns-to-explore.ts";
import { exampleRow } from "./example-row.ts";
import { toolVersion } from "./installation.ts";
import type { RunPlan } from "./plan-run.ts";
import { defaultBudget } from "./reading-options.ts";
import type { TrainOptions } from "./train-options.ts";
import type { UnderstoodData } from "./understand-data.ts";

/** The options completed with the defaults. Trials without seconds mean no clock at all. */
export function configOf(data: string, target: string, options: TrainOptions): RunConfig {
  const clockless = options.timeBudget === undefined && options.maxTrials !== undefined;
  return {
    data,
    target,
    metric: options.metric ?? "rmse",
    seed: options.seed ?? 1,
    timeBudget: clockless ? null : (options.timeBudget ?? defaultBudget),
    maxTrials: options.maxTrials ?? null,
    families: options.families ?? null,
    exclude: options.exclude ?? [],
    ...(options.types === undefined ? {} : { types: options.types }),
    ...(options.header === undefined ? {} : { header: options.header }),
    ...(options.sampleFraction === undefined ? {} : { sampleFraction: options.sampleFraction }),
    testFraction: options.testFraction ?? 0.2,
    cv: options.cv ?? null,
    ...given("timeCol", options.timeCol),
    ...given("groupCol", options.groupCol),
    ...given("splitCol", options.splitCol),
    ...given("weightCol", options.weightCol),
    kernel: options.kernel ?? "deno",
    ...(options.frame === undefined ? {} : { frame: options.frame }),
    samples: options.samples ?? true,
    workers: options.workers ?? null,
    memoryMegabytes: options.memory ?? null,
    familyModules: options.familyModules ?? [],
    ensemble: options.ensemble ?? true,
  };
}

/** Settings that older runs do not have either, when nothing was said. */
function given<K extends string>(name: K, value: string | undefined): { [k in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [k in K]: string });
}

/** Writes what is settled before the first trial: the split, the schema, and the journal's first line. */
export function writeStart(
  folder: string,
  journal: Journal,
  config: RunConfig,
  understood: UnderstoodData,
  plan: RunPlan,
): void {
  const { columns, inspection, target } = understood;
  const csv = splitCsv(plan.split, plan.table, inspection.rowNumbers ?? inspection.rows);
  writeFileAtomic(join(folder, runFiles.split), csv);
  const schema = { version: 1, dialect: inspection.dialect, columns };
  writeFileAtomic(join(folder, runFiles.schema), `${JSON.stringify(schema, null, 2)}\n`);
  journal.append({
    type: "run-started",
    run: basename(folder),
    tool: { name: "glassbox-automl", version: toolVersion(), node: process.versions.node },
    config,
    data: plan.data,
    target,
    split: plan.splitRecord,
    splitSha256: sha256(csv),
    schema: columns,
    columns,
    checks: plan.checks,
    example: config.samples ? exampleRow(plan.table, columns, plan.split) : null,
  });
  journal.append({ type: "data-profiled", profile: profileOf(config, plan, columns) });
}

/** Of the training rows: what a person decides from the pictures must not rest on a test row. */
function profileOf(config: RunConfig, { table, split }: RunPlan, columns: readonly ColumnSchema[]) {
  const { target, seed, samples } = config;
  const rows = split.training.index;
  return profileTable(columnsToExplore(table, columns), { target, rows, seed, samples });
}
