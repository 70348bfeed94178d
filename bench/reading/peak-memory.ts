import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface WatchedProcess {
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Largest resident size in bytes, worker threads included; it is the kernel's own count on Linux. */
  readonly peakBytes: number;
}

/** Runs a program, its output shown, and watches its memory. Linux only: it reads /proc. */
export function watchMemory(program: string, args: readonly string[]): Promise<WatchedProcess> {
  const startedAt = performance.now();
  const child = spawn(program, args, { stdio: "inherit" });
  let peakBytes = 0;
  const look = () => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
      peakBytes = Math.max(peakBytes, kilobytes * 1024);
    } catch {
      // It has ended.
    }
  };
  const timer = setInterval(look, 50);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (exitCode) => {
      clearInterval(timer);
      resolve({ exitCode, seconds: (performance.now() - startedAt) / 1000, peakBytes });
    });
  });
}
