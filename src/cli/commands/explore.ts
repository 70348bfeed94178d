import { join } from "node:path";
import type { Command } from "commander";
import type { ExploreDataOptions } from "../../app/explore.ts";
import type { TrainEvent } from "../../core/events.ts";
import type { Cli } from "../cli.ts";
import { addFlag } from "../flags.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { trainFlags } from "../train-flags.ts";
import { renderExploration } from "../ui/exploration.ts";

/** Flags of `train` that say how a table is read and shown. */
const shared = new Set([
  "target",
  "types",
  "header",
  "no-header",
  "sample-fraction",
  "exclude",
  "seed",
  "memory",
  "kernel",
  "frame",
  "no-samples",
]);

interface ExploreSettings extends ExploreDataOptions {
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `automl explore <data>`. */
export function registerExplore(command: Command, cli: Cli): void {
  command.argument("<data>", "CSV, TSV (also gzipped), Parquet, JSON or NDJSON file");
  for (const flag of trainFlags) if (shared.has(flag.name)) addFlag(command, flag);
  command
    .option(
      "--out <folder>",
      "folder to write (default: automl-runs/explore-<data name>-<MMDD-HHMM>)",
    )
    .option("--open", "open the page in the browser")
    .option("--json", "what was found as NDJSON on stdout instead of text")
    .action(async (data: string, settings: ExploreSettings) => explore(data, settings, cli));
}

async function explore(data: string, settings: ExploreSettings, cli: Cli): Promise<void> {
  const { open, json, samples, ...options } = settings;
  cli.json = json === true;
  const events: TrainEvent[] = [];
  const tell = (value: object): unknown => cli.out.write(`${JSON.stringify(value)}\n`);
  const exploration = await cli.useCases.explore(data, {
    ...options,
    // commander presets the positive of --no-samples: only the negative was said.
    ...(samples === false ? { samples } : {}),
    on: { event: (event) => (cli.json ? tell(event) : events.push(event)) },
  });
  if (cli.json) tell({ type: "explored", ...exploration });
  else {
    const { workingDirectory, command } = cli;
    const view = { width: cli.out.width(), workingDirectory, command, data };
    cli.out.write(renderExploration(exploration, events, view));
  }
  const page = join(exploration.directory, "explore.html");
  if (open === true && !(await openInBrowser(page)))
    cli.err.write("  No browser could be started here: open the page above in one.\n");
}
