import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { Piscina } from "piscina";
import { seconds as now } from "../../core/clock.ts";
import { memoryText } from "../../core/memory.ts";
import { sharedInt32 } from "../../core/table.ts";
import { keptShare, type FitMemory } from "../../search/fit-memory.ts";
import type { Piece, PieceReply, PlacedPiece, WorkerShared } from "./piece.ts";

/** Why a piece was ended before it was done. */
export type EndReason = "timed-out" | "out-of-memory" | "cancelled";

export type PieceOutcome =
  | PieceReply
  | {
      readonly ok: false;
      readonly ended: Exclude<EndReason, "out-of-memory">;
      readonly seconds: number;
    }
  | {
      readonly ok: false;
      readonly ended: "out-of-memory";
      /** What was held, allowed and expected. */
      readonly message: string;
      readonly seconds: number;
    };

/** Most that a worker keeps from trial to trial. */
const mostKept = 2 ** 30;

/** A further thread of a fit takes at the most this share of what the fit takes with one. */
const threadShare = 0.5;

/** How long a piece may take to its next checkpoint before its thread is ended; a new thread costs about as much. */
const graceSeconds = 0.3;

interface Running {
  readonly owner: string;
  readonly predictedBytes: number;
  readonly controller: AbortController;
  /** Its place in the pool; 0 while it waits for room, and for what is more than there are places. */
  place: number;
  reason: EndReason;
  /** Bytes the process held when this was ended for it. */
  held: number | null;
  /** Called when there is room to begin, or when it is not wanted any more. */
  proceed: () => void;
}

/**
 * Worker threads that carry out pieces; a piece that runs too long or takes too much memory is really stopped. Pieces
 * that are expected not to fit into memory side by side run one after the other.
 */
export class WorkerPool {
  readonly size: number;
  readonly #piscina: Piscina<PlacedPiece, PieceReply>;
  readonly #running = new Set<Running>();
  readonly #waiting: Running[] = [];
  readonly #memory: FitMemory;
  readonly #watchdog: NodeJS.Timeout;
  #quietUntil = 0;

  readonly #stopFlags: Int32Array<SharedArrayBuffer>;
  readonly #idle = sharedInt32(1);

