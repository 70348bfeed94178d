import type { CheckRecord, TrialRecord } from "../../core/run-record.ts";
import { finding } from "../../data/checks/code-table.ts";
import { isConstant } from "../constants.ts";

/**
 * Constants are what models are held against. A run that has nothing else must not look like one that worked.
 *
 * @param trials all of the run, ranked
 * @param families that were asked for; null: all
 * @param budget seconds; null: without a clock
 */
export function checkConstants(
  trials: readonly TrialRecord[],
  families: readonly string[] | null,
  budget: number | null,
): CheckRecord[] {
  const ranked = trials.filter(({ rank }) => rank !== null);
  const only = ranked.length > 0 && ranked.every(({ family }) => isConstant(family));
  if (!only || (families !== null && families.every(isConstant))) return [];
  const names = [...new Set(ranked.map(({ family }) => family))].sort();
  const what = names.length === 1 ? `the ${names[0]} was` : "the mean and the median were";
  const others = ranked.length < trials.length ? "was completed" : "was tried";
  return [
    finding("only-constants", {
      message: `Only ${what} fitted, no other model ${others}: nothing was learned from the columns.`,
      action:
        budget === null
          ? "Allow more trials (--max-trials), or go on with `resume`."
          : `Raise --time-budget (it was ${budget} s), or go on with \`resume --time-budget\`.`,
    }),
  ];
}
