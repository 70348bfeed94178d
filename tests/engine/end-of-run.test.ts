import { describe, expect, it } from "vitest";
import { endOfRun, latenessOf } from "../../src/engine/end-of-run.ts";

describe("endOfRun", () => {
  it("is the end of the budget when reading has left enough of it", () => {
    expect(endOfRun(null, 5, false)).toBeNull();
    const end = endOfRun(60, 12, false);
    expect(end).toEqual({ budget: 60, start: 12, at: 60 });
    expect(latenessOf(end)).toBe("");
    expect(latenessOf(null)).toBe("");
  });

  it("is a little later when reading has used nearly all of it, and never beyond 5 % and 2 s", () => {
    const late = endOfRun(120, 110, false)!;
    expect(late.at).toBe(128);
    expect(latenessOf(late)).toBe("; reading took 110 s of 120, so the run had until 128 s");
    // Read for longer than the budget: something is trained all the same.
    const later = endOfRun(60, 100, false)!;
    expect(later.at).toBeCloseTo(107);
    expect(endOfRun(60, 62, false)!.at).toBeLessThanOrEqual(1.05 * 62 + 2);
  });

  it("gives a run that goes on no more than its budget", () => {
    expect(endOfRun(60, 70, true)).toEqual({ budget: 60, start: 0, at: 60 });
  });
});
