import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import type { StepSpec } from "../../src/core/trial-spec.ts";
import { applySteps, fitSteps } from "../../src/preprocess/steps/steps.ts";
import { thrown } from "../preprocess/make-table.ts";

/** Every step with typical parameters; each must hold the whole contract. */
const all: readonly (readonly [string, readonly StepSpec[]])[] = [
  ["standardize", [{ kind: "standardize" }]],
  ["polynomial 2", [{ kind: "polynomial", degree: 2 }]],
  ["polynomial 3", [{ kind: "polynomial", degree: 3 }]],
  ["principalComponents", [{ kind: "principalComponents", keep: 2 }]],
  ["principalComponents, all", [{ kind: "principalComponents", keep: 99 }]],
  [
    "all together",
    [
      { kind: "standardize" },
      { kind: "polynomial", degree: 2 },
      { kind: "principalComponents", keep: 3 },
      { kind: "standardize" },
    ],
  ],
];

/** Cells within 100 rows x 10 columns, constants and repeated values among them. */
const value = fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const matrices = fc
  .record({ rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 6 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(value, { minLength: rows * columns, maxLength: rows * columns })
      .map((cells) => makeMatrix(rows, columns, cells)),
  );

function makeMatrix(rows: number, columns: number, cells: readonly number[]): Matrix {
  const names = Array.from({ length: columns }, (_, c) => `x${c}`);
  return { rows, columns, data: Float64Array.from(cells), names, levels: names.map(() => 0) };
}

function oneRow(matrix: Matrix, row: number): Matrix {
  const cells = matrix.names.map((_, c) => matrix.data[c * matrix.rows + row]!);
  return makeMatrix(1, matrix.columns, cells);
}

describe.each(all)("steps contract: %s", (_, steps) => {
  it("applying gives what fitting gave, after a JSON round trip and row by row, to the last bit", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const before = matrix.data.slice();
        const fitted = fitSteps(steps, matrix);
        expect(matrix.data).toEqual(before);
        expect(fitted.matrix.data.every(Number.isFinite)).toBe(true);
        expect(fitted.matrix.names).toHaveLength(fitted.matrix.columns);
        expect(fitted.matrix.data).toHaveLength(fitted.matrix.columns * matrix.rows);
        const copy = JSON.parse(JSON.stringify(fitted.state)) as typeof fitted.state;
        expect(copy).toEqual(fitted.state);
        expect(applySteps(copy, matrix)).toEqual(fitted.matrix);
        for (let row = 0; row < matrix.rows; row++) {
          expect(applySteps(copy, oneRow(matrix, row)).data).toEqual(
            oneRow(fitted.matrix, row).data,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("fits twice alike", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        expect(fitSteps(steps, matrix)).toEqual(fitSteps(steps, matrix));
      }),
      { numRuns: 20 },
    );
  });

  it("copes with one row, constants and more columns than rows", () => {
    for (const matrix of [
      makeMatrix(1, 1, [5]),
      makeMatrix(1, 5, [1, 2, 3, 4, 5]),
      makeMatrix(4, 2, [0.1, 0.1, 0.1, 0.1, 7, 7, 7, 7]),
      makeMatrix(2, 6, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 3]),
    ]) {
      const { state } = fitSteps(steps, matrix);
      expect(applySteps(state, matrix).data.every(Number.isFinite)).toBe(true);
    }
  });

  it("names the column of a missing value", () => {
    const gap = makeMatrix(2, 2, [1, 2, 3, NaN]);
    expect(thrown(() => fitSteps(steps, gap))).toMatch(/^AUTOML_SPEC_INVALID Column "x1"/);
    const { state } = fitSteps(steps, makeMatrix(2, 2, [1, 2, 3, 4]));
    expect(thrown(() => applySteps(state, gap))).toMatch(/^AUTOML_SPEC_INVALID Column "x1"/);
  });
});

it("no steps return the matrix itself", () => {
  const matrix = makeMatrix(2, 1, [1, NaN]);
  expect(fitSteps([], matrix).matrix).toBe(matrix);
  expect(applySteps([], matrix)).toBe(matrix);
});
