import type { Command } from "commander";
import { askTarget } from "../ask-target.ts";
import { exitCodes, type Cli } from "../cli.ts";
import { addFlag } from "../flags.ts";
import { interruptible } from "../interrupt.ts";
import { createView, tellResult } from "../train-telling.ts";
import { trainFlags, type TrainSettings } from "../train-flags.ts";

/** `automl train <data>`. */
export function registerTrain(command: Command, cli: Cli): void {
  command.argument("<data>", "CSV, TSV (also gzipped), Parquet, JSON or NDJSON file");
  for (const flag of trainFlags) addFlag(command, flag);
  command
    .option("--config <file>", "YAML file with the same settings; flags come before it")
    .action(async (data: string, options: TrainSettings & { config?: string }) => {
      const { config, ...flags } = options;
      // commander presets the positive of --no-samples and --no-ensemble: only the negative was said.
      const { samples, ensemble, ...given } = flags;
      const said: TrainSettings = {
        ...given,
        ...(samples === false ? { samples } : {}),
        ...(ensemble === false ? { ensemble } : {}),
      };
      cli.exitCode = await train(data, { ...(await readSettings(config)), ...said }, cli);
    });
}

async function readSettings(config: string | undefined): Promise<TrainSettings> {
  if (config === undefined) return {};
  const { readConfigFile } = await import("../config-file.ts");
  return readConfigFile(config);
}

async function train(data: string, settings: TrainSettings, cli: Cli): Promise<number> {
  const { json, quiet, ...options } = settings;
  const telling = { json: json === true, quiet: quiet === true };
  cli.json = telling.json;
  const familyLabel = await cli.useCases.familyLabel();
  const view = createView(telling, familyLabel, cli);
  const { keys } = cli;
  const mayAsk = keys !== null && cli.err.isTerminal && !telling.json && !telling.quiet;
  try {
    const run = await interruptible(
      cli,
      (signal) =>
        cli.useCases.train(data, {
          ...options,
          signal,
          on: { event: (event) => view.event(event) },
          ...(mayAsk && {
            chooseTarget: (guess, columns) =>
              guess.certain
                ? Promise.resolve(guess.name)
                : askTarget(guess, columns, keys, cli.err),
          }),
        }),
      () => view.interrupted(),
    );
    view.close();
    tellResult(run, telling, familyLabel, cli);
    if (run.interrupted) return exitCodes.interrupted;
    return run.record.best === null ? exitCodes.failed : exitCodes.done;
  } finally {
    view.close();
  }
}
