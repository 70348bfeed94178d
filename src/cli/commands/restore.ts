import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { shortPath } from "../ui/paths.ts";
import { printable } from "../ui/printable.ts";

/** `automl restore [run] <trial>`. */
export function registerRestore(command: Command, cli: Cli): void {
  command
    .usage("[options] [run] <trial>")
    .argument("<run>", "run folder or name (default: the newest run)")
    .argument("[trial]", "trial id, such as 017, or ensemble")
    .action(async (first: string, second: string | undefined) => {
      // With one argument it is the trial: the run may be left out.
      const [run, trial] =
        second === undefined ? [await cli.useCases.newestRun(), first] : [first, second];
      const path = await cli.useCases.restore(run, trial);
      cli.out.write(`  restored ${printable(shortPath(path, cli.workingDirectory))}\n`);
    });
}
