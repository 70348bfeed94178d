import { relative, resolve } from "node:path";
import type { Cli } from "./cli.ts";
import { runPath } from "./ui/next-steps.ts";
import { printable } from "./ui/printable.ts";

/**
 * Names on stderr the run that a command uses, unless the user did: with a path in it, or to it.
 * @param given what the user wrote; undefined when nothing was
 */
export function tellRun(run: string, given: string | undefined, cli: Cli): void {
  if (given !== undefined && isWithin(run, resolve(cli.workingDirectory, given))) return;
  cli.err.write(`  run   ${printable(runPath(run, cli.workingDirectory))}\n`);
}

/** The run that is meant when none is named, told. */
export async function newestRun(cli: Cli): Promise<string> {
  const run = await cli.useCases.newestRun();
  tellRun(run, undefined, cli);
  return run;
}

function isWithin(folder: string, path: string): boolean {
  return !/^(\.\.([/\\]|$)|[/\\]|[A-Za-z]:)/.test(relative(folder, path));
}
