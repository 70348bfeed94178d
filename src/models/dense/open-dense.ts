import { readFileSync } from "node:fs";
import { AutomlError } from "../../core/errors.ts";
import { DenseRoom, type DenseKernels } from "./dense-kernels.ts";
import { JsDense } from "./js-dense.ts";
import { WasmDense } from "./wasm-dense.ts";

/** Memory above this is given back after the work that needed it. */
const keptBytes = 2 ** 26;

let compiled: WebAssembly.Module | null | undefined;
/** This thread's kernels, while nobody works with them. */
let idle: WasmDense | undefined;

/**
 * Runs a piece of work with room for so many numbers (sums of `roomFor`). In WebAssembly with SIMD, or in TypeScript
 * where there is none or the environment says AUTOML_KERNELS=js: the same bits. Throws AUTOML_TRIAL_OUT_OF_MEMORY.
 */
export function withDense<T>(length: number, work: (room: DenseRoom) => T): T {
  const kernels = open(length);
  try {
    return work(new DenseRoom(kernels, WasmDense.reserved, length));
  } finally {
    if (kernels instanceof WasmDense && kernels.numbers.byteLength <= keptBytes) idle = kernels;
  }
}

function open(length: number): DenseKernels {
  const needed = WasmDense.reserved + length;
  try {
    if (compiled === undefined) compiled = process.env["AUTOML_KERNELS"] === "js" ? null : load();
    if (compiled === null) return new JsDense(needed);
    const kernels = idle ?? new WasmDense(compiled);
    idle = undefined;
    kernels.reach(needed);
    return kernels;
  } catch (error) {
    const megabytes = Math.ceil((8 * needed) / 2 ** 20);
    throw new AutomlError(
      "AUTOML_TRIAL_OUT_OF_MEMORY",
      `The model needs ${megabytes} MB of working memory, and there is no room for it.`,
      { cause: error },
    );
  }
}

function load(): WebAssembly.Module | null {
  try {
    const module = new WebAssembly.Module(readFileSync(moduleFile()));
    idle = new WasmDense(module);
    return module;
  } catch {
    return null;
  }
}

/** Beside the compiled JavaScript; run from source (tests), that of the last build. */
function moduleFile(): URL {
  return new URL(
    import.meta.url.endsWith(".ts") ? "../../../dist/models/dense/kernels.wasm" : "kernels.wasm",
    import.meta.url,
  );
}
