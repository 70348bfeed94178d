/** Points in (0, 1), ascending, and their positive weights, which add up to 1. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre quadrature on [0, 1]: sum of weights[i] x f(points[i]) is the integral of every polynomial f of degree
 * up to 2 n - 1. Newton's method on the Legendre polynomial of degree n (Press et al., Numerical Recipes, 4.6). O(n^2).
 */
export function gaussLegendre(n: number): Quadrature {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    let x = firstGuess((i + 0.75) / (n + 0.5));
    let slope = 1;
    // Newton doubles the digits from two on; the last steps only settle the last bit.
    for (let step = 0; step < 8; step++) {
      const legendre = legendreAt(n, x);
      slope = legendre.slope;
      x -= legendre.value / slope;
    }
    // The root is the distance from the middle of [-1, 1]; its mirror image has the same weight.
    const weight = 1 / ((1 - x) * (1 + x) * slope * slope);
    points[n - 1 - i] = (1 + x) / 2;
    points[i] = (1 - x) / 2;
    weights[i] = weight;
    weights[n - 1 - i] = weight;
  }
  return { points, weights };
}

/** About cos(pi u) for 0 <= u <= 0.5 (Bhaskara I): Math.cos differs between engines in its last bit. */
function firstGuess(u: number): number {
  return (1 - 4 * u * u) / (1 + u * u);
}

/** The Legendre polynomial of degree n >= 1 and its derivative, by the three-term recurrence. */
function legendreAt(n: number, x: number): { readonly value: number; readonly slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (before - x * value)) / ((1 - x) * (1 + x)) };
}
