import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { newestRun } from "../tell-run.ts";
import { renderFailures, renderRuns } from "../ui/run-list.ts";

/** `automl runs [folder]`. */
export function registerRuns(command: Command, cli: Cli): void {
  command
    .argument("[folder]", "folder that holds runs (default: automl-runs); with --failed: a run")
    .option(
      "--failed",
      "list the failed and skipped trials of a run (default: the newest), with reasons",
    )
    .action(async (folder: string | undefined, options: { failed?: boolean }) => {
      const familyLabel = await cli.useCases.familyLabel();
      const { paint } = cli.out;
      const view = { paint, width: cli.out.width(), familyLabel, command: cli.command };
      if (options.failed === true) {
        const { trials } = await cli.useCases.failedTrials(folder ?? (await newestRun(cli)));
        cli.out.write(renderFailures(trials, view));
      } else cli.out.write(renderRuns(await cli.useCases.listRuns(folder), view));
    });
}
