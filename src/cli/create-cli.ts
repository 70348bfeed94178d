import { seconds } from "../core/clock.ts";
import type { Cli } from "./cli.ts";
import { commandName } from "./ui/next-steps.ts";
import { createOutput } from "./ui/output.ts";
import { useCases } from "./use-cases.ts";

/** The command line of this process. */
export function createCli(): Cli {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    // The reader of a pipe may have enough (`automl runs | head`): that is no failure of ours.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
  return {
    out: createOutput(stdout, env),
    err: createOutput(stderr, env),
    keys: stdin.isTTY ? stdin : null,
    workingDirectory: process.cwd(),
    command: commandName(env, process.argv[1] ?? ""),
    clock: seconds,
    onInterrupt: (listener) => {
      const signals = ["SIGINT", "SIGTERM"] as const;
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
    kill: (exitCode) => process.exit(exitCode),
    useCases,
    exitCode: 0,
  };
}
