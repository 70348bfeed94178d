import type { Command } from "commander";
import { exitCodes, type Cli } from "../cli.ts";
import { renderVerification } from "../ui/verification.ts";

/** `automl verify [run]`. */
export function registerVerify(command: Command, cli: Cli): void {
  command
    .argument("[run]", "run folder or name (default: the newest run)")
    .action(async (run: string | undefined) => {
      cli.exitCode = await verify(run, cli);
    });
}

async function verify(run: string | undefined, cli: Cli): Promise<number> {
  const verification = await cli.useCases.verify(run ?? (await cli.useCases.newestRun()), {});
  const { paint } = cli.out;
  cli.out.write(
    renderVerification(verification, {
      paint,
      width: cli.out.width(),
      node: process.versions.node,
    }),
  );
  const broken = verification.results.some(
    ({ status }) => status === "different" || status === "failed",
  );
  return broken ? exitCodes.failed : exitCodes.done;
}
