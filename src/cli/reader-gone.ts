import type { Writable } from "node:stream";

/**
 * Ends quietly when nobody reads our output any more (`automl run 017 | head`): that is no failure of ours. Work that
 * can be interrupted is, so that it takes its own processes with it; otherwise the process exits.
 */
export function endWithReader(
  streams: readonly Writable[],
  interruptions: ReadonlySet<() => void>,
  exit: () => void,
): void {
  let gone = false;
  for (const stream of streams) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      if (gone) return;
      gone = true;
      if (interruptions.size === 0) exit();
      else for (const interrupt of interruptions) interrupt();
    });
  }
}
