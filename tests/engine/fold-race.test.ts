import { describe, expect, it } from "vitest";
import { FoldRace } from "../../src/engine/fold-race.ts";

const best = [10, 12, 11, 9, 10];

describe("FoldRace", () => {
  it("lets every fold begin when there is nothing to race", () => {
    const race = new FoldRace(null, 5);
    expect([0, 1, 4].every((fold) => race.isWanted(fold))).toBe(true);
    race.add(0, 1e9);
    expect(race.isLost).toBe(false);
  });

  it("wants the other folds when the first one is done", () => {
    const race = new FoldRace(best, 5);
    race.add(1, 10);
    expect([race.isWanted(0), race.isWanted(1)]).toEqual([true, false]);
    race.add(0, 10.1);
    expect([race.isWanted(2), race.isWanted(4)]).toEqual([true, true]);
  });

  it("gives up after the same fold in whatever order they are done", () => {
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 0, 3, 2],
    ];
    // Fine on the first fold, hopeless with the second.
    const losses = [10, 200, 10, 9];
    for (const order of orders) {
      const race = new FoldRace(best, 5);
      for (const fold of order) race.add(fold, losses[fold]!);
      expect(race.isLost).toBe(true);
      expect(race.counted).toBe(2);
    }
  });

  it("says how far behind it was", () => {
    const race = new FoldRace(best, 5);
    race.add(0, 30);
    expect(race.isLost).toBe(true);
    expect(race.describe("rmse")).toBe(
      "given up after 1 of 5 folds: 200 % worse there than the best trial it knew of",
    );
    const r2 = new FoldRace([-0.9, -0.9], 2);
    r2.add(0, 0.5);
    expect(r2.describe("r2")).toBe(
      "given up after 1 of 2 folds: more than ten times worse there than the best trial it knew of",
    );
  });
});
