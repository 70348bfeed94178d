import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { shortPath } from "../ui/paths.ts";
import { printable } from "../ui/printable.ts";

/** `automl report [run...]`. */
export function registerReport(command: Command, cli: Cli): void {
  command
    .argument("[runs...]", "run folders or names (default: the newest run); several are compared")
    .option("--open", "open the report in the browser")
    .action(async (runs: string[], options: { open?: boolean }) => {
      const named = runs.length > 0 ? runs : [await cli.useCases.newestRun()];
      const path = await cli.useCases.report(named);
      cli.out.write(`  ${printable(shortPath(path, cli.workingDirectory))}\n`);
      if (options.open === true && !(await openInBrowser(path)))
        cli.err.write("  No browser could be started here: open the file above in one.\n");
    });
}
