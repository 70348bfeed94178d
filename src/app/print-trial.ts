import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { EnsembleDetail, TrialDetail } from "../core/run-record.ts";
import { renderEnsemble } from "../codegen/ensemble/render-ensemble.ts";
import { renderEnsembleNotebook, renderNotebook } from "../codegen/notebook/notebook.ts";
import { renderRunFiles } from "../codegen/run-files.ts";
import type { RunFile, ScriptInput } from "../codegen/script-input.ts";
import { renderScript } from "../codegen/render-script.ts";
import { runFiles } from "../core/run-folder.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { packageDirectory, toolVersion } from "./installation.ts";

/**
 * Script and notebook of a trial, as it is printed for a place in the run folder.
 * @param scriptPath from the run folder, with forward slashes
 */
export function printTrial(
  folder: string,
  run: JournaledRun,
  detail: TrialDetail,
  scriptPath: string,
): { script: string; notebook: string } {
  const input = { ...placed(folder, run, scriptPath), detail };
  return {
    script: renderScript(input),
    notebook: renderNotebook(input, { kernel: run.config.kernel }),
  };
}

/** The same for the ensemble, as it is printed for its own folder. */
export function printEnsemble(
  folder: string,
  run: JournaledRun,
  detail: EnsembleDetail,
): { script: string; notebook: string } {
  const { metric, trials } = run.record;
  const alone = detail.spec.members.map(({ trial }) => {
    const record = trials.find(({ id }) => id === trial);
    return record?.scores?.validation[metric] ?? null;
  });
  const input = { ...placed(folder, run, ensembleScript), detail, alone };
  const script = renderEnsemble(input);
  const { kernel } = run.config;
  return { script, notebook: renderEnsembleNotebook(input, { kernel, script }) };
}

/** Path of the ensemble's script from the run folder. */
export const ensembleScript = `${runFiles.ensemble}/trial.ts`;

/** package.json, tsconfig.json and AGENTS.md of the run folder. */
export function printRunFiles(folder: string, run: JournaledRun): readonly RunFile[] {
  return renderRunFiles({
    name: basename(folder),
    dataFile: basename(run.record.data.path),
    target: run.record.target.name,
    toolVersion: toolVersion(),
    dependency: pathToFileURL(packageDirectory()).href,
    ...(run.config.frame === undefined ? {} : { frame: run.config.frame }),
  });
}

/** What scripts of a run have in common, at their places. */
function placed(
  folder: string,
  run: JournaledRun,
  scriptPath: string,
): Omit<ScriptInput, "detail"> {
  const scriptFolder = dirname(join(folder, scriptPath));
  const path = relative(scriptFolder, run.record.data.path);
  // Another drive has no relative path.
  const dataPath = (isAbsolute(path) ? run.record.data.path : path).replaceAll(sep, "/");
  return {
    run: run.record,
    dataPath,
    scriptPath,
    toolVersion: run.record.tool.version,
    example: run.started.example,
  };
}
