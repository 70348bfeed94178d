/** Steps at the most; each makes the loss smaller, and a few hundred are usual. */
const mostSteps = 20_000;

/** Gradients that differ by less than this share of the mean squared error count as equal. */
const tolerance = 1e-10;

/**
 * The weights >= 0 with sum 1 that make w' P w + penalty x mean(diagonal of P) x |w|^2 smallest: stacking (Breiman
 * 1996; van der Laan, Polley & Hubbard 2007). With that sum, a penalty on |w|^2 is one on the distance to equal weights:
 * they are the limit of a large penalty. Solved by moving weight between the two candidates that break the optimality
 * conditions most (as SMO does, Platt 1998). O(candidates) a step.
 *
 * @param products from `residualProducts`, size x size
 */
export function nonNegativeWeights(
  products: Float64Array,
  size: number,
  penalty: number,
): Float64Array {
  let diagonal = 0;
  for (let i = 0; i < size; i++) diagonal += products[i * size + i]! / size;
  const ridge = penalty * diagonal;
  const at = (a: number, b: number): number => products[a * size + b]! + (a === b ? ridge : 0);
  const weights = new Float64Array(size).fill(1 / size);
  // Half of the gradient.
  const slopes = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) slopes[a]! += at(a, b) * weights[b]!;
  }
  for (let step = 0; step < mostSteps; step++) {
    let to = 0;
    let from = -1;
    for (let i = 0; i < size; i++) {
      if (slopes[i]! < slopes[to]!) to = i;
      if (weights[i]! > 0 && (from < 0 || slopes[i]! > slopes[from]!)) from = i;
    }
    if (from < 0 || slopes[from]! - slopes[to]! <= tolerance * diagonal) break;
    const curvature = at(to, to) + at(from, from) - 2 * at(to, from);
    const most = weights[from]!;
    const wanted = curvature > 0 ? (slopes[from]! - slopes[to]!) / curvature : most;
    const moved = Math.min(most, wanted);
    weights[to]! += moved;
    weights[from] = moved === most ? 0 : weights[from]! - moved;
    for (let i = 0; i < size; i++) slopes[i]! += moved * (at(i, to) - at(i, from));
  }
  return weights;
}
