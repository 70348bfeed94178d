// Products with a symmetric matrix whose lower triangle is kept in single precision, row by row.

/** Rounds numbers to single precision. */
export function storeSingles(out: usize, at: usize, count: i32): void {
  let i = 0;
  for (; i + 2 <= count; i += 2, at += 16, out += 8)
    v128.store64_lane(out, f32x4.demote_f64x2_zero(v128.load(at)), 0);
  if (i < count) store<f32>(out, <f32>load<f64>(at));
}

/**
 * One row of y = S x: out[j] += s[j] x[i] for j < i, and out[i] += the sum of s[j] x[j] over even places plus that over
 * odd places. Every element of the lower triangle is read once. The diagonal is not in it.
 */
export function addSymmetricRow(out: usize, s: usize, x: usize, i: i32): void {
  const own = v128.load64_splat(x + ((<usize>i) << 3));
  let sum = f64x2.splat(0);
  let j: usize = 0;
  const end = ((<usize>i) >> 1) << 4;
  for (; j < end; j += 16, s += 8) {
    const cell = f64x2.promote_low_f32x4(v128.load64_zero(s));
    sum = f64x2.add(sum, f64x2.mul(cell, v128.load(x + j)));
    v128.store(out + j, f64x2.add(v128.load(out + j), f64x2.mul(cell, own)));
  }
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if (i & 1) {
    const cell = <f64>load<f32>(s);
    total += cell * load<f64>(x + j);
    store<f64>(out + j, load<f64>(out + j) + cell * f64x2.extract_lane(own, 0));
  }
  const place = out + ((<usize>i) << 3);
  store<f64>(place, load<f64>(place) + total);
}
