import { fileURLToPath } from "node:url";
import { seconds } from "../core/clock.ts";
import { commandName } from "../report/commands.ts";
import type { Cli } from "./cli.ts";
import { endWithReader } from "./reader-gone.ts";
import { createOutput } from "./ui/output.ts";
import { useCases } from "./use-cases.ts";

/** The command line of this process. */
export function createCli(): Cli {
  const { stdin, stdout, stderr, env } = process;
  const interruptions = new Set<() => void>();
  endWithReader([stdout, stderr], interruptions, () => process.exit(0));
  return {
    out: createOutput(stdout, env),
    err: createOutput(stderr, env),
    keys: stdin.isTTY ? stdin : null,
    workingDirectory: process.cwd(),
    command: commandName(fileURLToPath(import.meta.url)),
    clock: seconds,
    onInterrupt: (listener) => {
      const signals = ["SIGINT", "SIGTERM"] as const;
      interruptions.add(listener);
      for (const signal of signals) process.on(signal, listener);
      return () => {
        interruptions.delete(listener);
        for (const signal of signals) process.off(signal, listener);
      };
    },
    kill: (exitCode) => process.exit(exitCode),
    useCases,
    json: false,
    exitCode: 0,
  };
}
