import { mkdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { renderExploreNotebook } from "../codegen/explore/explore-notebook.ts";
import { renderExplore } from "../codegen/explore/render-explore.ts";
import { renderRunFiles } from "../codegen/run-files.ts";
import type { ExploreInput } from "../codegen/explore/explore-input.ts";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { seconds } from "../core/clock.ts";
import { ensureFolder } from "../core/ensure-folder.ts";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import type { CheckRecord, ColumnRecord, RunRecord } from "../core/run-record.ts";
import type { Table } from "../core/table.ts";
import { unwritable } from "../core/unwritable.ts";
import type { DataSource, Inspection } from "../data/data-source.ts";
import { checkReading } from "../data/checks/check-reading.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import { profileTable } from "../data/profile/profile-table.ts";
import { openFile } from "../data/open-file.ts";
import { columnsToExplore } from "./columns-to-explore.ts";
import { packageDirectory, toolVersion } from "./installation.ts";
import { linkPackage } from "./link-package.ts";
import { chooseFolder } from "./output-folder.ts";
import { planRun } from "./plan-run.ts";
import { pathFrom } from "./print-exploration.ts";
import { withFileNames } from "./file-names.ts";
import { dataRecord, readingOptions } from "./reading-options.ts";
import { configOf } from "./run-start.ts";
import { checkOptions, listenersOf, type TrainOptions } from "./train-options.ts";
import { inspectWith, understandData } from "./understand-data.ts";

/** What `explore` takes beside the data; the same as the flags of `automl explore`. */
export type ExploreDataOptions = Omit<
  TrainOptions,
  | "timeBudget"
  | "maxTrials"
  | "workers"
  | "metric"
  | "families"
  | "testFraction"
  | "cv"
  | "ensemble"
  | "familyModules"
  | "signal"
  | "chooseTarget"
>;

/** A table that was looked at. */
export interface Exploration {
  readonly directory: string;
  /** Null: no column can be one. */
  readonly target: RunRecord["target"] | null;
  readonly columns: readonly ColumnRecord[];
  readonly checks: readonly CheckRecord[];
  readonly profile: DataProfile;
  /** What was written, from the folder. */
  readonly files: readonly string[];
}

/** The page of an exploration, in its folder. */
const pageFile = "explore.html";

/**
 * Looks at a table without training: explore.html, explore.ts, explore.ipynb and data/schema.json in a new folder.
 * Rejects with an AutomlError when the data or the options cannot be used; nothing is written then.
 */
export async function explore(
  data: string,
  options: ExploreDataOptions = {},
): Promise<Exploration> {
  checkOptions(options);
  const folder = chooseFolder(join(dirname(data), `explore-${basename(data)}`), options.out);
  const emit = listenersOf(options);
  const source = await openFile(resolve(data), readingOptions(options, { trains: false }));
  let looked: Looked;
  try {
    looked = await lookAt(source, options);
  } finally {
    source.close();
  }
  emit({ type: "checks", checks: looked.checks });
  const files = await writeExploration(folder, looked, options);
  const { target, columns, checks, profile } = looked;
  return { directory: folder, target, columns, checks, profile, files };
}

interface Looked {
  readonly inspection: Inspection;
  readonly data: RunRecord["data"];
  readonly target: RunRecord["target"] | null;
  readonly columns: readonly ColumnRecord[];
  readonly checks: readonly CheckRecord[];
  readonly profile: DataProfile;
}

/** As `train` would read, check and use the table; without a target when it has none that could be one. */
async function lookAt(source: DataSource, given: ExploreDataOptions): Promise<Looked> {
  const options = withFileNames(given, source.names);
  const path = resolve(source.path);
  const startedAt = seconds();
  const emit = listenersOf(options);
  try {
    const understood = await understandData(source, path, options, emit, startedAt);
    const { inspection, target, columns } = understood;
    // Without a clock nothing depends on how long reading took.
    const config = configOf(path, target.name, { ...options, maxTrials: 1 });
    const { table, checks, data } = await planRun(source, understood, config);
    const profile = profileOf(table, columns, target.name, options);
    return { inspection, data, target, columns, checks, profile };
  } catch (error) {
    if (options.target !== undefined || !isAboutTarget(error)) throw error;
    return withoutTarget(source, path, error, options);
  }
}

/** The table cannot be trained on, but it can be looked at. */
const targetCodes: ReadonlySet<string> = new Set([
  "AUTOML_TARGET_UNKNOWN",
  "AUTOML_TARGET_NOT_NUMERIC",
  "AUTOML_TARGET_CONSTANT",
  "AUTOML_TOO_FEW_ROWS",
  "AUTOML_NO_FEATURES",
]);

function isAboutTarget(error: unknown): error is AutomlError {
  return error instanceof AutomlError && targetCodes.has(error.code);
}

async function withoutTarget(
  source: DataSource,
  path: string,
  { message, hint, code, details }: AutomlError,
  options: ExploreDataOptions,
): Promise<Looked> {
  const inspection = await inspectWith(source, options);
  const isRefused = (name: string): boolean =>
    code === "AUTOML_TARGET_NOT_NUMERIC" && details["column"] === name;
  const columns = inspection.columns.map((column) => ({
    ...column,
    role: column.role === "target" ? ("feature" as const) : column.role,
    ...(isRefused(column.name) &&
      (column.misfits ?? 0) > 0 && {
        reason: `${column.reason.replace(/\.$/, "")}, as they may in a feature, but not in a target.`,
      }),
  }));
  const used = columns.filter(({ role }) => role === "feature");
  const { table } = await source.load({ columns: used.length > 0 ? used : columns, lenient: true });
  const data = {
    path,
    sha256: inspection.sha256,
    rows: table.rows,
    rowsWithoutTarget: 0,
    columns: columns.length,
    ...dataRecord(inspection, options.header),
  };
  const check: CheckRecord = {
    code: code.replace("AUTOML_", "").replaceAll("_", "-").toLowerCase(),
    severity: "error",
    column: null,
    message,
    action: hint ?? "Name another target with --target.",
  };
  const profile = profileOf(table, null, null, options);
  const loaded = { table, rowsWithoutTarget: 0, fileRows: table.rows, unreadable: [] };
  const checks = [check, ...checkReading(inspection, loaded, "")];
  return { inspection, data, target: null, columns, checks, profile };
}

/** Of the columns that scripts read: features and target. */
function profileOf(
  table: Table,
  columns: readonly ColumnRecord[] | null,
  target: string | null,
  { seed = 1, samples = true }: ExploreDataOptions,
): DataProfile {
  return profileTable(columns === null ? table : columnsToExplore(table, columns), {
    target,
    seed,
    samples,
  });
}

async function writeExploration(
  folder: string,
  looked: Looked,
  options: ExploreDataOptions,
): Promise<string[]> {
  const { inspection, data, target, columns, checks, profile } = looked;
  const { renderExplorePage } = await import("../report/explore-page.ts");
  const schema = { version: 1, dialect: inspection.dialect, columns };
  const version = toolVersion();
  const page = { data, target, columns, checks, profile, toolVersion: version };
  const files = [
    { path: pageFile, content: renderExplorePage(page) },
    ...scriptFiles(folder, looked, options),
    { path: runFiles.schema, content: `${JSON.stringify(schema, null, 2)}\n` },
  ];
  try {
    ensureFolder(folder);
    mkdirSync(join(folder, "data"), { recursive: true });
    for (const { path, content } of files) writeFileAtomic(join(folder, path), content);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  linkPackage(folder);
  return files.map(({ path }) => path);
}

/** Without a target, or anything to hold against it, there is no script: it reads a table by its target. */
function scriptFiles(
  folder: string,
  { data, target, columns, profile }: Looked,
  { frame, kernel = "deno" }: ExploreDataOptions,
): { path: string; content: string }[] {
  if (target === null) return [];
  const version = toolVersion();
  const input: ExploreInput = {
    data,
    target,
    columns,
    profile,
    dataPath: pathFrom(folder, data.path),
    splitPath: null,
    toolVersion: version,
    frame: frame ?? null,
  };
  const script = renderExplore(input);
  const support = renderRunFiles({
    name: basename(folder),
    dataFile: basename(data.path),
    target: target.name,
    toolVersion: version,
    dependency: pathToFileURL(packageDirectory()).href,
    ...(frame === undefined ? {} : { frame }),
  }).filter(({ path }) => path !== "AGENTS.md");
  return [
    { path: runFiles.explore, content: script },
    { path: runFiles.exploreNotebook, content: renderExploreNotebook(input, { kernel, script }) },
    ...support,
  ];
}
