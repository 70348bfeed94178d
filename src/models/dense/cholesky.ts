import type { DenseKernels } from "./dense-kernels.ts";

/** A square matrix in the kernels' memory, row-major. */
export interface Square {
  readonly at: number;
  readonly size: number;
  readonly stride: number;
}

/** Numbers per side of what is solved element by element. */
const smallest = 16;
/** Products are cut to this depth and so many columns: what is read again and again stays in the cache. */
const productDepth = 256;
const productColumns = 96;

/**
 * C -= A B' in blocks. The cut depends on the sizes alone, so the bits do too. With `lower`, only the lower triangle of a
 * square C is of use: what lies right of it is left half done. 2 x rows x columns x depth operations.
 */
export function subtractProduct(
  kernels: DenseKernels,
  c: { readonly at: number; readonly stride: number },
  a: { readonly at: number; readonly stride: number },
  b: { readonly at: number; readonly stride: number },
  size: { readonly rows: number; readonly columns: number; readonly depth: number },
  lower = false,
): void {
  for (let k = 0; k < size.depth; k += productDepth) {
    const depth = Math.min(productDepth, size.depth - k);
    for (let j = 0; j < size.columns; j += productColumns) {
      const columns = Math.min(productColumns, size.columns - j);
      const i = lower ? j : 0;
      kernels.subtractProduct(
        c.at + i * c.stride + j,
        a.at + i * a.stride + k,
        b.at + j * b.stride + k,
        size.rows - i,
        columns,
        depth,
        c.stride,
        a.stride,
        b.stride,
      );
    }
  }
}

/**
 * Overwrites the lower triangle with the Cholesky factor L, LL' = the matrix; what lies above is neither read nor kept.
 * False when it is not positive definite. Recursive halving (Golub & Van Loan 2013, section 4.2). O(size³ / 3).
 *
 * @param checkpoint called now and then; may throw
 */
export function factor(
  kernels: DenseKernels,
  { at, size, stride }: Square,
  checkpoint: () => void = () => {},
): boolean {
  if (size >= 256) checkpoint();
  if (size <= smallest) return kernels.factorBlock(at, size, stride);
  const half = halfOf(size);
  const rest = size - half;
  const top: Square = { at, size: half, stride };
  const left = { at: at + half * stride, stride };
  const bottom: Square = { at: left.at + half, size: rest, stride };
  if (!factor(kernels, top, checkpoint)) return false;
  solveRight(kernels, left, rest, top);
  subtractProduct(kernels, bottom, left, left, { rows: rest, columns: rest, depth: half }, true);
  return factor(kernels, bottom, checkpoint);
}

/** Overwrites X, rows x size, with the solution Z of Z L' = X. O(rows x size²). */
export function solveRight(
  kernels: DenseKernels,
  x: { readonly at: number; readonly stride: number },
  rows: number,
  { at, size, stride }: Square,
): void {
  if (size <= smallest) {
    kernels.solveBlock(x.at, at, rows, size, x.stride, stride);
    return;
  }
  const half = halfOf(size);
  const rest = size - half;
  solveRight(kernels, x, rows, { at, size: half, stride });
  const right = { at: x.at + half, stride: x.stride };
  const left = { at: at + half * stride, stride };
  subtractProduct(kernels, right, x, left, { rows, columns: rest, depth: half });
  solveRight(kernels, right, rows, { at: left.at + half, size: rest, stride });
}

/** Writes the transposed inverse of L, an upper triangle with zeros below, to `out`. O(size³ / 3). */
export function invertTransposed(kernels: DenseKernels, out: Square, l: Square): void {
  const { numbers } = kernels;
  for (let i = 0; i < out.size; i++) {
    numbers.fill(0, out.at + i * out.stride, out.at + i * out.stride + out.size);
    numbers[out.at + i * out.stride + i] = 1;
  }
  invertInto(kernels, out, l);
}

function invertInto(kernels: DenseKernels, out: Square, l: Square): void {
  const { size } = l;
  if (size <= smallest) {
    kernels.solveBlock(out.at, l.at, size, size, out.stride, l.stride);
    return;
  }
  const half = halfOf(size);
  const rest = size - half;
  const lowerLeft = { at: l.at + half * l.stride, stride: l.stride };
  const bottom: Square = { at: lowerLeft.at + half, size: rest, stride: l.stride };
  const right = { at: out.at + half, stride: out.stride };
  invertInto(kernels, { ...out, size: half }, { ...l, size: half });
  invertInto(kernels, { at: right.at + half * out.stride, size: rest, stride: out.stride }, bottom);
  subtractProduct(kernels, right, out, lowerLeft, { rows: half, columns: rest, depth: half });
  solveRight(kernels, right, half, bottom);
}

/**
 * Subtracts U U' of an upper triangle U from the lower triangle of `out`: with U the transposed inverse of L, what is
 * subtracted is the inverse of LL'. O(size³ / 3).
 */
export function subtractOuter(kernels: DenseKernels, out: Square, upper: Square): void {
  const { size } = upper;
  for (let i = 0; i < size; i += productColumns) {
    // Rows from i on are zero before column i.
    const rows = Math.min(productColumns, size - i);
    const row = { at: upper.at + i * upper.stride + i, stride: upper.stride };
    const all = { at: upper.at + i, stride: upper.stride };
    const c = { at: out.at + i * out.stride, stride: out.stride };
    subtractProduct(kernels, c, row, all, { rows, columns: i + rows, depth: size - i });
  }
}

/** Overwrites b with the solution of L z = b. O(size²). */
export function solveForward(kernels: DenseKernels, l: Square, b: Float64Array): void {
  const { numbers } = kernels;
  for (let i = 0; i < l.size; i++) {
    const row = l.at + i * l.stride;
    let s0 = 0;
    let s1 = 0;
    let j = 0;
    for (; j + 1 < i; j += 2) {
      s0 += numbers[row + j]! * b[j]!;
      s1 += numbers[row + j + 1]! * b[j + 1]!;
    }
    if (j < i) s0 += numbers[row + j]! * b[j]!;
    b[i] = (b[i]! - (s0 + s1)) / numbers[row + i]!;
  }
}

/** Overwrites b with the solution of L' z = b. O(size²). */
export function solveBackward(kernels: DenseKernels, l: Square, b: Float64Array): void {
  const { numbers } = kernels;
  for (let i = l.size - 1; i >= 0; i--) {
    const row = l.at + i * l.stride;
    const value = b[i]! / numbers[row + i]!;
    b[i] = value;
    for (let j = 0; j < i; j++) b[j]! -= numbers[row + j]! * value;
  }
}

/** About half, a multiple of the smallest size. */
function halfOf(size: number): number {
  return smallest * Math.ceil(size / (2 * smallest));
}
