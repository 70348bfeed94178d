import { leastFor, shiftFor } from "./log-scale.ts";
import type { Scale } from "./scale.ts";

/**
 * (u^lambda - 1) / lambda of u = (y + shift) / geometric mean; log u for lambda 0. Dividing by the geometric mean keeps
 * every lambda on a similar scale (Box & Cox 1964, section 3) and powers far from overflow.
 */
export interface BoxCoxState {
  readonly transform: "boxCox";
  readonly shift: number;
  /** Least y + shift that a logarithm is taken of: half the smallest of the training rows. */
  readonly least: number;
  /** Mean of log(y + shift). */
  readonly centre: number;
  readonly lambda: number;
}

/** The likelihood is worked out on this many rows at most, evenly spaced. */
const mostRows = 10_000;
const gridStep = 0.25;
const widest = 2;

/**
 * Lambda of highest profile likelihood in [-2, 2] (Box & Cox 1964): the best of a grid, refined by golden section,
 * rounded to three decimals.
 */
export function fitBoxCox(y: Float64Array, low: number, high: number): BoxCoxState {
  const shift = shiftFor(low);
  let centre = 0;
  for (let i = 0; i < y.length; i++) centre += Math.log(y[i]! + shift);
  centre /= y.length;
  const state = { transform: "boxCox", shift, least: leastFor(low, shift), centre } as const;
  if (!(low < high)) return { ...state, lambda: 1 };
  const sample = sampleLogs(y, shift);
  const loss = (lambda: number): number => logVariance(sample, lambda);
  let best = -widest;
  for (let lambda = -widest; lambda <= widest; lambda += gridStep) {
    if (loss(lambda) < loss(best)) best = lambda;
  }
  const refined = goldenSection(
    loss,
    Math.max(-widest, best - gridStep),
    Math.min(widest, best + gridStep),
  );
  return { ...state, lambda: Math.round(refined * 1000) / 1000 + 0 };
}

/** x^lambda is exp(lambda log x): powers of the runtime differ between its versions. */
export function boxCoxScale({ shift, least, centre, lambda }: BoxCoxState): Scale {
  return {
    forward(value) {
      const log = Math.log(Math.max(value + shift, least)) - centre;
      return lambda === 0 ? log : Math.expm1(lambda * log) / lambda;
    },
    backward(value) {
      if (lambda === 0) return Math.exp(value + centre) - shift;
      const power = lambda * value;
      // Beyond the end of the scale: 0 for a positive lambda, infinity for a negative one.
      if (power <= -1) return lambda > 0 ? -shift : Infinity;
      return Math.exp(Math.log1p(power) / lambda + centre) - shift;
    },
  };
}

/** Logarithms of evenly spaced rows, less their own mean: the sample's geometric mean is divided out. */
function sampleLogs(y: Float64Array, shift: number): Float64Array {
  const count = Math.min(y.length, mostRows);
  const logs = Float64Array.from({ length: count }, (_, i) =>
    Math.log(y[Math.floor((i * y.length) / count)]! + shift),
  );
  const mean = logs.reduce((sum, log) => sum + log, 0) / count;
  return logs.map((log) => log - mean);
}

/**
 * -2 / n times the profile log likelihood, but for a constant: with the geometric mean divided out, the Jacobian is 1
 * and the likelihood is the variance of the transformed values alone.
 */
function logVariance(logs: Float64Array, lambda: number): number {
  const values = logs.map((log) => (lambda === 0 ? log : Math.expm1(lambda * log) / lambda));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const loss = Math.log(squares / values.length);
  return Number.isNaN(loss) ? Infinity : loss;
}

function goldenSection(loss: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [lossA, lossB] = [loss(a), loss(b)];
  while (high - low > 1e-4) {
    if (lossA <= lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - ratio * (high - low);
      lossA = loss(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + ratio * (high - low);
      lossB = loss(b);
    }
  }
  return (low + high) / 2;
}
