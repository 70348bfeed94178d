import { resolve } from "node:path";
import type { RunRecord } from "../../core/run-record.ts";
import { shellWord } from "../../report/commands.ts";
import { shortPath } from "./paths.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./table.ts";

/** Path of a run from the working directory; whole when it lies elsewhere. */
export function runPath(directory: string, workingDirectory: string): string {
  return shortPath(resolve(workingDirectory, directory), workingDirectory);
}

/** Report, script and prediction of a run that has ended, each with the line to paste; how to go on when it was stopped. */
export function nextSteps(
  { record, interrupted }: { readonly record: RunRecord; readonly interrupted: boolean },
  run: string,
  command: string,
): string {
  const goOn = interrupted ? [["go on", `${command} resume ${shellWord(run)}`]] : [];
  const report = [
    ["report", `${run}/report.html`],
    ["", `${command} report ${shellWord(run)} --open`],
  ];
  const models = [
    ["script", `${command} run --watch ${shellWord(`${run}/best/trial.ts`)}`],
    ...(record.ensemble === null
      ? []
      : [["", `${command} run --watch ${shellWord(`${run}/${record.ensemble.script}`)}`]]),
    ["predict", `${command} predict ${shellWord(run)} new-rows.csv`],
  ];
  const columns = [1, 2].map(() => ({ title: "", align: "left" as const }));
  const rows = [...report, ...(record.best === null ? [] : models), ...goOn];
  return `\n${tableLines(columns, rows).map(printable).join("\n")}\n`;
}
