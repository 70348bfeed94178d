import type { TrialRecord } from "../core/run-record.ts";
import type { Command } from "./model/report-model.ts";

/** A word of a POSIX shell command: quoted when it holds anything but plain characters. */
export function shellWord(word: string): string {
  const safe = word.startsWith("-") ? `./${word}` : word;
  return /^[\w./:@%+=-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", "'\\''")}'`;
}

/**
 * How this program is called in lines to paste, from where its files really lie: when npx fetched it
 * into its own cache, there is no `automl` for npx to find the next time.
 */
export function commandName(installation: string): string {
  return /[/\\]_npx[/\\]/.test(installation) ? "npx glassbox-automl" : "npx automl";
}

/** A run on the command line: how the program is called, and the run's path from where the line is pasted. */
export interface RunReference {
  readonly command: string;
  readonly path: string;
}

/** The folder of a trial inside its run, from the path of its script; null without a script. */
function trialFolder(trial: TrialRecord): string | null {
  const slash = trial.script?.lastIndexOf("/") ?? -1;
  return trial.script === null || slash < 0 ? null : trial.script.slice(0, slash);
}

/** Predict with a trial, work on its script. `asRun`: the trial is what the whole run predicts with. */
export function trialCommands(run: RunReference, trial: TrialRecord, asRun: boolean): Command[] {
  const { command, path } = run;
  const folder = trialFolder(trial);
  const commands: Command[] = [];
  if (trial.status === "completed" && (asRun || folder !== null)) {
    const model = asRun ? path : `${path}/${folder}`;
    commands.push({ what: "predict", line: `${command} predict ${shellWord(model)} new.csv` });
  }
  if (trial.script !== null) {
    commands.push({
      what: "edit and re-run on save",
      line: `${command} run --watch ${shellWord(`${path}/${trial.script}`)}`,
    });
  }
  return commands;
}

/** Gets a trial's script back as it was generated. An edit was written by hand, so there is nothing to get back. */
export function restoreCommands(run: RunReference, trial: TrialRecord): Command[] {
  if (trial.script === null || trial.origin === "edited") return [];
  const line = `${run.command} restore ${shellWord(run.path)} ${shellWord(trial.id)}`;
  return [{ what: "print the script again as generated", line }];
}

/** What can be done with the run as a whole. `compares`: on a page that compares it with others. */
export function runCommands(run: RunReference, compares: boolean): Command[] {
  const { command } = run;
  const word = shellWord(run.path);
  const rebuild = compares ? "build this run's own report again" : "rebuild this page";
  return [
    {
      what: "check that every script gives its recorded scores",
      line: `${command} verify ${word}`,
    },
    { what: "go on searching", line: `${command} resume ${word} --time-budget 60` },
    { what: `${rebuild}, edits included`, line: `${command} report ${word}` },
  ];
}
