import { dirname, join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { readRun } from "./emit-run.ts";
import { findRun } from "./find-run.ts";
import { ensembleScript, printEnsemble, printTrial } from "./print-trial.ts";

/**
 * Prints the original script of a trial, or of the ensemble, and notebook again, over what stands there. An edited trial has no original but the
 * one it was edited from. AUTOML_TRIAL_UNKNOWN when there is nothing to print.
 * @returns path of the script
 */
export async function restore(run: string, trial: string): Promise<string> {
  const folder = findRun(run);
  const journaled = readRun(folder);
  if (trial === runFiles.ensemble && journaled.ensemble !== null) {
    return write(
      join(folder, ensembleScript),
      printEnsemble(folder, journaled, journaled.ensemble),
    );
  }
  const id = trial.padStart(3, "0");
  const detail = journaled.details.find((candidate) => candidate.record.id === id);
  const script = detail?.record.script ?? null;
  if (detail === undefined || script === null) {
    throw new AutomlError(
      "AUTOML_TRIAL_UNKNOWN",
      `The run ${journaled.record.name} has no completed trial ${id}.`,
      {
        hint: "leaderboard.csv lists its trials.",
      },
    );
  }
  if (detail.record.origin === "edited") {
    throw new AutomlError(
      "AUTOML_TRIAL_UNKNOWN",
      `Trial ${id} is an edit: its script is the one you wrote.`,
      {
        hint: `automl restore ${journaled.record.name} ${detail.record.parent ?? ""} brings back what it was edited from.`,
      },
    );
  }
  return write(join(folder, script), printTrial(folder, journaled, detail, script));
}

function write(path: string, printed: { script: string; notebook: string }): string {
  writeFileAtomic(path, printed.script);
  writeFileAtomic(join(dirname(path), "trial.ipynb"), printed.notebook);
  return path;
}
