import { describe, expect, it } from "vitest";
import { lag } from "../../src/search/propose.ts";
import { rungShares, turnOf } from "../../src/search/rungs.ts";
import { makePlan } from "./plan.ts";

describe("rungShares", () => {
  it("gives everything to every trial where the budget allows many, or there is none", () => {
    expect(rungShares(makePlan({ rows: 40_000 }), 1e12)).toEqual([1]);
    expect(rungShares(makePlan({ rows: 40_000, budgetUnits: 6e10 }), 1e9)).toEqual([1]);
  });

  it("begins with fewer rows the fewer trials the budget allows, but never with too few", () => {
    expect(rungShares(makePlan({ rows: 40_000, budgetUnits: 6e10 }), 6e9)).toEqual([0.25, 1]);
    expect(rungShares(makePlan({ rows: 40_000, budgetUnits: 6e10 }), 2e10)).toEqual([
      0.11, 0.33, 1,
    ]);
    expect(rungShares(makePlan({ rows: 5000, budgetUnits: 6e9 }), 2e9)).toEqual([0.25, 1]);
    expect(rungShares(makePlan({ rows: 2000, budgetUnits: 6e9 }), 2e9)).toEqual([1]);
  });
});

describe("turnOf", () => {
  it("counts new candidates without gaps", () => {
    for (const shares of [[1], [0.25, 1], [0.11, 0.33, 1]]) {
      const fresh = Array.from({ length: 100 }, (_, i) => turnOf(i + 1, shares)).flatMap((turn) =>
        turn.kind === "new" ? [turn.index] : [],
      );
      expect(fresh).toEqual(fresh.map((_, i) => i));
    }
  });

  it("promotes a third to the next share and a third of these to the one after", () => {
    const turns = Array.from({ length: 13 }, (_, i) => turnOf(14 + i, [0.11, 0.33, 1]));
    expect(turns.filter((turn) => turn.kind === "new")).toHaveLength(9);
    expect(turns.slice(9)).toEqual([
      { kind: "promote", from: 1, to: 13, share: 0.11, next: 0.33, place: 0 },
      { kind: "promote", from: 1, to: 13, share: 0.11, next: 0.33, place: 1 },
      { kind: "promote", from: 1, to: 13, share: 0.11, next: 0.33, place: 2 },
      { kind: "promote", from: 1, to: 13, share: 0.33, next: 1, place: 0 },
    ]);
  });

  it("promotes from trials only that the proposal may have seen", () => {
    for (const shares of [
      [0.25, 1],
      [0.11, 0.33, 1],
    ]) {
      for (let number = 1; number < 200; number++) {
        const turn = turnOf(number, shares);
        if (turn.kind === "promote") expect(turn.to).toBeLessThanOrEqual(number - lag);
      }
    }
  });
});
