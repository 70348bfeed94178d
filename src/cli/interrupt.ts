import { exitCodes, type Cli } from "./cli.ts";

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
  const stopListening = cli.onInterrupt(() => {
    if (controller.signal.aborted) return cli.kill(exitCodes.interrupted);
    controller.abort();
    onFirst();
  });
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
