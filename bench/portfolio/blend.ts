/**
 * What an ensemble would make of predictions. Weights are found on every other row and judged on the rows between, both
 * ways, so that a member helps by what it knows and not by how well it fits the sample.
 */

/** RMSE of a set of predictions of the same rows. */
export function rmseOf(predictions: Float32Array, truth: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += (predictions[i]! - truth[i]!) ** 2;
  return Math.sqrt(sum / truth.length);
}

/** The best share of `next` in a mixture with `blend`, by the rows i with i % 2 = `half`; 0 to 1. */
function bestShare(
  blend: Float32Array,
  next: Float32Array,
  truth: Float32Array,
  isUsed: (i: number) => boolean,
): number {
  let product = 0;
  let square = 0;
  for (let i = 0; i < truth.length; i++) {
    if (!isUsed(i)) continue;
    const difference = blend[i]! - next[i]!;
    product += (blend[i]! - truth[i]!) * difference;
    square += difference * difference;
  }
  return square > 0 ? Math.min(1, Math.max(0, product / square)) : 0;
}

/** RMSE of the best mixture of two predictions, cross-fitted over two halves. O(rows). */
export function mixedLoss(blend: Float32Array, next: Float32Array, truth: Float32Array): number {
  let sum = 0;
  for (const half of [0, 1]) {
    const share = bestShare(blend, next, truth, (i) => i % 2 === half);
    for (let i = 1 - half; i < truth.length; i += 2) {
      sum += (blend[i]! + share * (next[i]! - blend[i]!) - truth[i]!) ** 2;
    }
  }
  return Math.sqrt(sum / truth.length);
}

/** The best mixture of two predictions by all rows. */
export function mixed(blend: Float32Array, next: Float32Array, truth: Float32Array): Float32Array {
  const share = bestShare(blend, next, truth, () => true);
  return blend.map((value, i) => value + share * (next[i]! - value));
}

/**
 * RMSE of a greedy selection with replacement (Caruana et al. 2004), cross-fitted over two halves.
 * O(rounds x members x rows).
 */
export function selectedLoss(
  members: readonly Float32Array[],
  truth: Float32Array,
  rounds = 15,
): number {
  if (members.length === 0) return Infinity;
  let sum = 0;
  for (const half of [0, 1]) {
    const total = new Float64Array(truth.length);
    for (let round = 1; round <= rounds; round++) {
      const next = bestMember(members, truth, total, round, half);
      for (let i = 0; i < total.length; i++) total[i]! += next[i]!;
    }
    for (let i = 1 - half; i < truth.length; i += 2) sum += (total[i]! / rounds - truth[i]!) ** 2;
  }
  return Math.sqrt(sum / truth.length);
}

function bestMember(
  members: readonly Float32Array[],
  truth: Float32Array,
  total: Float64Array,
  round: number,
  half: number,
): Float32Array {
  let lowest = Infinity;
  let best = members[0]!;
  for (const member of members) {
    let sum = 0;
    for (let i = half; i < truth.length; i += 2) {
      sum += ((total[i]! + member[i]!) / round - truth[i]!) ** 2;
    }
    if (sum < lowest) [lowest, best] = [sum, member];
  }
  return best;
}
