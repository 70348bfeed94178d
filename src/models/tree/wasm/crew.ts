import { Worker } from "node:worker_threads";

/**
 * What a helper thread runs: the same kernels in the same memory. It owns nothing there and never allocates, so it may be
 * ended at any moment. It starts and works while the thread that made it is busy.
 */
const program = `
const { workerData } = require("node:worker_threads");
const { module, memory } = workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve();
`;

/** Threads that take pieces of this thread's work; they end with it. */
export class Crew {
  readonly #data: { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory };
  #count = 0;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory) {
    this.#data = { module, memory };
  }

  /** Makes so many, if there are fewer. They help as soon as they are up; nobody waits for them. */
  start(count: number): void {
    for (; this.#count < count; this.#count++) {
      const options = { eval: true, execArgv: [], workerData: this.#data };
      try {
        const worker = new Worker(program, options);
        worker.on("error", () => {});
        worker.unref();
      } catch {
        // Without it there is one thread less; so it is too when it ends with an error.
      }
    }
  }
}
