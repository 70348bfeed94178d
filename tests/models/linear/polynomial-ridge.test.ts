import { describe, expect, it } from "vitest";
import type { LinearStructure } from "../../../src/models/contract/structure.ts";
import {
  polynomialRidge,
  type PolynomialRidgeParams,
} from "../../../src/models/linear/polynomial-ridge.ts";
import { countTerms, polynomialTerms } from "../../../src/models/linear/polynomial-terms.ts";
import { predictStructure } from "../../../src/models/predict/predict-structure.ts";
import {
  freshContext,
  largestDifference,
  matrixOf,
  randomProblem,
  recordedProblem,
  recordedQueries,
  rowOf,
  type Problem,
} from "../problems.ts";

const fit = ({ x, y }: Problem, params: PolynomialRidgeParams): LinearStructure =>
  polynomialRidge.fit(x, y, params, freshContext()) as LinearStructure;

/** Terms as lists of columns. */
function listTerms({ offsets, columns }: ReturnType<typeof polynomialTerms>): number[][] {
  return Array.from(offsets.subarray(1), (end, t) => Array.from(columns.subarray(offsets[t], end)));
}

describe("polynomial ridge", () => {
  // Ridge(alpha=2) on StandardScaler on PolynomialFeatures(degree, include_bias=False), or on [X, X**2, X**3];
  // predictions at the recorded queries, tolerance 1e-9.
  it.each([
    [2, true, [2.0110245933246986, 7.305043325477191, 6.603888107474866]],
    [3, true, [-0.9878986133913084, -0.5608663219903431, 5.105560716759944]],
    [3, false, [2.542884914067241, 10.89120534725838, 4.032773164849095]],
  ] as const)(
    "predicts what scikit-learn predicts, degree %d, interactions %s",
    (degree, interactions, expected) => {
      const structure = fit(recordedProblem(), { degree, interactions, alpha: 2 });
      expect(
        largestDifference(predictStructure(structure, recordedQueries()), expected),
      ).toBeLessThan(1e-9);
    },
  );

  it("finds a product and a square", () => {
    const { x } = randomProblem(100, 3);
    const y = Float64Array.from({ length: 100 }, (_, r) => {
      const [a, b, c] = rowOf(x, r);
      return 1 + a! * b! - 2 * c! * c!;
    });
    const structure = fit({ x, y }, { degree: 2, interactions: true, alpha: 1e-4 });
    expect(largestDifference(predictStructure(structure, x), y)).toBeLessThan(1e-4);
    const terms = listTerms(structure.terms!);
    expect(structure.weights[terms.findIndex((t) => t.join() === "0,1")]).toBeCloseTo(1, 4);
    expect(structure.weights[terms.findIndex((t) => t.join() === "2,2")]).toBeCloseTo(-2, 4);
  });

  it("refuses more terms than it can hold, before it works", () => {
    const { x, y } = randomProblem(5, 100);
    expect(() => fit({ x, y }, { degree: 2, interactions: true, alpha: 1 })).toThrow(
      expect.objectContaining({ code: "AUTOML_MODEL_TOO_LARGE" }),
    );
    expect(() => fit({ x, y }, { degree: 2, interactions: false, alpha: 1 })).not.toThrow();
  });
});

describe("polynomial terms", () => {
  const threeValues = [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ];

  it("are all products up to the degree, in order", () => {
    const terms = listTerms(polynomialTerms(matrixOf(threeValues), 2, true));
    expect(terms).toEqual([[0], [1], [2], [0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]]);
    expect(listTerms(polynomialTerms(matrixOf(threeValues), 3, false)).slice(3)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 0, 0],
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it("are counted", () => {
    for (const degree of [2, 3] as const) {
      for (const interactions of [true, false]) {
        const { offsets } = polynomialTerms(matrixOf(threeValues), degree, interactions);
        expect(countTerms(3, degree, interactions)).toBe(offsets.length - 1);
      }
    }
  });

  it("have no powers of columns with two values", () => {
    const x = matrixOf([
      [0, 5],
      [1, 6],
      [1, 7],
    ]);
    expect(listTerms(polynomialTerms(x, 3, true))).toEqual([
      [0],
      [1],
      [0, 1],
      [1, 1],
      [0, 1, 1],
      [1, 1, 1],
    ]);
  });
});
