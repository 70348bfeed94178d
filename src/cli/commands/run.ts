import type { Command } from "commander";
import { exitCodes, type Cli } from "../cli.ts";
import { interruptible } from "../interrupt.ts";

/** `automl run <script>`. */
export function registerRun(command: Command, cli: Cli): void {
  command
    .argument("<script>", "script file, trial id or best (of the newest run)")
    .option("--watch", "run it again each time it is saved, with the change in score")
    .option("--test", "open the test part for an edited script; every opening is counted")
    .action(async (script: string, options: { watch?: boolean; test?: boolean }) => {
      cli.exitCode = await run(script, options, cli);
    });
}

function run(
  script: string,
  options: { watch?: boolean; test?: boolean },
  cli: Cli,
): Promise<number> {
  const test = options.test === true;
  const onOutput = (text: string): void => cli.out.write(text);
  return interruptible(cli, async (signal) => {
    if (options.watch === true) {
      await cli.useCases.watchScript(script, { test, signal, onOutput });
      // Watching has no end but Ctrl-C, so that one is no interruption.
      return exitCodes.done;
    }
    const { exitCode } = await cli.useCases.runScript(script, { test, signal, onOutput });
    if (signal.aborted) return exitCodes.interrupted;
    return exitCode === 0 ? exitCodes.done : exitCodes.failed;
  });
}
