import type { Family } from "../models/contract/family.ts";
import type { Params } from "./sample-params.ts";

/** Early stopping rarely uses the whole limit: costs are predicted for a twentieth of it. */
export function likelyParams(family: Family, params: Params): Params {
  if (family.rounds === undefined) return params;
  const name = family.rounds.parameter;
  const limit = Number(params[name]);
  return { ...params, [name]: Math.max(Math.min(limit, 100), Math.round(limit / 20)) };
}
