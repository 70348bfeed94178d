import type { Scale } from "./scale.ts";

/** log(y + shift). */
export interface LogState {
  readonly transform: "log";
  readonly shift: number;
  /** Least y + shift that a logarithm is taken of: half the smallest of the training rows. */
  readonly least: number;
}

/** No shift for positive targets; else the smallest becomes 1, so that its logarithm is 0. */
export function fitLog(low: number): LogState {
  const shift = shiftFor(low);
  return { transform: "log", shift, least: leastFor(low, shift) };
}

export function shiftFor(low: number): number {
  return low > 0 ? 0 : 1 - low;
}

/** Rows that were not trained on may have no logarithm, or one far below all others; this keeps them near. */
export function leastFor(low: number, shift: number): number {
  return Math.max((low + shift) / 2, Number.MIN_VALUE);
}

export function logScale({ shift, least }: LogState): Scale {
  return {
    forward: (value) => Math.log(Math.max(value + shift, least)),
    backward: (value) => Math.exp(value) - shift,
  };
}
