import { describe, expect, it } from "vitest";
import type { TrialRecord } from "../../../src/core/run-record.ts";
import { checkConstants } from "../../../src/engine/checks/check-constants.ts";

const trial = (family: string, rank: number | null): TrialRecord =>
  ({ family, rank }) as TrialRecord;

describe("checkConstants", () => {
  it("warns of a run that fitted nothing but constants, and says what to do", () => {
    const both = [trial("mean", 1), trial("median", 2)];
    const [check] = checkConstants([...both, trial("ridge", null)], null, 10);
    expect(check).toMatchObject({ code: "only-constants", severity: "warning" });
    expect(check!.message).toBe(
      "Only the mean and the median were fitted, no other model was completed: nothing was learned from the columns.",
    );
    expect(check!.action).toContain("Raise --time-budget (it was 10 s)");
    const [untimed] = checkConstants([trial("mean", 1)], null, null);
    expect(untimed!.message).toContain("Only the mean was fitted, no other model was tried");
    expect(untimed!.action).toContain("--max-trials");
  });

  it("says nothing of runs with a model, without a score, or of constants that were asked for", () => {
    expect(checkConstants([trial("mean", 2), trial("ridge", 1)], null, 10)).toEqual([]);
    expect(checkConstants([trial("mean", null)], null, 10)).toEqual([]);
    expect(checkConstants([trial("mean", 1)], ["mean"], 10)).toEqual([]);
  });
});
