import { dirname, join, resolve } from "node:path";
import type { RunRecord } from "../../core/run-record.ts";
import { shellWord } from "../../report/commands.ts";
import { fileName, shortPath } from "./paths.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./table.ts";

/** How this program was started, so that the lines to paste start it the same way. */
export function commandName(env: Readonly<NodeJS.ProcessEnv>, program: string): string {
  if (/[/\\]_npx[/\\]/.test(program)) return "npx glassbox-automl";
  return env["npm_command"] === "exec" ? "npx automl" : "automl";
}

/** How a run is named on a command line, in a shell's words. */
export interface RunName {
  /** From the working directory. */
  readonly path: string;
  /** Its name in the usual place, else its path. */
  readonly word: string;
  /** True in the usual place: there the newest run needs no name at all. */
  readonly usual: boolean;
}

export function nameRun(directory: string, workingDirectory: string): RunName {
  const whole = resolve(workingDirectory, directory);
  const path = shortPath(whole, workingDirectory);
  const usual = dirname(whole) === join(workingDirectory, "automl-runs");
  return { path, usual, word: shellWord(usual ? fileName(path) : path) };
}

/** Report, script and prediction of a finished run, each with the line to paste. */
export function nextSteps(record: RunRecord, run: RunName, command: string): string {
  const { path, word, usual } = run;
  const script = `${path}/best/trial.ts`;
  const rows = [
    ["report", `${path}/report.html`, `${command} report${usual ? "" : ` ${word}`} --open`],
    ["script", script, `${command} run --watch ${usual ? "best" : shellWord(script)}`],
    ["predict", `${command} predict ${word} new-rows.csv`, ""],
  ];
  const columns = rows[0]!.map(() => ({ title: "", align: "left" as const }));
  const usable = record.best === null ? rows.slice(0, 1) : rows;
  return `\n${tableLines(columns, usable).map(printable).join("\n")}\n`;
}
