import { describe, expect, it } from "vitest";
import { matrixColumn, type Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import { steps } from "../../../src/preprocess/steps/build-steps.ts";
import { applySteps, fitSteps } from "../../../src/preprocess/steps/steps.ts";
import { thrown } from "../make-table.ts";

function makeMatrix(columns: Record<string, number[]>): Matrix {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.length;
  return {
    rows,
    columns: names.length,
    data: Float64Array.from(names.flatMap((name) => columns[name]!)),
    names,
    levels: names.map(() => 0),
  };
}

function columnsOf(matrix: Matrix): Record<string, number[]> {
  return Object.fromEntries(matrix.names.map((name, c) => [name, [...matrixColumn(matrix, c)]]));
}

describe("standardize", () => {
  it("gives mean 0 and deviation 1, and 0 for a constant column", () => {
    const { state, matrix } = fitSteps(
      [steps.standardize()],
      makeMatrix({ a: [1, 3], b: [0.1, 0.1], huge: [1e300, -1e300], tiny: [0, 1e-300] }),
    );
    expect(columnsOf(matrix)).toEqual({ a: [-1, 1], b: [0, 0], huge: [1, -1], tiny: [-1, 1] });
    const applied = applySteps(state, makeMatrix({ a: [5], b: [7], huge: [0], tiny: [0] }));
    expect(columnsOf(applied)).toEqual({ a: [3], b: [0], huge: [0], tiny: [-1] });
  });
});

describe("polynomial", () => {
  it("makes every product once", () => {
    const matrix = makeMatrix({ a: [2, 1], b: [3, -1] });
    expect(columnsOf(fitSteps([steps.polynomial({ degree: 2 })], matrix).matrix)).toEqual({
      a: [2, 1],
      b: [3, -1],
      "a*a": [4, 1],
      "a*b": [6, -1],
      "b*b": [9, 1],
    });
    const cubic = columnsOf(fitSteps([steps.polynomial({ degree: 3 })], matrix).matrix);
    expect(Object.keys(cubic).slice(5)).toEqual(["a*a*a", "a*a*b", "a*b*b", "b*b*b"]);
    expect(cubic["a*b*b"]).toEqual([18, 1]);
  });

  it("refuses more columns than it may make", () => {
    const names = Array.from({ length: 100 }, (_, c) => [`x${c}`, [1]] as [string, number[]]);
    const wide = makeMatrix(Object.fromEntries(names));
    expect(thrown(() => fitSteps([steps.polynomial({ degree: 2 })], wide))).toMatch(
      /^AUTOML_MODEL_TOO_LARGE .*5150 columns/,
    );
  });
});

describe("principalComponents", () => {
  const random = new Random(1);
  const base = Array.from({ length: 40 }, () => random.normal());
  const tall = makeMatrix({
    a: base.map((v) => 3 * v + 1),
    b: base.map((v) => -v + 0.1 * random.normal()),
    c: base.map(() => 0.1 * random.normal()),
  });

  it("gives uncorrelated columns, most variance first, that keep all of it", () => {
    const { matrix, state } = fitSteps([steps.principalComponents({ keep: 3 })], tall);
    const variance = (values: readonly number[]): number => {
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      return values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    };
    const scores = Object.values(columnsOf(matrix));
    const variances = scores.map(variance);
    expect(variances).toEqual([...variances].sort((a, b) => b - a));
    const total = Object.values(columnsOf(tall)).map(variance);
    expect(variances.reduce((s, v) => s + v, 0)).toBeCloseTo(
      total.reduce((s, v) => s + v, 0),
      9,
    );
    const product = scores[0]!.reduce((sum, v, i) => sum + v * scores[1]![i]!, 0);
    expect(Math.abs(product)).toBeLessThan(1e-9);
    const [first] = state;
    if (first?.kind !== "principalComponents") return expect.unreachable();
    // a carries most of the variance; the sign of the largest weight is fixed.
    expect(first.components[0]![0]).toBeGreaterThan(0.9);
  });

  it("finds the same components from wide and tall sides", () => {
    const wide = makeMatrix({ a: [1, 2, 4], b: [0, 1, 0], c: [3, 3, 1], d: [2, 0, 1] });
    const { matrix } = fitSteps([steps.principalComponents({ keep: 10 })], wide);
    // Three rows vary in two directions at most.
    expect(matrix.names).toEqual(["component1", "component2"]);
    const distances = (m: Matrix): number[] => {
      const columns = Object.values(columnsOf(m));
      return [0, 1, 2].map((i) =>
        Math.hypot(...columns.map((column) => column[i]! - column[(i + 1) % 3]!)),
      );
    };
    // A rotation keeps the distances between rows.
    distances(wide).forEach((distance, i) => expect(distances(matrix)[i]).toBeCloseTo(distance, 9));
  });

  it("makes the largest weight of every component positive", () => {
    for (const sign of [1, -1]) {
      for (const keep of [
        tall,
        makeMatrix({ a: [1, 2, 4], b: [0, -9, 0], c: [3, 3, 1], d: [2, 0, 1] }),
      ]) {
        const data = keep.data.map((value) => sign * value);
        const [state] = fitSteps([steps.principalComponents({ keep: 3 })], { ...keep, data }).state;
        if (state?.kind !== "principalComponents") return expect.unreachable();
        for (const weights of state.components) {
          expect(Math.max(...weights)).toBe(Math.max(...weights.map(Math.abs)));
        }
      }
    }
  });

  it("copes with numbers so small that their squares vanish", () => {
    // Products of these columns are subnormal, on which ml-matrix's eigenvalue iteration runs off its arrays.
    const mirrored = (a: number, b: number): number[] => [a, b, -a, -b];
    const matrix = makeMatrix({
      a: mirrored(-0.0225996517215854, 8.607386492632732e-159),
      b: mirrored(2.039833e-317, 0),
      c: mirrored(0.3232513581510872, 0),
    });
    const fitted = fitSteps([steps.principalComponents({ keep: 3 })], matrix);
    expect(fitted.matrix.data.every(Number.isFinite)).toBe(true);
  });

  it("says what to do about numbers so large that they overflow", () => {
    const matrix = makeMatrix({ a: [1e308, -1e308, 1e308], b: [1.7e308, 1.7e308, 1.7e308] });
    expect(thrown(() => fitSteps([steps.principalComponents({ keep: 1 })], matrix))).toMatch(
      /^AUTOML_MODEL_NOT_FINITE/,
    );
  });

  it("keeps one component of rows that do not vary", () => {
    const { matrix } = fitSteps(
      [steps.principalComponents({ keep: 2 })],
      makeMatrix({ a: [1, 1], b: [2, 2] }),
    );
    expect(columnsOf(matrix)).toEqual({ component1: [0, 0] });
  });
});

describe("steps", () => {
  it("follow one another", () => {
    const spec = [
      steps.standardize(),
      steps.polynomial({ degree: 2 }),
      steps.principalComponents({ keep: 1 }),
    ];
    const matrix = makeMatrix({ a: [1, 2, 5], b: [3, 1, 4] });
    const fitted = fitSteps(spec, matrix);
    expect(applySteps(fitted.state, matrix)).toEqual(fitted.matrix);
    expect(fitted.matrix.columns).toBe(1);
  });

  it("builders give plain frozen specs and refuse wrong parameters", () => {
    expect(steps.polynomial({ degree: 2 })).toEqual({ kind: "polynomial", degree: 2 });
    expect(Object.isFrozen(steps.standardize())).toBe(true);
    expect(thrown(() => steps.polynomial({ degree: 4 as 3 }))).toMatch(/^AUTOML_PARAMETER_INVALID/);
    expect(thrown(() => steps.principalComponents({ keep: 0 }))).toMatch(
      /^AUTOML_PARAMETER_INVALID/,
    );
    const unknown = { kind: "whiten" } as never;
    expect(thrown(() => fitSteps([unknown], makeMatrix({ a: [1] })))).toMatch(
      /^AUTOML_SPEC_INVALID/,
    );
  });

  it("name the column that is not complete", () => {
    const gap = makeMatrix({ a: [1, 2], b: [1, NaN] });
    expect(thrown(() => fitSteps([steps.standardize()], gap))).toMatch(
      /^AUTOML_SPEC_INVALID Column "b"/,
    );
    const coded = { ...makeMatrix({ a: [1, 2], b: [0, 1] }), levels: [0, 2] };
    expect(thrown(() => fitSteps([steps.standardize()], coded))).toMatch(
      /"b" holds category codes/,
    );
    const { state } = fitSteps([steps.standardize()], makeMatrix({ a: [1, 2], b: [1, 2] }));
    expect(thrown(() => applySteps(state, gap))).toMatch(/^AUTOML_SPEC_INVALID Column "b"/);
    expect(thrown(() => applySteps(state, makeMatrix({ a: [1] })))).toMatch(
      /^AUTOML_MODEL_INVALID/,
    );
  });
});
