/**
 * A power of two that brings the largest of the values near 1 when it is so large or so small that squares of their
 * differences would overflow or vanish; otherwise 1.
 */
export function shrinkage(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  let factor = 1;
  if (largest > 1e-100 && largest < 1e100) return factor;
  while (largest * factor > 2 && factor > 1e-300) factor /= 2;
  while (largest * factor < 1 && factor < 1e300) factor *= 2;
  return factor;
}
