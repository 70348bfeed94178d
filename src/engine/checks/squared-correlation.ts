/** A straight line through points: what share of y it explains, and what it is. */
export interface Line {
  /** Squared correlation, 0 … 1; 0 when one side is constant. */
  readonly r2: number;
  readonly points: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Slope of x over y: 1 for a copy with noise in it. */
  readonly slope: number;
  /** Standard deviation of y. */
  readonly spread: number;
}

/** Over the points where both are finite. O(points), two passes. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): Line {
  let points = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < x.length; i++) {
    if (!isFinitePair(x[i]!, y[i]!)) continue;
    points++;
    meanX += x[i]!;
    meanY += y[i]!;
  }
  meanX /= Math.max(1, points);
  meanY /= Math.max(1, points);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    if (!isFinitePair(x[i]!, y[i]!)) continue;
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const r2 = xx > 0 && yy > 0 ? Math.min(1, ((xy / xx) * xy) / yy) : 0;
  const spread = Math.sqrt(yy / Math.max(1, points));
  return { r2, points, meanX, meanY, slope: yy > 0 ? xy / yy : 0, spread };
}

function isFinitePair(x: number, y: number): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
