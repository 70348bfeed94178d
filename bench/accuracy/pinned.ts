import { spawnSync } from "node:child_process";

export interface Ended {
  readonly seconds: number;
  readonly stdout: string;
  /** Why it gave no answer; null: it ended well. */
  readonly failure: string | null;
}

const hasTaskset = spawnSync("taskset", ["--version"]).status === 0;

/** Runs a command to its end on the given cores, where the system can bind it; ended when it takes too long. */
export function runPinned(
  command: readonly string[],
  { cores, limit }: { readonly cores: string; readonly limit: number },
): Ended {
  const bound = hasTaskset && cores !== "" ? ["taskset", "-c", cores, ...command] : command;
  const start = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(bound[0]!, bound.slice(1), {
    encoding: "utf8",
    timeout: 1000 * limit,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status === 0) return { seconds, stdout, failure: null };
  const said = (stderr ?? "").trim().slice(-300);
  return { seconds, stdout: stdout ?? "", failure: `${signal ?? `exit ${status}`}: ${said}` };
}
