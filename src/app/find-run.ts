import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { AutomlError, nearestName } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";

/** Where runs go when nothing else is said, from the working directory. */
export const runsFolder = "automl-runs";

/** The folder of a run named by its path or by its name below ./automl-runs. AUTOML_RUN_UNKNOWN otherwise. */
export function findRun(name: string): string {
  for (const candidate of [resolve(name), resolve(runsFolder, name)]) {
    if (isRun(candidate)) return candidate;
  }
  const near = nearestName(name, runNames(resolve(runsFolder)));
  throw new AutomlError("AUTOML_RUN_UNKNOWN", `There is no run "${name}".`, {
    hint: near === undefined ? "automl runs lists the runs there are." : `Did you mean "${near}"?`,
  });
}

/** The run that was written to last below ./automl-runs. */
export function newestRun(): string {
  const folder = resolve(runsFolder);
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