  constructor(options: {
    workers: number;
    memory: FitMemory;
    shared: Omit<WorkerShared, "stopFlags" | "idle" | "keptBytes">;
  }) {
    this.size = options.workers;
    this.#stopFlags = sharedInt32(1 + options.workers);
    this.#memory = options.memory;
    const { allowed } = options.memory;
    this.#piscina = new Piscina<PlacedPiece, PieceReply>({
      filename: workerFile(),
      name: "work",
      minThreads: options.workers,
      maxThreads: options.workers,
      concurrentTasksPerWorker: 1,
      recordTiming: false,
      workerData: {
        ...options.shared,
        stopFlags: this.#stopFlags,
        idle: this.#idle,
        keptBytes: Math.min(mostKept, (keptShare * allowed) / options.workers),
      } satisfies WorkerShared,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(allowed / 2 ** 20) },
    });
    // Heap limits do not see typed arrays or WebAssembly memory: the resident size of the process does.
    this.#watchdog = setInterval(() => this.#checkMemory(), 50);
    this.#watchdog.unref();
  }

  get idle(): number {
    return this.size - this.#running.size - this.#waiting.length;
  }

  /** Whether a piece of this size could begin now: alone it always may. */
  hasRoom(predictedBytes: number): boolean {
    let expected = predictedBytes;
    for (const task of this.#running) expected += task.predictedBytes;
    return this.#running.size === 0 || expected <= this.#memory.room;
  }

  /** Runs a piece for `owner` (a trial's id) as soon as there is room. Waiting counts as time. Never rejects. */
  async run(
    piece: Piece,
    options: { owner: string; predictedBytes: number; timeoutSeconds: number | null },
  ): Promise<PieceOutcome> {
    const { owner, predictedBytes, timeoutSeconds } = options;
    const task: Running = {
      owner,
      predictedBytes,
      controller: new AbortController(),
      place: 0,
      reason: "cancelled",
      held: null,
      proceed: () => {},
    };
    const start = now();
    const timer =
      timeoutSeconds === null
        ? undefined
        : setTimeout(() => this.#end(task, "timed-out"), Math.max(1, timeoutSeconds * 1000));
    try {
      await this.#turn(task);
      const { place } = task;
      return await this.#piscina.run({ piece, place }, { signal: task.controller.signal });
    } catch (error) {
      const seconds = now() - start;
      if (task.controller.signal.aborted) return this.#ended(task, seconds);
      if (Reflect.get(Object(error), "code") === "ERR_WORKER_OUT_OF_MEMORY") {
        return this.#ended({ ...task, reason: "out-of-memory" }, seconds);
      }
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, code: "AUTOML_TRIAL_FAILED", message, seconds };
    } finally {
      clearTimeout(timer);
      this.#running.delete(task);
      if (task.place > 0) Atomics.store(this.#stopFlags, task.place, 0);
      this.#admit();
    }
  }

  /** Asks the pieces of one owner to end, and ends the threads of those that do not. */
  cancel(owner: string): void {
    for (const task of this.#all()) {
      if (task.owner !== owner) continue;
      if (task.place === 0) {
        this.#end(task, "cancelled");
        continue;
      }
      Atomics.store(this.#stopFlags, task.place, 1);
      setTimeout(() => {
        if (this.#running.has(task)) this.#end(task, "cancelled");
      }, graceSeconds * 1000).unref();
    }
  }

  /** Asks all running pieces to end, and ends the threads of those that do not; then the pool can be used again. */
  async cancelAll(): Promise<void> {
    while (this.#waiting.length > 0) this.#end(this.#waiting[0]!, "cancelled");
    Atomics.store(this.#stopFlags, 0, 1);
    const until = now() + graceSeconds;
    while (this.#running.size > 0 && now() < until) await sleep(5);
    for (const task of this.#running) this.#end(task, "cancelled");
    while (this.#running.size > 0) await sleep(1);
    Atomics.store(this.#stopFlags, 0, 0);
  }

  async close(): Promise<void> {
    clearInterval(this.#watchdog);
    for (const task of this.#all()) this.#end(task, "cancelled");
    await this.#piscina.destroy();
  }

  #all(): Running[] {
    return [...this.#running, ...this.#waiting];
  }

  /** Resolves when there is room for the task and those before it, or when it has been ended. */
  #turn(task: Running): Promise<void> {
    return new Promise((resolve) => {
      task.proceed = resolve;
      this.#waiting.push(task);
      this.#admit();
    });
  }

  #admit(): void {
    for (;;) {
      const first = this.#waiting[0];
      if (first === undefined || !this.hasRoom(first.predictedBytes)) break;
      this.#waiting.shift();
      first.place = this.#freePlace();
      this.#running.add(first);
      first.proceed();
    }
    this.#countIdle();
  }

  /** From 1 on; 0: all are taken. */
  #freePlace(): number {
    const taken = new Set(Array.from(this.#running, ({ place }) => place));
    let place = 1;
    while (taken.has(place)) place++;
    return place <= this.size ? place : 0;
  }

  /** Idle workers whose core a running piece may use, as far as there is memory for its threads. */
  #countIdle(): void {
    let expected = 0;
    let largest = 0;
    for (const { predictedBytes } of this.#running) {
      expected += predictedBytes;
      largest = Math.max(largest, predictedBytes);
    }
    const left = Math.max(0, this.#memory.room - expected);
    const affordable = largest === 0 ? Infinity : Math.floor(left / (threadShare * largest));
    Atomics.store(this.#idle, 0, Math.max(0, Math.min(this.size - this.#running.size, affordable)));
  }

  #end(task: Running, reason: EndReason): void {
    if (task.controller.signal.aborted) return;
    task.reason = reason;
    task.controller.abort();
    const place = this.#waiting.indexOf(task);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    task.proceed();
  }

  #ended({ reason, held, predictedBytes }: Running, seconds: number): PieceOutcome {
    if (reason !== "out-of-memory") return { ok: false, ended: reason, seconds };
    const taken =
      held === null ? "its JavaScript heap was full" : `the run held ${memoryText(held, "up")}`;
    const allowed = memoryText(this.#memory.allowed, "down");
    const expected = memoryText(predictedBytes, "up");
    const message = `${taken}, ${allowed} of memory are allowed; this fit was expected to need about ${expected}`;
    return { ok: false, ended: reason, message, seconds };
  }

  /** Over the limit, the running piece that was expected to need most is ended. */
  #checkMemory(): void {
    if (this.#running.size === 0 || now() < this.#quietUntil) return;
    const held = process.memoryUsage.rss();
    if (held <= this.#memory.allowed) return;
    const [largest] = [...this.#running].sort((a, b) => b.predictedBytes - a.predictedBytes);
    if (largest === undefined) return;
    largest.held = held;
    this.#end(largest, "out-of-memory");
    // The memory of an ended thread is given back a moment later; until then nobody else pays for it.
    this.#quietUntil = now() + 0.5;
  }
}

/** Worker threads load compiled JavaScript; run from source (tests), the worker of the last build is used. */
function workerFile(): string {
  const beside = fileURLToPath(new URL("./worker.js", import.meta.url));
  if (!import.meta.url.endsWith(".ts")) return beside;
  return fileURLToPath(new URL("../../../dist/engine/pool/worker.js", import.meta.url));
}
