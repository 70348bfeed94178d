import type { Family } from "../models/contract/family.ts";
import type { Params } from "./sample-params.ts";

/**
 * Rounds that early stopping uses, patience included, per 1 / learning rate: the geometric mean over eight benchmark
 * sets, on which it is from 5 to 140.
 */
const roundsPerStep = 24;

/**
 * Early stopping rarely uses the whole limit: a half as large step needs about twice the rounds. Families with rounds
 * but without a `learningRate` are predicted to use a twentieth of their limit.
 */
export function likelyParams(family: Family, params: Params): Params {
  if (family.rounds === undefined) return params;
  const name = family.rounds.parameter;
  const limit = Number(params[name]);
  const rate = Number(params["learningRate"]);
  const rounds =
    rate > 0
      ? Math.max(60, Math.round(roundsPerStep / rate))
      : Math.max(100, Math.round(limit / 20));
  return { ...params, [name]: Math.min(limit, rounds) };
}
