import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lossOf, scorePredictions } from "../../src/core/metrics.ts";
import { Random } from "../../src/core/random.ts";
import {
  chooseEnsemble,
  reweigh,
  shortlist,
  type EnsembleCandidate,
} from "../../src/ensemble/choose-ensemble.ts";
import { scoreEnsemble } from "../../src/engine/evaluate-ensemble.ts";
import { smallSplit } from "../engine/fixtures/small-run.ts";

const rows = 300;
const split = smallSplit(rows);
const isValidated = (row: number): boolean => row % 5 !== 0;

/** Candidates with errors of their own, the best first. */
function candidates(seed: number, noises: readonly number[], metric: "rmse" | "mae" = "rmse") {
  const random = new Random(seed);
  const truth = Float64Array.from({ length: rows }, () => 10 + random.normal());
  const made = noises.map((noise, i): EnsembleCandidate => {
    const outOfFold = truth.map((y, row) => (isValidated(row) ? y + noise * random.normal() : NaN));
    const loss = lossAt(outOfFold, truth, metric);
    return { trial: String(i + 1).padStart(3, "0"), family: `family${i % 5}`, loss, outOfFold };
  });
  made.sort((a, b) => a.loss - b.loss);
  return { ranked: made, input: { truth, split, metric, seed: 1 } };
}

function lossAt(values: Float64Array, truth: Float64Array, metric: "rmse" | "mae"): number {
  const at = Array.from(values.keys()).filter(isValidated);
  return lossOf(
    scorePredictions(
      Float64Array.from(at, (row) => truth[row]!),
      Float64Array.from(at, (row) => values[row]!),
    ),
    metric,
  );
}

describe("chooseEnsemble", () => {
  it("puts independent errors together and is better for it", () => {
    const { ranked, input } = candidates(1, [0.5, 0.5, 0.5, 0.52]);
    const choice = chooseEnsemble(ranked, input)!;
    expect(choice.members).toHaveLength(4);
    expect(choice.loss).toBeLessThan(0.6 * ranked[0]!.loss);
    for (const { weight } of choice.members) expect(weight).toBeGreaterThan(0.15);
  });

  it("holds at most 8 members with weights above 0 that add up to 1, scored by nested folds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.double({ min: 0.4, max: 0.6, noNaN: true }), { minLength: 2, maxLength: 14 }),
        fc.constantFrom("rmse" as const, "mae" as const),
        (seed, noises, metric) => {
          const { ranked, input } = candidates(seed, noises, metric);
          const choice = chooseEnsemble(ranked, input);
          if (choice === null) return;
          const { members, weighting, loss, singleLoss } = choice;
          expect(members.length).toBeLessThanOrEqual(8);
          expect(members.every(({ weight }) => weight > 0)).toBe(true);
          expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
          expect(loss).toBeLessThan(singleLoss);
          expect(singleLoss).toBeGreaterThanOrEqual(ranked[0]!.loss);
          const outOfFold = members.map(
            ({ trial }) => ranked.find((candidate) => candidate.trial === trial)!.outOfFold,
          );
          const { scores, weights } = scoreEnsemble({ ...input, members: outOfFold, weighting });
          expect(lossOf(scores, metric)).toBe(loss);
          expect(weights).toEqual(members.map(({ weight }) => weight));
          expect(chooseEnsemble(ranked, input)).toEqual(choice);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("is null for one candidate, for copies of one, and where one is far ahead", () => {
    const { ranked, input } = candidates(2, [0.5]);
    const [only] = ranked;
    expect(chooseEnsemble(ranked, input)).toBeNull();
    expect(chooseEnsemble([], input)).toBeNull();
    const copies = [only!, { ...only!, trial: "002", family: "other" }];
    expect(chooseEnsemble(copies, input)).toBeNull();
    const far = candidates(3, [0.1, 0.8, 0.9]);
    expect(chooseEnsemble(far.ranked, far.input)).toBeNull();
  });

  it("finds the weights of those that are left anew", () => {
    const { ranked, input } = candidates(5, [0.5, 0.5, 0.5]);
    const choice = chooseEnsemble(ranked, input)!;
    const left = ranked.filter(({ trial }) => trial !== choice.members[2]!.trial);
    const again = reweigh(left, choice, input)!;
    expect(again.members).toHaveLength(2);
    expect(again.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(again.loss).toBeGreaterThan(choice.loss);
    expect(again.weighting).toEqual(choice.weighting);
    expect(reweigh(left.slice(0, 1), choice, input)).toBeNull();
  });
});

describe("shortlist", () => {
  const candidate = (family: string, loss: number) => ({ family, loss });

  it("takes the best four of a family, none that is far behind, and the constant", () => {
    const ranked = [
      candidate("a", 1),
      candidate("a", 1.01),
      candidate("a", 1.02),
      candidate("a", 1.03),
      candidate("a", 1.04),
      candidate("b", 1.1),
      candidate("c", 1.5),
      candidate("mean", 3),
    ];
    expect(shortlist(ranked, "rmse").map(({ loss }) => loss)).toEqual([
      1, 1.01, 1.02, 1.03, 1.1, 3,
    ]);
  });

  it("counts R² as an error", () => {
    const ranked = [candidate("a", -0.99), candidate("b", -0.988), candidate("c", -0.9)];
    expect(shortlist(ranked, "r2").map(({ family }) => family)).toEqual(["a", "b"]);
  });
});
