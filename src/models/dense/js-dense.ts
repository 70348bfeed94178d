import type { DenseKernels } from "./dense-kernels.ts";
import { exponential } from "./exponential.ts";

/** Beyond this squared distance the exponential is as good as 0, and nothing overflows. */
const farthest = 100000;

/** The kernels in TypeScript: what assembly/ does, number by number in the same order. */
export class JsDense implements DenseKernels {
  readonly numbers: Float64Array;
  readonly singles: Float32Array;

  constructor(length: number) {
    this.numbers = new Float64Array(length);
    this.singles = new Float32Array(this.numbers.buffer);
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
    const { numbers } = this;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const product = productOf(numbers, a + i * aStride, b + j * bStride, depth);
        numbers[c + i * cStride + j]! -= product;
      }
    }
  }

  factorBlock(a: number, size: number, stride: number): boolean {
    const { numbers } = this;
    for (let i = 0; i < size; i++) {
      const row = a + i * stride;
      for (let j = 0; j <= i; j++) {
        const other = a + j * stride;
        let rest = numbers[row + j]!;
        for (let k = 0; k < j; k++) rest -= numbers[row + k]! * numbers[other + k]!;
        if (j === i && !(rest > 0)) return false;
        numbers[row + j] = j < i ? rest / numbers[other + j]! : Math.sqrt(rest);
      }
    }
    return true;
  }

  solveBlock(
    x: number,
    l: number,
    rows: number,
    size: number,
    xStride: number,
    lStride: number,
  ): void {
    const { numbers } = this;
    for (let i = 0; i < rows; i++) {
      const row = x + i * xStride;
      for (let j = 0; j < size; j++) {
        const other = l + j * lStride;
        let rest = numbers[row + j]!;
        for (let k = 0; k < j; k++) rest -= numbers[row + k]! * numbers[other + k]!;
        numbers[row + j] = rest / numbers[other + j]!;
      }
    }
  }

  squaredDistances(
    out: number,
    row: number,
    points: number,
    stride: number,
    columns: number,
    count: number,
  ): void {
    const { numbers } = this;
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const difference = numbers[row + c]! - numbers[points + c * stride + j]!;
        sum += difference * difference;
      }
      numbers[out + j] = sum;
    }
  }

  gaussian(at: number, count: number): void {
    const { numbers } = this;
    for (let i = at; i < at + count; i++) numbers[i] = exponential(numbers[i]! * -0.5);
  }

  matern(at: number, count: number, slopes: number | null): void {
    const { numbers } = this;
    for (let i = 0; i < count; i++) {
      const squared = Math.min(numbers[at + i]!, farthest) * 5;
      const s = Math.sqrt(squared);
      const decay = exponential(-s);
      numbers[at + i] = (1 + s + squared * (1 / 3)) * decay;
      if (slopes !== null) numbers[slopes + i] = (1 + s) * (5 / 3) * decay;
    }
  }

  exponentialDecay(at: number, count: number, slopes: number | null): void {
    const { numbers } = this;
    for (let i = 0; i < count; i++) {
      const s = Math.sqrt(numbers[at + i]!);
      const decay = exponential(-s);
      numbers[at + i] = decay;
      if (slopes !== null) numbers[slopes + i] = s === 0 ? 0 : decay / s;
    }
  }

  storeSingles(out: number, at: number, count: number): void {
    for (let i = 0; i < count; i++) this.singles[out + i] = this.numbers[at + i]!;
  }

  addSymmetricRow(out: number, s: number, x: number, i: number): void {
    const { numbers, singles } = this;
    const own = numbers[x + i]!;
    let even = 0;
    let odd = 0;
    for (let j = 0; j + 1 < i; j += 2) {
      const first = singles[s + j]!;
      const second = singles[s + j + 1]!;
      even += first * numbers[x + j]!;
      odd += second * numbers[x + j + 1]!;
      numbers[out + j]! += first * own;
      numbers[out + j + 1]! += second * own;
    }
    let total = even + odd;
    if (i % 2 === 1) {
      const last = singles[s + i - 1]!;
      total += last * numbers[x + i - 1]!;
      numbers[out + i - 1]! += last * own;
    }
    numbers[out + i]! += total;
  }
}

function productOf(numbers: Float64Array, a: number, b: number, depth: number): number {
  let even = 0;
  let odd = 0;
  for (let k = 0; k + 1 < depth; k += 2) {
    even += numbers[a + k]! * numbers[b + k]!;
    odd += numbers[a + k + 1]! * numbers[b + k + 1]!;
  }
  if (depth % 2 === 1) {
    even += numbers[a + depth - 1]! * numbers[b + depth - 1]!;
    // What the second lane of the last, half empty pair adds: it turns -0 into 0.
    odd += 0;
  }
  return even + odd;
}
