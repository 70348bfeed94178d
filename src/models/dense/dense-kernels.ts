/**
 * The inner loops of dense algebra. Places and strides count numbers of `numbers` (single-precision places: of `singles`,
 * over the same bytes); blocks are row-major. Only + - x / sqrt in a fixed order: the same bits from every implementation.
 */
export interface DenseKernels {
  /** All memory the kernels can reach. */
  readonly numbers: Float64Array;
  readonly singles: Float32Array;
  /**
   * C -= A B': C is rows x columns, A rows x depth, B columns x depth. Each element is c - (even + odd), the sums of the
   * products at even and at odd places in ascending order.
   */
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
  ): void;
  /** Overwrites the lower triangle of a small block with its Cholesky factor; false when a pivot is not above 0. */
  factorBlock(a: number, size: number, stride: number): boolean;
  /** Overwrites X, rows x size, with the solution Z of Z L' = X for a small lower triangle L. */
  solveBlock(
    x: number,
    l: number,
    rows: number,
    size: number,
    xStride: number,
    lStride: number,
  ): void;
  /** out[j] = squared distance of a row to point j, whose coordinate c is numbers[points + c x stride + j]. */
  squaredDistances(
    out: number,
    row: number,
    points: number,
    stride: number,
    columns: number,
    count: number,
  ): void;
  /** Squared distances t become exp(-t / 2). A number behind an odd count is changed too. */
  gaussian(at: number, count: number): void;
  /**
   * Squared distances t become (1 + s + s² / 3) exp(-s), s = sqrt(5 t). `slopes`, unless null, gets
   * 5 / 3 (1 + s) exp(-s). A number behind an odd count is changed too.
   */
  matern(at: number, count: number, slopes: number | null): void;
  /** Squared distances t become exp(-s), s = sqrt(t). `slopes`, unless null, gets exp(-s) / s, 0 where s is 0. */
  exponentialDecay(at: number, count: number, slopes: number | null): void;
  /** Rounds numbers to single precision. */
  storeSingles(out: number, at: number, count: number): void;
  /** Row i of y = S x by the lower triangle: out[j] += s[j] x[i], out[i] += s[j] x[j] for j < i; `s` are singles. */
  addSymmetricRow(out: number, s: number, x: number, i: number): void;
}

/** Memory for one piece of work, handed out from bottom to top and never given back one by one. */
export class DenseRoom {
  readonly kernels: DenseKernels;
  #top: number;
  readonly #end: number;

  constructor(kernels: DenseKernels, from: number, length: number) {
    this.kernels = kernels;
    this.#top = from;
    this.#end = from + length;
  }

  /** Place of so many numbers, not cleared, with one to spare behind them. Each begins at an even place. */
  take(length: number): number {
    const place = this.#top;
    this.#top += roomFor(length);
    if (this.#top > this.#end) throw new RangeError("The room for dense algebra is too small.");
    return place;
  }
}

/** What `take` uses up for so many numbers. */
export function roomFor(length: number): number {
  return (Math.ceil(length / 2) + 1) * 2;
}
