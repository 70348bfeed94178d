import { describe, expect, it } from "vitest";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import {
  evaluateFold,
  evaluateTrial,
  finishFold,
  fixRounds,
  searchRounds,
} from "../../src/engine/evaluate.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { models } from "../../src/models/builders.ts";
import { smallSplit, smallTable } from "./fixtures/small-run.ts";

const boosting: TrialSpec = {
  features: [
    { kind: "numeric", column: "a" },
    { kind: "numeric", column: "b" },
    { kind: "category", column: "c", encode: { by: "native" } },
  ],
  target: { column: "y", transform: "none" },
  model: models.gradientBoosting({
    trees: 300,
    learningRate: 0.1,
    maxLeaves: 6,
    minSamplesLeaf: 5,
    rowFraction: 0.8,
    l2: 1,
    seed: 3,
  }),
};
const split = smallSplit(150);

function treesOf(spec: TrialSpec): unknown {
  return Reflect.get(spec.model.params, "trees");
}

describe("finding the rounds", () => {
  it("fixes them to the median of what the folds liked best", () => {
    expect(treesOf(fixRounds(boosting, [10, 50, 20]))).toBe(20);
    expect(treesOf(fixRounds(boosting, [10, 50, 20, 30]))).toBe(20);
    expect(treesOf(fixRounds(boosting, [0, 0, 0]))).toBe(1);
  });

  it("cuts a grown fold to the same bits as a fit of that many rounds", () => {
    const session = new FitSession(smallTable(150));
    const grown = searchRounds(boosting, split, 1, session);
    for (const rounds of [1, grown.best, grown.rounds, grown.rounds + 7]) {
      const spec = fixRounds(boosting, [rounds]);
      const cut = finishFold(spec, split, 1, grown, session).predictions;
      const alone = evaluateFold(spec, split, 1, new FitSession(smallTable(150))).predictions;
      expect([...cut]).toEqual([...alone]);
    }
  });

  it("ends in a spec that gives the same score on its own", () => {
    const found = evaluateTrial(boosting, split, new FitSession(smallTable(150)), {
      findRounds: true,
    });
    expect(treesOf(found.spec)).not.toBe(300);
    const again = evaluateTrial(found.spec, split, new FitSession(smallTable(150)));
    expect(again.scores).toEqual(found.scores);
    expect(again.outOfFold).toEqual(found.outOfFold);
  });
});

describe("evaluateTrial", () => {
  it("never reads a test row", () => {
    const poisoned = smallTable(150);
    for (const column of poisoned.columns) {
      for (const row of split.test.index) {
        if ("values" in column) column.values[row] = column.name === "y" ? 1e12 : NaN;
        else column.codes[row] = -1;
      }
    }
    const clean = evaluateTrial(boosting, split, new FitSession(smallTable(150)), {
      findRounds: true,
    });
    const other = evaluateTrial(boosting, split, new FitSession(poisoned), { findRounds: true });
    expect(other).toEqual(clean);
  });

  it("gives the same bits whether its session is fresh or has prepared other trials", () => {
    const used = new FitSession(smallTable(150), { maxBytes: 1 });
    for (const transform of ["none", "quantile"] as const) {
      evaluateTrial({ ...boosting, target: { column: "y", transform } }, split, used);
    }
    const fresh = evaluateTrial(boosting, split, new FitSession(smallTable(150)));
    expect(evaluateTrial(boosting, split, used)).toEqual(fresh);
  });
});
