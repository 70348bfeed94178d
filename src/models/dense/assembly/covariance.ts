// Covariance from squared scaled distances, in place. Arrays are padded to an even count: the pad is computed too.

/** exp(-t / 2). */
export function gaussian(at: usize, count: i32): void {
  const half = f64x2.splat(-0.5);
  for (const end = at + ((<usize>count) << 3); at < end; at += 16)
    v128.store(at, exponential(f64x2.mul(v128.load(at), half)));
}

/** (1 + s + s² / 3) exp(-s) with s = sqrt(5 t); at `slopes`, unless that is 0, 5 / 3 (1 + s) exp(-s). */
export function matern(at: usize, count: i32, slopes: usize): void {
  const one = f64x2.splat(1);
  // Farther away the exponential is as good as 0, and nothing overflows.
  const farthest = f64x2.splat(100000);
  const five = f64x2.splat(5);
  const third = f64x2.splat(1.0 / 3.0);
  const share = f64x2.splat(5.0 / 3.0);
  for (const end = at + ((<usize>count) << 3); at < end; at += 16) {
    const squared = f64x2.mul(f64x2.min(v128.load(at), farthest), five);
    const s = f64x2.sqrt(squared);
    const decay = exponential(f64x2.neg(s));
    const linear = f64x2.add(one, s);
    v128.store(at, f64x2.mul(f64x2.add(linear, f64x2.mul(squared, third)), decay));
    if (slopes) {
      v128.store(slopes, f64x2.mul(f64x2.mul(linear, share), decay));
      slopes += 16;
    }
  }
}

/** exp(-s) with s = sqrt(t); at `slopes`, unless that is 0, exp(-s) / s, and 0 where s is 0. */
export function exponentialDecay(at: usize, count: i32, slopes: usize): void {
  const none = f64x2.splat(0);
  for (const end = at + ((<usize>count) << 3); at < end; at += 16) {
    const s = f64x2.sqrt(v128.load(at));
    const decay = exponential(f64x2.neg(s));
    v128.store(at, decay);
    if (slopes) {
      v128.store(slopes, v128.andnot(f64x2.div(decay, s), f64x2.eq(s, none)));
      slopes += 16;
    }
  }
}

/**
 * exp(x) for x <= 0, to 2 units in the last place; below -700 that of -700. x = n log 2 + r with |r| <= log(2) / 2, and
 * the Taylor polynomial of degree 13 of r: + - x only, so the same bits everywhere.
 */
function exponential(x: v128): v128 {
  const shift = f64x2.splat(6755399441055744);
  x = f64x2.max(x, f64x2.splat(-700));
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), shift);
  const n = f64x2.sub(shifted, shift);
  // The first part of log 2 has so few bits that n times it is exact.
  let r = f64x2.sub(x, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  let p = f64x2.splat(1.0 / 6227020800.0);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 479001600.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 39916800.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 3628800.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 362880.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 40320.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 5040.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6.0));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  // The low bits of `shifted` are n: with the bias added they are the exponent of 2^n.
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.mul(p, power);
}
