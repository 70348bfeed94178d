// The small ends of a blocked Cholesky factor; addresses and strides are bytes.

/** Overwrites the lower triangle of a small block with its Cholesky factor; 0 when a pivot is not above 0. */
export function factorBlock(a: usize, size: i32, stride: usize): i32 {
  let row = a;
  for (let i = 0; i < size; i++, row += stride) {
    let other = a;
    for (let j = 0; j <= i; j++, other += stride) {
      let rest = load<f64>(row + ((<usize>j) << 3));
      for (let k = 0; k < j; k++)
        rest -= load<f64>(row + ((<usize>k) << 3)) * load<f64>(other + ((<usize>k) << 3));
      if (j < i) rest = rest / load<f64>(other + ((<usize>j) << 3));
      else {
        if (!(rest > 0)) return 0;
        rest = sqrt(rest);
      }
      store<f64>(row + ((<usize>j) << 3), rest);
    }
  }
  return 1;
}

/** Overwrites X with the solution of X L' = X for a small lower triangle L: four rows at a time. */
export function solveBlock(
  x: usize,
  l: usize,
  rows: i32,
  size: i32,
  xStride: usize,
  lStride: usize,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4, x += xStride << 2) solveFourRows(x, l, size, xStride, lStride);
  for (; i < rows; i++, x += xStride) {
    let row = l;
    for (let j = 0; j < size; j++, row += lStride) {
      let rest = load<f64>(x + ((<usize>j) << 3));
      for (let k = 0; k < j; k++)
        rest -= load<f64>(x + ((<usize>k) << 3)) * load<f64>(row + ((<usize>k) << 3));
      store<f64>(x + ((<usize>j) << 3), rest / load<f64>(row + ((<usize>j) << 3)));
    }
  }
}

function solveFourRows(x: usize, l: usize, size: i32, xStride: usize, lStride: usize): void {
  const x1 = x + xStride;
  const x2 = x1 + xStride;
  const x3 = x2 + xStride;
  for (let j: usize = 0, end = (<usize>size) << 3; j < end; j += 8, l += lStride) {
    let r0 = load<f64>(x + j);
    let r1 = load<f64>(x1 + j);
    let r2 = load<f64>(x2 + j);
    let r3 = load<f64>(x3 + j);
    for (let k: usize = 0; k < j; k += 8) {
      const w = load<f64>(l + k);
      r0 -= load<f64>(x + k) * w;
      r1 -= load<f64>(x1 + k) * w;
      r2 -= load<f64>(x2 + k) * w;
      r3 -= load<f64>(x3 + k) * w;
    }
    const pivot = load<f64>(l + j);
    store<f64>(x + j, r0 / pivot);
    store<f64>(x1 + j, r1 / pivot);
    store<f64>(x2 + j, r2 / pivot);
    store<f64>(x3 + j, r3 / pivot);
  }
}
