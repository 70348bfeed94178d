import type { Command } from "commander";
import { exitCodes, type Cli } from "../cli.ts";
import { addFlag } from "../flags.ts";
import { interruptible } from "../interrupt.ts";
import { resumeFlags, type TrainSettings } from "../train-flags.ts";
import { createView, tellResult } from "../train-telling.ts";

type ResumeSettings = Pick<
  TrainSettings,
  "timeBudget" | "maxTrials" | "workers" | "memory" | "json" | "quiet"
>;

/** `automl resume [run]`. */
export function registerResume(command: Command, cli: Cli): void {
  command.argument("[run]", "run folder or name (default: the newest run)");
  for (const flag of resumeFlags) addFlag(command, flag);
  command.action(async (run: string | undefined, settings: ResumeSettings) => {
    cli.exitCode = await resume(run, settings, cli);
  });
}

async function resume(
  name: string | undefined,
  settings: ResumeSettings,
  cli: Cli,
): Promise<number> {
  const { json, quiet, ...limits } = settings;
  const telling = { json: json === true, quiet: quiet === true };
  cli.json = telling.json;
  // The view names it.
  const directory = name ?? (await cli.useCases.newestRun());
  const familyLabel = await cli.useCases.familyLabel();
  const view = createView(telling, familyLabel, cli);
  try {
    const run = await interruptible(
      cli,
      (signal) =>
        cli.useCases.resume(directory, {
          ...limits,
          signal,
          on: { event: (event) => view.event(event) },
        }),
      () => view.interrupted(),
    );
    view.close();
    tellResult(run, telling, familyLabel, cli);
    return run.interrupted ? exitCodes.interrupted : exitCodes.done;
  } finally {
    view.close();
  }
}
