import type { TrialRecord } from "../core/run-record.ts";
import type { Command } from "./model/report-model.ts";

/** A word of a POSIX shell command: quoted when it holds anything but plain characters. */
export function shellWord(word: string): string {
  const safe = word.startsWith("-") ? `./${word}` : word;
  return /^[\w./:@%+=-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

/** The folder of a trial inside its run, from the path of its script; null without a script. */
function trialFolder(trial: TrialRecord): string | null {
  const slash = trial.script?.lastIndexOf("/") ?? -1;
  return trial.script === null || slash < 0 ? null : trial.script.slice(0, slash);
}

/** Predict with a trial, work on its script. `asRun`: the trial is what the whole run predicts with. */
export function trialCommands(run: string, trial: TrialRecord, asRun: boolean): Command[] {
  const folder = trialFolder(trial);
  const commands: Command[] = [];
  if (trial.status === "completed" && (asRun || folder !== null)) {
    const model = asRun ? run : `${run}/${folder}`;
    commands.push({ what: "predict", line: `automl predict ${shellWord(model)} new.csv` });
  }
  if (trial.script !== null) {
    commands.push({
      what: "edit and re-run on save",
      line: `automl run --watch ${shellWord(trial.id)}`,
    });
  }
  return commands;
}

/** Gets a trial's script back as it was generated. */
export function restoreCommand(run: string, id: string): Command {
  return {
    what: "print the script again as generated",
    line: `automl restore ${shellWord(run)} ${shellWord(id)}`,
  };
}

/** What can be done with the run as a whole. */
export function runCommands(run: string): Command[] {
  const word = shellWord(run);
  return [
    { what: "check that every script gives its recorded scores", line: `automl verify ${word}` },
    { what: "go on searching", line: `automl resume ${word} --time-budget 60` },
    { what: "rebuild this page, edits included", line: `automl report ${word}` },
  ];
}
