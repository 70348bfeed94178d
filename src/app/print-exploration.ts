import { isAbsolute, relative, sep } from "node:path";
import type { ExploreInput } from "../codegen/explore/explore-input.ts";
import { renderExploreNotebook } from "../codegen/explore/explore-notebook.ts";
import { renderExplore } from "../codegen/explore/render-explore.ts";
import { runFiles } from "../core/run-folder.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import type { JournaledRun } from "../engine/run-record.ts";

/** explore.ts and explore.ipynb of a run, as they are printed into its folder. */
export function printExploration(
  folder: string,
  run: JournaledRun,
  profile: DataProfile,
): { script: string; notebook: string } {
  const { record, config } = run;
  const input: ExploreInput = {
    data: record.data,
    target: record.target,
    columns: record.columns,
    profile,
    dataPath: pathFrom(folder, record.data.path),
    splitPath: runFiles.split,
    toolVersion: record.tool.version,
    frame: config.frame ?? null,
  };
  const script = renderExplore(input);
  return { script, notebook: renderExploreNotebook(input, { kernel: config.kernel, script }) };
}

/** Path of a file as a script in the folder writes it; another drive has no relative path. */
export function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file);
  return (isAbsolute(path) ? file : path).replaceAll(sep, "/");
}
