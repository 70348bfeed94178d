const rounds = 25;

/**
 * RMSE of a greedy ensemble (Caruana et al. 2004) that is chosen on the even rows and scored on the odd ones, and the
 * other way round. O(rounds x models x rows).
 */
export function greedyLoss(
  predictions: readonly Float64Array[],
  truth: Float64Array,
  rows: Int32Array,
): number {
  let squares = 0;
  for (const half of [0, 1]) {
    const chosen = rows.filter((_, i) => i % 2 === half);
    const scored = rows.filter((_, i) => i % 2 !== half);
    const counts = choose(predictions, truth, chosen);
    for (const row of scored) {
      let sum = 0;
      counts.forEach(
        (count, model) => (sum += count === 0 ? 0 : count * predictions[model]![row]!),
      );
      const error = sum / rounds - truth[row]!;
      squares += error * error;
    }
  }
  return Math.sqrt(squares / rows.length);
}

function choose(
  predictions: readonly Float64Array[],
  truth: Float64Array,
  rows: Int32Array,
): number[] {
  const counts = predictions.map(() => 0);
  const sum = new Float64Array(truth.length);
  for (let round = 1; round <= rounds; round++) {
    let best = -1;
    let lowest = Infinity;
    predictions.forEach((own, model) => {
      let squares = 0;
      for (const row of rows) {
        const error = (sum[row]! + own[row]!) / round - truth[row]!;
        squares += error * error;
      }
      if (squares < lowest) [lowest, best] = [squares, model];
    });
    counts[best]!++;
    for (const row of rows) sum[row]! += predictions[best]![row]!;
  }
  return counts;
}
