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
 * A script by what a user writes: its path, its folder, the id of a trial ("017", "17"), "best" or "ensemble". Ids are those of the
 * run that is named, else of the newest one below ./automl-runs. AUTOML_TRIAL_UNKNOWN when there is none.
 */
export function findScript(name: string, run?: string): FoundScript {
  const path = resolve(name);
  if (existsSync(path)) {
    const script = statSync(path).isDirectory() ? join(path, "trial.ts") : path;
    if (existsSync(script)) return { path: script, run: runOf(script) };
  }
  const isId = /^\d+$/.test(name);
  const isNamed = name === runFiles.best || name === runFiles.ensemble;
  if (!isId && !isNamed) {
    throw new AutomlError("AUTOML_TRIAL_UNKNOWN", `There is no script "${name}".`, {
      hint: "Name a script file, a trial's id such as 017, best, or ensemble.",
    });
  }
  const folder = run === undefined ? newestRun() : findRun(run);
  const script = isNamed ? join(folder, name, "trial.ts") : trialScript(folder, name);
  if (script !== undefined && existsSync(script)) return { path: script, run: folder };
  throw new AutomlError(
    "AUTOML_TRIAL_UNKNOWN",
    name === runFiles.ensemble
      ? `The run ${folder} has no ensemble.`
      : `The run ${folder} has no script of trial ${name}.`,
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

/** The run that a script's folder belongs to: `<run>/trials/<trial>/` `<run>/ensemble/` or `<run>/best/`. */
function runOf(script: string): string | null {
  const above = dirname(dirname(script));
  return [dirname(above), above].find(isRun) ?? null;
}
