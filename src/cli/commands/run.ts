import type { Command } from "commander";
import { exitCodes, type Cli } from "../cli.ts";
import { interruptible } from "../interrupt.ts";
import { tellRun } from "../tell-run.ts";

interface RunFlags {
  readonly watch?: boolean;
  readonly test?: boolean;
}

/** `automl run <script>`. */
export function registerRun(command: Command, cli: Cli): void {
  command
    .argument("<script>", "script file, trial id, best or ensemble (of the newest run)")
    .option("--watch", "run it again each time it is saved, with the change in score")
    .option("--test", "open the test part for an edited script; every opening is counted")
    .action(async (script: string, flags: RunFlags) => {
      cli.exitCode = await run(script, flags, cli);
    });
}

function run(script: string, flags: RunFlags, cli: Cli): Promise<number> {
  const test = flags.test === true;
  // A pipe is written by this process, which knows what to do when its reader goes; a script's own process does not.
  const piped = cli.out.isTerminal ? {} : { onOutput: (text: string) => cli.out.write(text) };
  return interruptible(cli, async (signal) => {
    if (flags.watch === true) {
      await cli.useCases.watchScript(script, { test, signal, ...piped });
      // Watching has no end but Ctrl-C, so that one interrupts nothing.
      return exitCodes.done;
    }
    // The script prints for itself, its error included.
    const onRun = (folder: string): void => tellRun(folder, script, cli);
    const { exitCode } = await cli.useCases.runScript(script, { test, signal, onRun, ...piped });
    if (signal.aborted) return exitCodes.interrupted;
    return exitCode === 0 ? exitCodes.done : exitCodes.failed;
  });
}
