import { readFileSync } from "node:fs";
import { AutomlError } from "../../core/errors.ts";
import { jsKernels } from "./js-kernels.ts";
import type { NetworkKernels } from "./kernels.ts";

/** Kernels and the memory they work in. */
export interface Workspace {
  readonly kernels: NetworkKernels;
  readonly floats: Float32Array;
  /** The same bytes as whole numbers. */
  readonly words: Int32Array;
  /** First byte that may be used. */
  readonly start: number;
}

interface Instance {
  readonly kernels: NetworkKernels;
  readonly memory: WebAssembly.Memory;
}

const pageBytes = 65536;
const maxPages = 65536;
/** Address 0 means "none". */
const reserved = 64;
/** Memory above this is given back after the work that needed it. */
const keptBytes = 2 ** 26;

let compiled: WebAssembly.Module | null | undefined;
/** This thread's kernels, while nobody works with them. */
let idle: Instance | undefined;

/**
 * Runs a piece of work in memory of at least so many bytes, not cleared. In WebAssembly with SIMD, or in TypeScript
 * where there is none or the environment says AUTOML_KERNELS=js: slower, the same bits. Throws
 * AUTOML_TRIAL_OUT_OF_MEMORY.
 */
export function withWorkspace<T>(bytes: number, work: (workspace: Workspace) => T): T {
  if (compiled === undefined) compiled = process.env["AUTOML_KERNELS"] === "js" ? null : load();
  if (compiled === null) return work(jsWorkspace(bytes));
  const instance = idle ?? instantiate(compiled);
  idle = undefined;
  try {
    grow(instance.memory, reserved + bytes);
    const { buffer } = instance.memory;
    const [floats, words] = [new Float32Array(buffer), new Int32Array(buffer)];
    return work({ kernels: instance.kernels, floats, words, start: reserved });
  } finally {
    if (instance.memory.buffer.byteLength <= keptBytes) idle = instance;
  }
}

/** The same with the kernels in TypeScript, whatever there is. */
export function jsWorkspace(bytes: number): Workspace {
  const floats = new Float32Array(Math.ceil((reserved + bytes) / 4));
  const words = new Int32Array(floats.buffer);
  return { kernels: jsKernels(floats, words), floats, words, start: reserved };
}

function grow(memory: WebAssembly.Memory, bytes: number): void {
  const lacking = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
  if (lacking <= 0) return;
  try {
    memory.grow(lacking);
  } catch (cause) {
    const megabytes = Math.ceil(bytes / 2 ** 20);
    throw new AutomlError(
      "AUTOML_TRIAL_OUT_OF_MEMORY",
      `The network needs ${megabytes} MB of working memory, and there is no room for it.`,
      { cause },
    );
  }
}

function instantiate(module: WebAssembly.Module): Instance {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: maxPages, shared: false });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { kernels: exports as NetworkKernels, memory };
}

function load(): WebAssembly.Module | null {
  try {
    const module = new WebAssembly.Module(readFileSync(moduleFile()));
    idle = instantiate(module);
    return module;
  } catch {
    return null;
  }
}

/** Beside the compiled JavaScript; run from source (tests), that of the last build. */
function moduleFile(): URL {
  return new URL(
    import.meta.url.endsWith(".ts") ? "../../../dist/models/network/kernels.wasm" : "kernels.wasm",
    import.meta.url,
  );
}
