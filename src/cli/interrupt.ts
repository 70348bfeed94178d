import { exitCodes, type Cli } from "./cli.ts";

/** Signals within so many seconds are one: `timeout`, and npm above us, send theirs to us and to our whole group. */
const oneStroke = 1;

/**
 * Runs work that Ctrl-C ends: the first one aborts the signal, so that the work stops cleanly and keeps what is
 * finished; the second ends the process.
 */
export async function interruptible<T>(
  cli: Cli,
  work: (signal: AbortSignal) => Promise<T>,
  onFirst: () => void = () => {},
): Promise<T> {
  const controller = new AbortController();
  let first = 0;
  const stopListening = cli.onInterrupt(() => {
    if (controller.signal.aborted) {
      if (cli.clock() - first >= oneStroke) cli.kill(exitCodes.interrupted);
      return;
    }
    first = cli.clock();
    controller.abort();
    onFirst();
  });
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
