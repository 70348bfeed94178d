import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { findRun, isRun, newestRun } from "./find-run.ts";

export interface FoundScript {
  readonly path: string;
  /** The run it lies in; null for a script that lies elsewhere. */
  readonly run: string | null;
}

/**
 * A script by what a user writes: its path, its folder, the id of a trial ("017", "17") or "best". Ids are those of the
 * run that is named, else of the newest one below ./automl-runs. AUTOML_TRIAL_UNKNOWN when there is none.
 */
export function findScript(name: string, run?: string): FoundScript {
  const path = resolve(name);
  if (existsSync(path)) {
    const script = statSync(path).isDirectory() ? join(path, "trial.ts") : path;
    if (existsSync(script)) return { path: script, run: runOf(script) };
  }
  const isId = /^\d+$/.test(name);
  if (!isId && name !== runFiles.best) {
    throw new AutomlError("AUTOML_TRIAL_UNKNOWN", `There is no script "${name}".`, {
      hint: "Name a script file, a trial's id such as 017, or best.",
    });
  }
  const folder = run === undefined ? newestRun() : findRun(run);
  const script =
    name === runFiles.best ? join(folder, runFiles.best, "trial.ts") : trialScript(folder, name);
  if (script !== undefined && existsSync(script)) return { path: script, run: folder };
  throw new AutomlError(
    "AUTOML_TRIAL_UNKNOWN",
    `The run ${folder} has no script of trial ${name}.`,
    {
      hint: "leaderboard.csv lists its trials and their scripts.",
      details: { run: folder, trial: name },
    },
  );
}

function trialScript(run: string, name: string): string | undefined {
  const trials = join(run, "trials");
  if (!existsSync(trials)) return undefined;
  const prefix = `${name.padStart(3, "0")}-`;
  const folder = readdirSync(trials).find((candidate) => candidate.startsWith(prefix));
  return folder === undefined ? undefined : join(trials, folder, "trial.ts");
}

/** The run that a script's folder belongs to: `<run>/trials/<trial>/` or `<run>/best/`. */
function runOf(script: string): string | null {
  const above = dirname(dirname(script));
  return [dirname(above), above].find(isRun) ?? null;
}
