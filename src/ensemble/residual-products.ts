/**
 * Mean products of the residuals of every two candidates, row-major: the mean squared error of a weighted sum with
 * weights w that add up to 1 is w' P w, whatever w is. One pass over the rows. O(candidates^2 x rows).
 *
 * @param predictions one array per candidate, aligned with `truth`
 * @param positions which elements count
 * @param rowWeights how much every row counts; the means are then weighted
 */
export function residualProducts(
  predictions: readonly Float64Array[],
  truth: Float64Array,
  positions: Int32Array,
  rowWeights?: Float64Array,
): Float64Array {
  const total = totalWeight(positions, rowWeights);
  const size = predictions.length;
  const residuals = predictions.map((values) => {
    const residual = new Float64Array(positions.length);
    for (let i = 0; i < positions.length; i++) {
      residual[i] = values[positions[i]!]! - truth[positions[i]!]!;
    }
    if (rowWeights !== undefined) {
      for (let i = 0; i < positions.length; i++) {
        residual[i]! *= Math.sqrt(rowWeights[positions[i]!]!);
      }
    }
    return residual;
  });
  const products = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const product = dot(residuals[a]!, residuals[b]!) / total;
      products[a * size + b] = product;
      products[b * size + a] = product;
    }
  }
  return products;
}

/** How much some rows count together: at least 1 of unweighted ones. */
export function totalWeight(positions: Int32Array, rowWeights: Float64Array | undefined): number {
  if (rowWeights === undefined) return Math.max(1, positions.length);
  return positions.reduce((sum, position) => sum + rowWeights[position]!, 0);
}

/** Four sums side by side: one sum waits for itself, and is less exact. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
