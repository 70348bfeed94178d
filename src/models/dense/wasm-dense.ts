import type { DenseKernels } from "./dense-kernels.ts";

/** The functions of `kernels.wasm`; addresses and strides are bytes, address 0 is none, 0 is false. */
type Exports = Omit<
  DenseKernels,
  "numbers" | "singles" | "factorBlock" | "matern" | "exponentialDecay"
> & {
  factorBlock(a: number, size: number, stride: number): number;
  matern(at: number, count: number, slopes: number): void;
  exponentialDecay(at: number, count: number, slopes: number): void;
};

const pageBytes = 65536;
const maxPages = 65536;

/** The kernels in WebAssembly, in a memory of their own. */
export class WasmDense implements DenseKernels {
  /** Numbers at the bottom that are not for use: address 0 means "none". */
  static readonly reserved = 8;
  readonly #memory: WebAssembly.Memory;
  readonly #exports: Exports;
  numbers: Float64Array;
  singles: Float32Array;

  constructor(module: WebAssembly.Module) {
    this.#memory = new WebAssembly.Memory({ initial: 1, maximum: maxPages, shared: false });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#exports = exports as unknown as Exports;
    this.numbers = new Float64Array(this.#memory.buffer);
    this.singles = new Float32Array(this.#memory.buffer);
  }

  /** Makes so many numbers reachable; throws RangeError when there is no room. */
  reach(length: number): void {
    const lacking = 8 * length - this.#memory.buffer.byteLength;
    if (lacking <= 0) return;
    this.#memory.grow(Math.ceil(lacking / pageBytes));
    this.numbers = new Float64Array(this.#memory.buffer);
    this.singles = new Float32Array(this.#memory.buffer);
  }

  subtractProduct(
    c: number,
    a: number,
    b: number,
    rows: number,
    columns: number,
    depth: number,
    cStride: number,
    aStride: number,
    bStride: number,
  ): void {
    this.#exports.subtractProduct(
      8 * c,
      8 * a,
      8 * b,
      rows,
      columns,
      depth,
      8 * cStride,
      8 * aStride,
      8 * bStride,
    );
  }

  factorBlock(a: number, size: number, stride: number): boolean {
    return this.#exports.factorBlock(8 * a, size, 8 * stride) !== 0;
  }

  solveBlock(
    x: number,
    l: number,
    rows: number,
    size: number,
    xStride: number,
    lStride: number,
  ): void {
    this.#exports.solveBlock(8 * x, 8 * l, rows, size, 8 * xStride, 8 * lStride);
  }

  squaredDistances(
    out: number,
    row: number,
    points: number,
    stride: number,
    columns: number,
    count: number,
  ): void {
    this.#exports.squaredDistances(8 * out, 8 * row, 8 * points, 8 * stride, columns, count);
  }

  gaussian(at: number, count: number): void {
    this.#exports.gaussian(8 * at, count);
  }

  matern(at: number, count: number, slopes: number | null): void {
    this.#exports.matern(8 * at, count, 8 * (slopes ?? 0));
  }

  exponentialDecay(at: number, count: number, slopes: number | null): void {
    this.#exports.exponentialDecay(8 * at, count, 8 * (slopes ?? 0));
  }

  storeSingles(out: number, at: number, count: number): void {
    this.#exports.storeSingles(4 * out, 8 * at, count);
  }

  addSymmetricRow(out: number, s: number, x: number, i: number): void {
    this.#exports.addSymmetricRow(8 * out, 4 * s, 8 * x, i);
  }
}
