/** A smooth function: its value at `at`, its gradient written to `gradient`. Not finite: outside of where it is defined. */
export type Smooth = (at: Float64Array, gradient: Float64Array) => number;

export interface MinimizeOptions {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Most evaluations of the function. */
  readonly evaluations: number;
  /** Ends when an iteration gains less than this. */
  readonly tolerance: number;
}

/** Steps and gradient changes remembered. */
const memory = 8;
/** Longest change of one variable in one step. */
const longestStep = 2;

/**
 * A local minimum within bounds, from `start`: limited-memory BFGS (Nocedal & Wright 2006, algorithm 7.5) with variables
 * held at a bound they push against, and backtracking by quadratic interpolation.
 */
export function minimize(
  f: Smooth,
  start: Float64Array,
  { low, high, evaluations, tolerance }: MinimizeOptions,
): Float64Array {
  const size = start.length;
  let at: Float64Array = start.map((value, i) => clamp(value, low[i]!, high[i]!));
  let gradient: Float64Array = new Float64Array(size);
  let value = f(at, gradient);
  let left = evaluations - 1;
  const pairs: Pair[] = [];
  while (left > 0 && Number.isFinite(value)) {
    const free = gradient.map((g, i) =>
      (at[i]! <= low[i]! && g > 0) || (at[i]! >= high[i]! && g < 0) ? 0 : 1,
    );
    const direction = descend(gradient, free, pairs);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) break;
    let longest = 0;
    for (const d of direction) longest = Math.max(longest, Math.abs(d));
    let step = Math.min(1, (pairs.length === 0 ? 1 : longestStep) / longest);
    let moved: { at: Float64Array; gradient: Float64Array; value: number } | null = null;
    while (left > 0) {
      const next = at.map((x, i) => clamp(x + step * direction[i]!, low[i]!, high[i]!));
      const nextGradient = new Float64Array(size);
      const nextValue = f(next, nextGradient);
      left--;
      if (nextValue <= value + 1e-4 * step * slope) {
        moved = { at: next, gradient: nextGradient, value: nextValue };
        break;
      }
      const bend = nextValue - value - step * slope;
      const ideal = Number.isFinite(bend) && bend > 0 ? (-slope * step * step) / (2 * bend) : 0;
      step = clamp(ideal, 0.1 * step, 0.5 * step);
      if (step * longest < 1e-6) break;
    }
    if (moved === null) {
      if (pairs.length === 0) break;
      pairs.length = 0;
      continue;
    }
    const s = moved.at.map((x, i) => x - at[i]!);
    const y = moved.gradient.map((g, i) => g - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-10 * dot(y, y)) {
      pairs.push({ s, y, curvature });
      if (pairs.length > memory) pairs.shift();
    }
    const gained = value - moved.value;
    ({ at, gradient, value } = moved);
    if (gained < tolerance) break;
  }
  return at;
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly curvature: number;
}

/** The direction -Hg among the free variables, by the two-loop recursion. */
function descend(gradient: Float64Array, free: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.map((g, i) => -g * free[i]!);
  const shares: number[] = [];
  for (const { s, y, curvature } of pairs.toReversed()) {
    const share = dot(s, q) / curvature;
    shares.push(share);
    for (let i = 0; i < q.length; i++) q[i]! -= share * y[i]!;
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.y, last.y);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (const { s, y, curvature } of pairs) {
    const share = shares.pop()! - dot(y, q) / curvature;
    for (let i = 0; i < q.length; i++) q[i]! += share * s[i]!;
  }
  for (let i = 0; i < q.length; i++) q[i]! *= free[i]!;
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
