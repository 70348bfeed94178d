import type { BinList, Cut, CutRules } from "../../../src/models/tree/kernels.ts";

/** What a list has that is not weighted. */
export const unbounded: Pick<
  BinList,
  "hessians" | "hessianTotal" | "hessianRest" | "direction" | "low" | "high"
> = {
  hessians: null,
  hessianTotal: 0,
  hessianRest: 0,
  direction: 0,
  low: -Infinity,
  high: Infinity,
};

export const plainRules: CutRules = {
  unit: 1,
  minRows: 1,
  l1: 0,
  l2: 0,
  minGain: 0,
  hessianUnit: 0,
};

/** A cut to be filled in. */
export function noCut(): Cut {
  return {
    gain: NaN,
    left: NaN,
    leftHessian: NaN,
    leftWeight: NaN,
    rightWeight: NaN,
    restLeft: false,
    place: -1,
    bin: -1,
  };
}
