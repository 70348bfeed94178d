import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import type { TrainingSplit } from "../../src/core/split.ts";
import type { EnsembleWeighting } from "../../src/core/trial-spec.ts";
import { findWeights } from "../../src/ensemble/find-weights.ts";
import { nestedPredictions, validatedRows } from "../../src/ensemble/nested-predictions.ts";
import { rowsOf, smallSplit } from "../engine/fixtures/small-run.ts";

const rows = 150;
const random = new Random(4);
const truth = Float64Array.from({ length: rows }, () => random.normal());
const split = smallSplit(rows);
const isValidated = (row: number): boolean => row % 5 !== 0;
const members = [0.4, 0.5, 0.9].map((noise) =>
  truth.map((y, row) => (isValidated(row) ? y + noise * random.normal() : NaN)),
);

const weightings: readonly EnsembleWeighting[] = [
  { method: "nonNegative", penalty: 0.03 },
  { method: "greedy", rounds: 10, bags: 4, seed: 1 },
];

describe.each(weightings)("nestedPredictions ($method)", (weighting) => {
  const input = { members, truth, split, weighting, metric: "rmse" } as const;

  it("never uses the rows of a fold for its own weights", () => {
    const before = nestedPredictions(input);
    for (const fold of split.folds.keys()) {
      const own = new Set(split.folds[fold]!.validation.index);
      const changed = truth.map((y, row) => (own.has(row) ? 1000 * y + row : y));
      const after = nestedPredictions({ ...input, truth: changed });
      expect(after.predictions[fold]).toEqual(before.predictions[fold]);
      expect(after.weights).not.toEqual(before.weights);
    }
  });

  it("finds each fold's weights on all validated rows outside of it", () => {
    const { folds, predictions, weights } = nestedPredictions(input);
    const positions = validatedRows(members[0]!);
    expect(positions).toHaveLength(120);
    expect(weights).toEqual(
      findWeights({ predictions: members, truth, positions, metric: "rmse" }, weighting),
    );
    folds.forEach(({ train, validation }, fold) => {
      const inside = new Set(validation.index);
      const outside = positions.filter((row) => !inside.has(row));
      expect([...train.index]).toEqual([...outside]);
      const found = findWeights(
        { predictions: members, truth, positions: outside, metric: "rmse" },
        weighting,
      );
      validation.index.forEach((row, i) => {
        const sum = members.reduce((s, values, m) => s + found[m]! * values[row]!, 0);
        expect(predictions[fold]![i]).toBe(sum);
      });
    });
  });

  it("cuts a holdout part into five", () => {
    const held = Array.from({ length: 23 }, (_, i) => 2 * i + 1);
    const holdout: TrainingSplit = {
      ...split,
      folds: [{ train: rowsOf([0, 2, 4]), validation: rowsOf(held) }],
    };
    const only = members.map((values) =>
      values.map((_, row) => (held.includes(row) ? truth[row]! + row / 100 : NaN)),
    );
    const { folds } = nestedPredictions({ ...input, split: holdout, members: only });
    expect(folds.map(({ validation }) => validation.count)).toEqual([4, 5, 4, 5, 5]);
    expect(folds.flatMap(({ validation }) => [...validation.index])).toEqual(held);
    for (const { train, validation } of folds) expect(train.count + validation.count).toBe(23);
  });
});
