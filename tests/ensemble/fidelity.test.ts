import { describe, expect, it } from "vitest";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { sharedInt32 } from "../../src/core/table.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { drawRows } from "../../src/ensemble/fidelity.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { fitTrial, predictTrial } from "../../src/ensemble/trial-model.ts";
import { models } from "../../src/models/builders.ts";
import { smallSplit, smallTable } from "../engine/fixtures/small-run.ts";

const rows = sharedInt32(900);
for (let i = 0; i < rows.length; i++) rows[i] = 3 * i + 1;

const spec: TrialSpec = {
  features: [
    { kind: "numeric", column: "a", impute: "median" },
    { kind: "numeric", column: "b", impute: "median" },
  ],
  target: { column: "y", transform: "quantile" },
  model: models.ridge({ alpha: 1 }),
};
const half: TrialSpec = { ...spec, fidelity: { rows: 0.5 } };

describe("drawRows", () => {
  it("draws the share, ascending, the same every time, smaller shares inside larger ones", () => {
    const third = drawRows(rows, { rows: 1 / 3 });
    expect(third).toHaveLength(300);
    expect([...third]).toEqual([...drawRows(rows, { rows: 1 / 3 })]);
    expect([...third]).toEqual([...third].sort((a, b) => a - b));
    const ninth = drawRows(rows, { rows: 1 / 9 });
    expect([...ninth].every((row) => third.includes(row))).toBe(true);
    // Written down once: these rows may not change.
    expect(ninth.slice(0, 6).join(" ")).toBe("4 25 61 82 121 151");
  });

  it("never draws fewer rows than say anything, nor more than there are", () => {
    expect(drawRows(rows, { rows: 0.001 })).toHaveLength(20);
    expect(drawRows(sharedInt32(8), { rows: 0.5 })).toHaveLength(8);
    expect(drawRows(rows, { rows: 1 })).toBe(rows);
  });
});

describe("a trial of lower fidelity", () => {
  it("is the full trial on the drawn rows, preparation and target included", () => {
    const table = smallTable(150);
    const split = smallSplit(150);
    const session = new FitSession(table);
    const fold = split.folds[0]!;
    const drawn = drawRows(fold.train.index, half.fidelity!);
    const part = fitTrial(half, fold.train.index, session);
    const whole = fitTrial(spec, drawn, new FitSession(table));
    expect(part.rows).toBe(drawn.length);
    const predict = (fitted: typeof part): number[] => [
      ...predictTrial(fitted, table, fold.validation.index),
    ];
    expect(predict(part)).toEqual(predict(whole));
    expect(predict(part)).not.toEqual(predict(fitTrial(spec, fold.train.index, session)));
  });

  it("is validated on every row", () => {
    const table = smallTable(150);
    const split = smallSplit(150);
    const { outOfFold } = evaluateTrial(half, split, new FitSession(table));
    expect(split.training.index.every((row) => Number.isFinite(outOfFold[row]))).toBe(true);
  });
});
