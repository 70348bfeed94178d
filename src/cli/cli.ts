import type { Output } from "./ui/output.ts";
import type { UseCases } from "./use-cases.ts";

/** Keys from a terminal, one at a time. */
export type KeyInput = NodeJS.ReadStream;

/** Everything a command touches outside itself. `main.ts` makes the real one, tests their own. */
export interface Cli {
  /** Results. */
  readonly out: Output;
  /** Progress and errors. */
  readonly err: Output;
  /** The keyboard; null when stdin is no terminal. */
  readonly keys: KeyInput | null;
  readonly workingDirectory: string;
  /** How this program is called in lines to paste: "npx automl". */
  readonly command: string;
  /** Seconds, monotonic. */
  clock(): number;
  /** Calls `listener` at each Ctrl-C (or SIGTERM) until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process at once. */
  kill(exitCode: number): void;
  readonly useCases: UseCases;
  /** Programs read stdout (`--json`): an error is told there too. A command sets it when it knows its settings. */
  json: boolean;
  /** What the process exits with; commands set it, 0 unless they do. */
  exitCode: number;
}

export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
