import { dirname, join, resolve } from "node:path";
import type { RunRecord } from "../../core/run-record.ts";
import { fileName, shortPath } from "./paths.ts";
import { printable } from "./printable.ts";
import { shellWord } from "./shell-word.ts";
import { tableLines } from "./table.ts";

/** How this program was started, so that the lines to paste start it the same way. */
export function commandName(env: Readonly<NodeJS.ProcessEnv>, program: string): string {
  if (/[/\\]_npx[/\\]/.test(program)) return "npx glassbox-automl";
  return env["npm_command"] === "exec" ? "npx automl" : "automl";
}

/** Report, script and prediction of a finished run, each with the line to paste. */
export function nextSteps(
  record: RunRecord,
  directory: string,
  options: { readonly command: string; readonly workingDirectory: string },
): string {
  const { command, workingDirectory } = options;
  const path = shortPath(resolve(workingDirectory, directory), workingDirectory);
  // In the usual place a run goes by its name, and the newest one needs no name at all.
  const usual =
    resolve(workingDirectory, dirname(directory)) === join(workingDirectory, "automl-runs");
  const run = shellWord(usual ? fileName(path) : path);
  const script = `${path}/best/trial.ts`;
  const rows = [
    ["report", `${path}/report.html`, `${command} report${usual ? "" : ` ${run}`} --open`],
    ["script", script, `${command} run --watch ${usual ? "best" : shellWord(script)}`],
    ["predict", `${command} predict ${run} new-rows.csv`, ""],
  ];
  const columns = [
    { title: "", align: "left" },
    { title: "", align: "left" },
    { title: "", align: "left" },
  ] as const;
  const usable = record.best === null ? rows.slice(0, 1) : rows;
  return `\n${tableLines(columns, usable).map(printable).join("\n")}\n`;
}
