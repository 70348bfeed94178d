/** Reciprocals of Taylor's factorials, from 13! down to 1. */
const factors = [
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  0.5,
  1,
  1,
] as const;

/** 2^-n for n = 0 … 1010. */
const powers = new Float64Array(1011).fill(1);
for (let n = 1; n < powers.length; n++) powers[n] = powers[n - 1]! / 2;

/** Added and taken away again, it rounds to a whole number. */
const shift = 6755399441055744;

/**
 * exp(x) for x <= 0, to 2 units in the last place; below -700 that of -700. The same bits as in
 * assembly/covariance.ts and on every machine: + - x only.
 */
export function exponential(x: number): number {
  const clamped = Math.max(x, -700);
  const n = clamped * 1.4426950408889634 + shift - shift;
  // The first part of log 2 has so few bits that n times it is exact.
  const r = clamped - n * 0.6931471803691238 - n * 1.9082149292705877e-10;
  let polynomial: number = factors[0];
  for (let i = 1; i < factors.length; i++) polynomial = polynomial * r + factors[i]!;
  return polynomial * powers[-n]!;
}
