import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { TrialDetail } from "../core/run-record.ts";
import { renderNotebook } from "../codegen/notebook/notebook.ts";
import { renderRunFiles } from "../codegen/run-files.ts";
import type { RunFile, ScriptInput } from "../codegen/script-input.ts";
import { renderScript } from "../codegen/render-script.ts";
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
  const input = scriptInput(folder, run, detail, scriptPath);
  return {
    script: renderScript(input),
    notebook: renderNotebook(input, { kernel: run.config.kernel }),
  };
}

/** package.json, tsconfig.json and AGENTS.md of the run folder. */
export function printRunFiles(folder: string, run: JournaledRun): readonly RunFile[] {
  return renderRunFiles({
    name: basename(folder),
    dataFile: basename(run.record.data.path),
    target: run.record.target.name,
    toolVersion: toolVersion(),
    dependency: pathToFileURL(packageDirectory()).href,
  });
}

function scriptInput(
  folder: string,
  run: JournaledRun,
  detail: TrialDetail,
  scriptPath: string,
): ScriptInput {
  const scriptFolder = dirname(join(folder, scriptPath));
  const path = relative(scriptFolder, run.record.data.path);
  // Another drive has no relative path.
  const dataPath = (isAbsolute(path) ? run.record.data.path : path).replaceAll(sep, "/");
  return {
    run: run.record,
    detail,
    dataPath,
    scriptPath,
    toolVersion: run.record.tool.version,
    example: run.started.example,
  };
}
