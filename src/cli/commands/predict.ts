import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { tellRun } from "../tell-run.ts";
import { renderPrediction } from "../ui/prediction.ts";

/** `automl predict <source> <data>`. */
export function registerPredict(command: Command, cli: Cli): void {
  command
    .argument("<source>", "run folder or name, trial folder, or model.json")
    .argument("<data>", "file with the rows to predict")
    .option("--out <file>", "CSV file to write (default: stdout)")
    .action(async (source: string, data: string, options: { out?: string }) => {
      const { out } = options;
      const summary = await cli.useCases.predict(source, data, {
        ...(out === undefined ? {} : { out }),
        onRun: (run) => tellRun(run, source, cli),
      });
      // Without a file the predictions themselves are the result, and nothing else may stand between them.
      if (out === undefined) cli.out.write(summary.csv);
      const told = out === undefined ? cli.err : cli.out;
      told.write(renderPrediction(summary, { data, width: told.width(), paint: told.paint }));
    });
}
