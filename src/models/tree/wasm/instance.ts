import { readFileSync } from "node:fs";
import { Arena, maxPages } from "./arena.ts";
import { Crew } from "./crew.ts";

/** The functions of `kernels.wasm`; the assembly folder documents them. Addresses are bytes in the memory. */
export interface WasmKernels {
  /** Bytes of `Growing`, of `Job` and of the room of a piece of work. */
  recordBytes(): number;
  jobBytes(): number;
  roomBytes(): number;
  openRoom(at: number): void;
  /** Grows the tree of a job. */
  growTree(job: number): void;
  /** Has the trees of jobs, whose addresses lie at `jobs`, grown by all threads there are, this one when it joins. */
  postTrees(jobs: number, count: number): void;
  joinTrees(count: number): void;
  follow(
    job: number,
    bins: number,
    matrixRows: number,
    rows: number,
    from: number,
    to: number,
    spare: number,
    begins: number,
    ends: number,
    node: number,
    begin: number,
    end: number,
  ): number;
  drawRows(random: number, chosen: number, count: number, rows: number): void;
  leafMeans(
    leaves: number,
    begin: number,
    end: number,
    rows: number,
    values: number,
    times: number,
    weight: number,
    out: number,
    pieces: number,
  ): void;
  addToRows(
    leaves: number,
    begin: number,
    end: number,
    rows: number,
    values: number,
    scores: number,
    pieces: number,
  ): void;
  residuals(y: number, scores: number, count: number, out: number, pieces: number): number;
  fillRows(rows: number, count: number, pieces: number): void;
  encodeNumbers(
    cells: number,
    groups: number,
    thresholds: number,
    size: number,
    codes: number,
    groupBytes: number,
  ): void;
  encodeMissingFirst(codes: number, out: number, groups: number, groupBytes: number): void;
  encodeCategories(
    cells: number,
    groups: number,
    classes: number,
    size: number,
    codes: number,
    groupBytes: number,
  ): void;
  addSmallTree(
    nodes: number,
    end: number,
    values: number,
    tables: number,
    codes: number,
    groups: number,
    groupBytes: number,
    sums: number,
    scratch: number,
  ): void;
  addLargeTree(
    nodes: number,
    values: number,
    codes: number,
    groups: number,
    groupBytes: number,
    sums: number,
  ): void;
  addMixedTree(
    nodes: number,
    values: number,
    tables: number,
    codes: number,
    groups: number,
    groupBytes: number,
    sums: number,
  ): void;
}

/** The compiled kernels and the memory they work in: one of each per thread. */
export interface WasmTrees {
  readonly kernels: WasmKernels;
  readonly arena: Arena;
  readonly crew: Crew;
}

/** Bottom of the memory: the words that threads talk by (assembly/team.ts). */
const reservedBytes = 65536;

let instance: WasmTrees | null | undefined;

/**
 * This thread's instance, made at the first call; null where there is no WebAssembly with SIMD, or where the environment
 * says AUTOML_KERNELS=js. Results are the same bits without it.
 */
export function wasmTrees(): WasmTrees | null {
  if (instance === undefined) instance = process.env["AUTOML_KERNELS"] === "js" ? null : load();
  return instance;
}

function load(): WasmTrees | null {
  try {
    const memory = new WebAssembly.Memory({
      initial: reservedBytes / 65536,
      maximum: maxPages,
      shared: true,
    });
    const module = new WebAssembly.Module(readFileSync(moduleFile()));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const arena = new Arena(memory, reservedBytes);
    return { kernels: exports as WasmKernels, arena, crew: new Crew(module, memory) };
  } catch {
    return null;
  }
}

/** Beside the compiled JavaScript; run from source (tests), that of the last build. */
function moduleFile(): URL {
  return new URL(
    import.meta.url.endsWith(".ts")
      ? "../../../../dist/models/tree/kernels.wasm"
      : "../kernels.wasm",
    import.meta.url,
  );
}
