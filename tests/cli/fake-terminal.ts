import type { Cli } from "../../src/cli/cli.ts";
import { createPaint } from "../../src/cli/ui/paint.ts";
import type { Output } from "../../src/cli/ui/output.ts";
import type { UseCases } from "../../src/cli/use-cases.ts";

export interface RecordedOutput extends Output {
  text: string;
}

/** Narrow spaces as plain ones, so that what is expected can be typed. */
export const plain = (text: string): string => text.replaceAll("\u202f", " ");

/** An output that keeps what is written to it. */
export function recordedOutput(
  options: { isTerminal?: boolean; width?: number; colors?: boolean } = {},
): RecordedOutput {
  return {
    isTerminal: options.isTerminal ?? false,
    width: () => options.width ?? 100,
    fullWidth: () => options.width ?? Infinity,
    paint: createPaint(options.colors ?? false),
    text: "",
    write(text) {
      this.text += plain(text);
    },
  };
}

export interface FakeCli extends Cli {
  readonly out: RecordedOutput;
  readonly err: RecordedOutput;
  readonly killed: number[];
  /** Presses Ctrl-C. */
  interrupt(): void;
}

/** A command line without a process; use cases that are not given refuse to be called. */
export function fakeCli(given: Partial<UseCases> = {}, change: Partial<Cli> = {}): FakeCli {
  const listeners = new Set<() => void>();
  const killed: number[] = [];
  const refused = new Proxy({} as UseCases, {
    get: (_, name) => () => Promise.reject(new TypeError(`${String(name)} was called`)),
  });
  const named: Partial<UseCases> = {
    familyLabel: () => Promise.resolve((name) => name),
    newestRun: () => Promise.resolve("/home/me/automl-runs/newest"),
  };
  const useCases: Partial<UseCases> = { ...named, ...given };
  return {
    keys: null,
    workingDirectory: "/home/me",
    command: "automl",
    clock: () => 0,
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    kill: (exitCode) => killed.push(exitCode),
    json: false,
    exitCode: 0,
    ...change,
    out: recordedOutput(),
    err: recordedOutput({ isTerminal: (change.keys ?? null) !== null }),
    useCases: new Proxy(refused, {
      get: (target, name: keyof UseCases) => useCases[name] ?? target[name],
    }),
    killed,
    interrupt: () => listeners.forEach((listener) => listener()),
  };
}
