import type { Command } from "commander";
import { exitCodes, type Cli } from "../cli.ts";
import { interruptible } from "../interrupt.ts";
import { newestRun } from "../tell-run.ts";
import { LiveRegion } from "../ui/live-region.ts";
import { renderVerification } from "../ui/verification.ts";

/** `automl verify [run]`. */
export function registerVerify(command: Command, cli: Cli): void {
  command
    .argument("[run]", "run folder or name (default: the newest run)")
    .action(async (run: string | undefined) => {
      cli.exitCode = await verify(run ?? (await newestRun(cli)), cli);
    });
}

function verify(run: string, cli: Cli): Promise<number> {
  const region = new LiveRegion(cli.err);
  const onTrial = (_result: unknown, done: number, of: number): void => {
    if (cli.err.isTerminal) region.draw([`  ${done} of ${of} scripts`]);
  };
  return interruptible(cli, async (signal) => {
    const verification = await cli.useCases.verify(run, { signal, onTrial });
    region.clear();
    const { paint } = cli.out;
    const view = { paint, width: cli.out.width(), node: process.versions.node };
    cli.out.write(renderVerification(verification, view));
    if (signal.aborted) return exitCodes.interrupted;
    const isSame = verification.results.every(({ status }) => status === "same");
    return isSame ? exitCodes.done : exitCodes.failed;
  });
}
