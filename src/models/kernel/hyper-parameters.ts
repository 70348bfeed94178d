/** What the covariance of a Gaussian process is made of, each as the log of a number above 0; the target has variance 1. */
export interface HyperParameters {
  /** Of the length scales, one per column, in standard deviations. */
  readonly lengths: Float64Array;
  /** Of the variance of the smooth part. */
  readonly signal: number;
  /** Of the variance of the noise. */
  readonly noise: number;
  /** Of the variance of the linear part; null: there is none. */
  readonly linear: number | null;
}

/** How hyper-parameters lie in a vector: lengths (one, when shared), signal, noise, linear. */
export interface Layout {
  readonly columns: number;
  readonly shared: boolean;
  readonly linear: boolean;
}

export function lengthCount({ columns, shared }: Layout): number {
  return shared ? Math.min(1, columns) : columns;
}

export function vectorSize(layout: Layout): number {
  return lengthCount(layout) + 2 + (layout.linear ? 1 : 0);
}

export function unpack(layout: Layout, vector: Float64Array): HyperParameters {
  const count = lengthCount(layout);
  const lengths = Float64Array.from({ length: layout.columns }, (_, c) =>
    layout.shared ? vector[0]! : vector[c]!,
  );
  return {
    lengths,
    signal: vector[count]!,
    noise: vector[count + 1]!,
    linear: layout.linear ? vector[count + 2]! : null,
  };
}

/** A normal distribution of every hyper-parameter's log, and the bounds it is kept within. */
export interface Prior {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Lengths grow with the root of the number of columns, for distances do (Hvarfner, Hellsten & Nardi 2024); the rest is
 * vague.
 */
export function priorOf(layout: Layout): Prior {
  const size = vectorSize(layout);
  const count = lengthCount(layout);
  const mean = new Float64Array(size);
  const deviation = new Float64Array(size);
  const low = new Float64Array(size);
  const high = new Float64Array(size);
  const set = (i: number, m: number, d: number, l: number, h: number): void => {
    mean[i] = m;
    deviation[i] = d;
    low[i] = l;
    high[i] = h;
  };
  const centre = 0.5 * Math.log(Math.max(1, layout.columns));
  for (let c = 0; c < count; c++) set(c, centre + 0.7, 1.7, -4, 9);
  set(count, 0, 2, -7, 7);
  set(count + 1, -3, 2, -14, 2);
  if (layout.linear) set(count + 2, -2, 3, -14, 5);
  return { mean, deviation, low, high };
}
