import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { AutomlError, nearestName } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";

/** Where runs go when nothing else is said, from the working directory. */
export const runsFolder = "automl-runs";

/**
 * The folder of a run named by its path or by its name among the runs of this place (`runsHere`). AUTOML_RUN_UNKNOWN
 * otherwise.
 */
export function findRun(name: string): string {
  const here = runsHere();
  for (const candidate of [resolve(name), resolve(here, name)]) {
    if (isRun(candidate)) return candidate;
  }
  const near = nearestName(name, runNames(here));
  throw new AutomlError("AUTOML_RUN_UNKNOWN", `There is no run "${name}".`, {
    hint: near === undefined ? "automl runs lists the runs there are." : `Did you mean "${near}"?`,
  });
}

/** The run that the working directory lies in; outside of runs, the one that was written to last. */
export function newestRun(): string {
  const around = runAround();
  if (around !== undefined) return around;
  const folder = runsHere();
  const runs = runNames(folder)
    .map((name) => join(folder, name))
    .map((path) => ({ path, time: statSync(join(path, runFiles.journal)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  const [newest] = runs;
  if (newest !== undefined) return newest.path;
  throw new AutomlError("AUTOML_RUN_UNKNOWN", `There is no run below ${runsFolder}/.`, {
    hint: "automl train data.csv makes one.",
  });
}

/**
 * The folder that holds the runs of the working directory: its automl-runs; else the directory itself where it is one,
 * or the folder beside the run that it lies in.
 */
export function runsHere(): string {
  const below = resolve(runsFolder);
  if (existsSync(below)) return below;
  const around = runAround();
  if (around !== undefined) return dirname(around);
  return basename(resolve()) === runsFolder ? resolve() : below;
}

/** The run that the working directory is or lies in. */
function runAround(): string | undefined {
  for (let folder = resolve(); ; folder = dirname(folder)) {
    if (isRun(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** Names of the runs directly below a folder, sorted. */
export function runNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isRun(join(folder, name)))
    .sort();
}

export function isRun(folder: string): boolean {
  return existsSync(join(folder, runFiles.journal));
}
