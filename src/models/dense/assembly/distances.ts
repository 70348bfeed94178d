/**
 * out[j] = squared distance of one row to point j; coordinate c of point j lies at points + c x stride + 8 j. Sums run
 * over the columns in ascending order.
 */
export function squaredDistances(
  out: usize,
  row: usize,
  points: usize,
  stride: usize,
  columns: i32,
  count: i32,
): void {
  const rowEnd = row + ((<usize>columns) << 3);
  let j = 0;
  for (; j + 8 <= count; j += 8, out += 64, points += 64) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let at = row, p = points; at < rowEnd; at += 8, p += stride) {
      const x = v128.load64_splat(at);
      const d0 = f64x2.sub(x, v128.load(p));
      const d1 = f64x2.sub(x, v128.load(p, 16));
      const d2 = f64x2.sub(x, v128.load(p, 32));
      const d3 = f64x2.sub(x, v128.load(p, 48));
      s0 = f64x2.add(s0, f64x2.mul(d0, d0));
      s1 = f64x2.add(s1, f64x2.mul(d1, d1));
      s2 = f64x2.add(s2, f64x2.mul(d2, d2));
      s3 = f64x2.add(s3, f64x2.mul(d3, d3));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  for (; j < count; j++, out += 8, points += 8) {
    let s: f64 = 0;
    for (let at = row, p = points; at < rowEnd; at += 8, p += stride) {
      const d = load<f64>(at) - load<f64>(p);
      s += d * d;
    }
    store<f64>(out, s);
  }
}
