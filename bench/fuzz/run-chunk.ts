import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Told, Work } from "./child.ts";
import { appendLine } from "./results.ts";

/**
 * Goes through a chunk in child processes: one that dies or hangs is replaced, and the input is a finding.
 *
 * @param patience seconds without an answer that count as a hang
 */
export async function runChunk(work: Work, results: string, patience: number): Promise<void> {
  const outcomes: Record<string, number> = {};
  let cpuSeconds = 0;
  let longest = 0;
  let from = work.from;
  while (from < work.to) {
    let number = from;
    let steps: readonly string[] = [];
    const ended = await runChild({ ...work, from }, patience, (told) => {
      if (told.type === "end") cpuSeconds += told.cpuSeconds;
      if (told.type === "start") ({ number, steps } = told);
      if (told.type !== "done") return;
      const { verdict } = told;
      outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
      longest = Math.max(longest, verdict.milliseconds);
      if (verdict.finding !== null) appendLine(results, { number, ...verdict.finding, steps });
    });
    if (ended.finding !== null) {
      const { kind, detail } = ended.finding;
      appendLine(results, { number: ended.next - 1, kind, detail, steps });
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
    }
    from = ended.next;
  }
  const { seed, from: first, to } = work;
  appendLine(results, { seed, from: first, to, outcomes, cpuSeconds, longest });
}

interface Ended {
  /** The first input that was not tried. */
  readonly next: number;
  readonly finding: { readonly kind: "crash" | "hang"; readonly detail: string } | null;
}

function runChild(work: Work, patience: number, hear: (told: Told) => void): Promise<Ended> {
  const child: ChildProcess = fork(fileURLToPath(new URL("child.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let stderr = "";
  child.stderr!.on("data", (data: Buffer) => (stderr = (stderr + String(data)).slice(-600)));
  return new Promise((done) => {
    let current = work.from - 1;
    let finished = false;
    let hung = false;
    let timer = setTimeout(() => undefined, 0);
    const watch = (seconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        hung = true;
        child.kill("SIGKILL");
      }, 1000 * seconds);
    };
    child.on("message", (told: Told) => {
      if (told.type === "start") current = told.number;
      if (told.type === "end") finished = true;
      watch(patience);
      hear(told);
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (finished && !hung) return done({ next: work.to, finding: null });
      const detail = hung
        ? `no answer within ${patience} s`
        : `${signal ?? `exit ${code}`}: ${stderr.trim().slice(-300)}`;
      // A child that dies before its first input would do so forever.
      done({ next: Math.max(current, work.from) + 1, finding: { kind: hung ? "hang" : "crash", detail } }); // prettier-ignore
    });
    watch(3 * patience);
    child.send(work);
  });
}
