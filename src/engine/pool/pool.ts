import { totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Piscina } from "piscina";
import { seconds as now } from "../../core/clock.ts";
import { sharedInt32 } from "../../core/table.ts";
import type { Piece, PieceReply, WorkerShared } from "./piece.ts";

/** Why a piece was ended before it was done. */
export type EndReason = "timed-out" | "out-of-memory" | "cancelled";

export type PieceOutcome =
  PieceReply | { readonly ok: false; readonly ended: EndReason; readonly seconds: number };

/** How long a piece may take to its next checkpoint before its thread is ended; a new thread costs about as much. */
const graceSeconds = 0.3;

interface Running {
  readonly owner: string;
  readonly predictedBytes: number;
  readonly controller: AbortController;
  reason: EndReason;
}

/** Worker threads that carry out pieces; a piece that runs too long or takes too much memory is really stopped. */
export class WorkerPool {
  readonly size: number;
  readonly #piscina: Piscina<Piece, PieceReply>;
  readonly #running = new Set<Running>();
  readonly #memoryLimit: number;
  readonly #watchdog: NodeJS.Timeout;
  #quietUntil = 0;

  readonly #stopFlag = sharedInt32(1);
  readonly #idle = sharedInt32(1);

  constructor(options: {
    workers: number;
    memoryMegabytes: number | null;
    shared: Omit<WorkerShared, "stopFlag" | "idle">;
  }) {
    this.size = options.workers;
    this.#memoryLimit = memoryLimit(options.memoryMegabytes);
    this.#piscina = new Piscina<Piece, PieceReply>({
      filename: workerFile(),
      name: "work",
      minThreads: options.workers,
      maxThreads: options.workers,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
      workerData: {
        ...options.shared,
        stopFlag: this.#stopFlag,
        idle: this.#idle,
      } satisfies WorkerShared,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(this.#memoryLimit / 2 ** 20) },
    });
    // Heap limits do not see typed arrays or WebAssembly memory: the resident size of the process does.
    this.#watchdog = setInterval(() => this.#checkMemory(), 50);
    this.#watchdog.unref();
  }

  get idle(): number {
    return this.size - this.#running.size;
  }

  /** Runs a piece for `owner` (a trial's id). Never rejects. */
  async run(
    piece: Piece,
    options: { owner: string; predictedBytes: number; timeoutSeconds: number | null },
  ): Promise<PieceOutcome> {
    const { owner, predictedBytes, timeoutSeconds } = options;
    const task: Running = {
      owner,
      predictedBytes,
      controller: new AbortController(),
      reason: "cancelled",
    };
    const start = now();
    const timer =
      timeoutSeconds === null
        ? undefined
        : setTimeout(() => this.#end(task, "timed-out"), Math.max(1, timeoutSeconds * 1000));
    this.#running.add(task);
    this.#countIdle();
    try {
      return await this.#piscina.run(piece, { signal: task.controller.signal });
    } catch (error) {
      const seconds = now() - start;
      if (task.controller.signal.aborted) return { ok: false, ended: task.reason, seconds };
      if (Reflect.get(Object(error), "code") === "ERR_WORKER_OUT_OF_MEMORY") {
        return { ok: false, ended: "out-of-memory", seconds };
      }
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, code: "AUTOML_TRIAL_FAILED", message, seconds };
    } finally {
      clearTimeout(timer);
      this.#running.delete(task);
      this.#countIdle();
    }
  }

  /** Ends the running pieces of one owner, with their threads. */
  cancel(owner: string): void {
    for (const task of this.#running) if (task.owner === owner) this.#end(task, "cancelled");
  }

  /** Asks all running pieces to end, and ends the threads of those that do not; then the pool can be used again. */
  async cancelAll(): Promise<void> {
    Atomics.store(this.#stopFlag, 0, 1);
    const until = now() + graceSeconds;
    while (this.#running.size > 0 && now() < until) await sleep(5);
    for (const task of this.#running) this.#end(task, "cancelled");
    while (this.#running.size > 0) await sleep(1);
    Atomics.store(this.#stopFlag, 0, 0);
  }

  async close(): Promise<void> {
    clearInterval(this.#watchdog);
    for (const task of this.#running) this.#end(task, "cancelled");
    await this.#piscina.destroy();
  }

  #countIdle(): void {
    Atomics.store(this.#idle, 0, Math.max(0, this.idle));
  }

  #end(task: Running, reason: EndReason): void {
    if (task.controller.signal.aborted) return;
    task.reason = reason;
    task.controller.abort();
  }

  /** Over the limit, the running piece that was expected to need most is ended. */
  #checkMemory(): void {
    if (this.#running.size === 0 || now() < this.#quietUntil) return;
    if (process.memoryUsage.rss() <= this.#memoryLimit) return;
    const [largest] = [...this.#running].sort((a, b) => b.predictedBytes - a.predictedBytes);
    if (largest === undefined) return;
    this.#end(largest, "out-of-memory");
    // The memory of an ended thread is given back a moment later; until then nobody else pays for it.
    this.#quietUntil = now() + 0.5;
  }
}

/** 75 % of what the machine or the container has, or what the user allows if that is less; in bytes. */
function memoryLimit(megabytes: number | null): number {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  const asked = megabytes === null ? Infinity : megabytes * 2 ** 20;
  return Math.min(0.75 * available, asked);
}

/** Worker threads load compiled JavaScript; run from source (tests), the worker of the last build is used. */
function workerFile(): string {
  const beside = fileURLToPath(new URL("./worker.js", import.meta.url));
  if (!import.meta.url.endsWith(".ts")) return beside;
  return fileURLToPath(new URL("../../../dist/engine/pool/worker.js", import.meta.url));
}
