// C -= A B' of row-major blocks; addresses and strides are bytes. Each element is c - (even + odd), the sums of the
// products at even and at odd places in ascending order, whatever block it is in.

export function subtractProduct(
  c: usize,
  a: usize,
  b: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  cStride: usize,
  aStride: usize,
  bStride: usize,
): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4, a += aStride << 2, c += cStride << 2)
    subtractFourRows(c, a, b, columns, depth, cStride, aStride, bStride);
  for (; i < rows; i++, a += aStride, c += cStride) {
    let bRow = b;
    for (let j = 0; j < columns; j++, bRow += bStride)
      store<f64>(c + ((<usize>j) << 3), load<f64>(c + ((<usize>j) << 3)) - product(a, bRow, depth));
  }
}

/** Four by two elements at a time: eight sums fit into the registers there are. */
function subtractFourRows(
  c: usize,
  a: usize,
  b: usize,
  columns: i32,
  depth: i32,
  cStride: usize,
  aStride: usize,
  bStride: usize,
): void {
  const c1 = cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  const end = a + (((<usize>depth) >> 1) << 4);
  let j = 0;
  for (; j + 2 <= columns; j += 2, b += bStride << 1, c += 16) {
    let a0 = a;
    let a1 = a + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    let b0 = b;
    let b1 = b + bStride;
    let s00 = f64x2.splat(0);
    let s01 = s00;
    let s10 = s00;
    let s11 = s00;
    let s20 = s00;
    let s21 = s00;
    let s30 = s00;
    let s31 = s00;
    while (a0 < end) {
      const x = v128.load(b0);
      const y = v128.load(b1);
      let u = v128.load(a0);
      s00 = f64x2.add(s00, f64x2.mul(u, x));
      s01 = f64x2.add(s01, f64x2.mul(u, y));
      u = v128.load(a1);
      s10 = f64x2.add(s10, f64x2.mul(u, x));
      s11 = f64x2.add(s11, f64x2.mul(u, y));
      u = v128.load(a2);
      s20 = f64x2.add(s20, f64x2.mul(u, x));
      s21 = f64x2.add(s21, f64x2.mul(u, y));
      u = v128.load(a3);
      s30 = f64x2.add(s30, f64x2.mul(u, x));
      s31 = f64x2.add(s31, f64x2.mul(u, y));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      b0 += 16;
      b1 += 16;
    }
    if (depth & 1) {
      const x = v128.load64_zero(b0);
      const y = v128.load64_zero(b1);
      let u = v128.load64_zero(a0);
      s00 = f64x2.add(s00, f64x2.mul(u, x));
      s01 = f64x2.add(s01, f64x2.mul(u, y));
      u = v128.load64_zero(a1);
      s10 = f64x2.add(s10, f64x2.mul(u, x));
      s11 = f64x2.add(s11, f64x2.mul(u, y));
      u = v128.load64_zero(a2);
      s20 = f64x2.add(s20, f64x2.mul(u, x));
      s21 = f64x2.add(s21, f64x2.mul(u, y));
      u = v128.load64_zero(a3);
      s30 = f64x2.add(s30, f64x2.mul(u, x));
      s31 = f64x2.add(s31, f64x2.mul(u, y));
    }
    subtractPair(c, s00, s01);
    subtractPair(c + c1, s10, s11);
    subtractPair(c + c2, s20, s21);
    subtractPair(c + c3, s30, s31);
  }
  if (j < columns) {
    store<f64>(c, load<f64>(c) - product(a, b, depth));
    store<f64>(c + c1, load<f64>(c + c1) - product(a + aStride, b, depth));
    store<f64>(c + c2, load<f64>(c + c2) - product(a + (aStride << 1), b, depth));
    store<f64>(c + c3, load<f64>(c + c3) - product(a + (aStride << 1) + aStride, b, depth));
  }
}

function subtractPair(c: usize, s: v128, t: v128): void {
  const even = v128.shuffle<f64>(s, t, 0, 2);
  const odd = v128.shuffle<f64>(s, t, 1, 3);
  v128.store(c, f64x2.sub(v128.load(c), f64x2.add(even, odd)));
}

function product(a: usize, b: usize, depth: i32): f64 {
  let s = f64x2.splat(0);
  const end = a + (((<usize>depth) >> 1) << 4);
  for (; a < end; a += 16, b += 16) s = f64x2.add(s, f64x2.mul(v128.load(a), v128.load(b)));
  if (depth & 1) s = f64x2.add(s, f64x2.mul(v128.load64_zero(a), v128.load64_zero(b)));
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}
