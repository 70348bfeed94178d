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

/** Report, script and prediction of a finished run, each with the line to paste. */
export function nextSteps(record: RunRecord, run: string, command: string): string {
  const rows = [
    ["report", `${run}/report.html`],
    ["", `${command} report ${shellWord(run)} --open`],
    ["script", `${command} run --watch ${shellWord(`${run}/best/trial.ts`)}`],
    ...(record.ensemble === null
      ? []
      : [["", `${command} run --watch ${shellWord(`${run}/${record.ensemble.script}`)}`]]),
    ["predict", `${command} predict ${shellWord(run)} new-rows.csv`],
  ];
  const columns = rows[0]!.map(() => ({ title: "", align: "left" as const }));
  const usable = record.best === null ? rows.slice(0, 2) : rows;
  return `\n${tableLines(columns, usable).map(printable).join("\n")}\n`;
}
