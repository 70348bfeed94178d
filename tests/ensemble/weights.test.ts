import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { drawByWeight } from "../../src/ensemble/draw-by-weight.ts";
import { findWeights } from "../../src/ensemble/find-weights.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { fitTrial, predictTrial } from "../../src/ensemble/trial-model.ts";
import { findFamily } from "../../src/models/registry.ts";

/** Rows with a weight of 1 to 3, or each of them as often as its weight says. */
function tables(): { weighted: Table; repeated: Table } {
  const random = new Random("weights");
  const rows = Array.from({ length: 120 }, (_, i) => {
    const a = random.normal();
    const b = random.normal();
    const w = 1 + (i % 3);
    return { a, b, w, y: 20 + 3 * a - b + (w === 3 ? 2 : 0) + 0.3 * random.normal() };
  });
  const tableOf = (from: typeof rows): Table => {
    const column = (name: "a" | "b" | "w" | "y") => {
      const values = sharedFloat64(from.length);
      from.forEach((row, i) => (values[i] = row[name]));
      return { name, type: "numeric", values } as const;
    };
    const rowNumbers = sharedInt32(from.length);
    const columns = [column("a"), column("b"), column("w"), column("y")];
    return { rows: from.length, columns, rowNumbers, sha256: "" };
  };
  return {
    weighted: tableOf(rows),
    repeated: tableOf(rows.flatMap((row) => Array.from({ length: row.w }, () => row))),
  };
}

function specOf(kind: string, weight: boolean, params: object): TrialSpec {
  return {
    features: [
      { kind: "numeric", column: "a" },
      { kind: "numeric", column: "b" },
    ],
    target: { column: "y", transform: "none", ...(weight ? { weight: "w" } : {}) },
    model: { kind, params },
  };
}

function allRows({ rows }: Table) {
  const index = sharedInt32(rows);
  for (let row = 0; row < rows; row++) index[row] = row;
  return index;
}

describe("weights in a fit", () => {
  const { weighted, repeated } = tables();
  const predict = (table: Table, spec: TrialSpec) =>
    predictTrial(
      fitTrial(spec, allRows(table), new FitSession(table)),
      weighted,
      allRows(weighted),
    );

  it.each([
    ["mean", {}, {}],
    ["median", {}, {}],
    ["linear", {}, {}],
    // Weights are 1 on average, so the penalty on twice the rows is twice as large.
    ["ridge", { alpha: 3 }, { alpha: 6 }],
    ["elasticNet", { alpha: 0.02, l1Ratio: 0.5 }, { alpha: 0.02, l1Ratio: 0.5 }],
    [
      "polynomialRidge",
      { degree: 2, interactions: true, alpha: 1 },
      { degree: 2, interactions: true, alpha: 2 },
    ],
  ])("%s: like the row as often as its weight says", (kind, params, doubled) => {
    const found = predict(weighted, specOf(kind, true, params));
    const wanted = predict(repeated, specOf(kind, false, doubled));
    found.forEach((value, row) => expect(value).toBeCloseTo(wanted[row]!, 6));
    const plain = predict(weighted, specOf(kind, false, params));
    expect(found).not.toEqual(plain);
  });

  it.each(["gradientBoosting", "nearestNeighbors", "huber", "decisionTree"])(
    "%s: heavy rows pull the predictions",
    (kind) => {
      const params = findFamily(kind).start;
      const total = (spec: TrialSpec) => predict(weighted, spec).reduce((sum, y) => sum + y, 0);
      expect(total(specOf(kind, true, params))).toBeGreaterThan(
        total(specOf(kind, false, params)) + 1,
      );
    },
  );

  it("change nothing when they are all the same", () => {
    const one = weighted.columns.map((column) =>
      column.name === "w" ? { ...column, values: sharedFloat64(120).fill(4) } : column,
    );
    const equal = { ...weighted, columns: one } as Table;
    for (const kind of ["ridge", "nearestNeighbors", "gradientBoosting"]) {
      const params = findFamily(kind).start;
      expect(predict(equal, specOf(kind, true, params))).toEqual(
        predict(equal, specOf(kind, false, params)),
      );
    }
  });

  it("are refused when a row to fit on has none", () => {
    const none = weighted.columns.map((column) =>
      column.name === "w" ? { ...column, values: sharedFloat64(120).fill(1, 1) } : column,
    );
    expect(() => predict({ ...weighted, columns: none }, specOf("mean", true, {}))).toThrow(
      expect.objectContaining({ code: "AUTOML_WEIGHT_INVALID" }),
    );
  });
});

describe("drawByWeight", () => {
  it("takes a row as often as its weight says, rounded down or up", () => {
    const random = new Random("draw");
    const raw = Float64Array.from({ length: 500 }, () => Math.exp(2 * random.normal()));
    const sum = raw.reduce((a, b) => a + b, 0);
    const weights = raw.map((weight) => (weight * 500) / sum);
    const data = Float64Array.from({ length: 1000 }, (_, i) => i);
    const drawn = drawByWeight(
      { rows: 500, columns: 2, data, names: [], levels: [] },
      data.slice(0, 500),
      weights,
    );
    const counts = new Float64Array(500);
    for (const row of drawn.y) counts[row]! += 1;
    counts.forEach((count, row) => expect(Math.abs(count - weights[row]!)).toBeLessThan(1 + 1e-9));
    expect(drawn.x.data.subarray(0, 500)).toEqual(drawn.y);
    expect(drawn.x.data.subarray(500)).toEqual(drawn.y.map((row) => row + 500));
  });
});

describe("weights of rows in an ensemble", () => {
  it.each([
    { method: "nonNegative", penalty: 0.03 },
    { method: "greedy", rounds: 20, bags: 1, seed: 1 },
  ] as const)("$method: like the rows as often as their weights say", (weighting) => {
    const random = new Random("blend");
    const rows = Array.from({ length: 80 }, (_, i) => {
      const y = random.normal();
      return {
        y,
        w: 1 + (i % 4),
        a: y + random.normal() * (i % 4 === 3 ? 0.2 : 1),
        b: y + 0.6 * random.normal(),
      };
    });
    const repeated = rows.flatMap((row) => Array.from({ length: row.w }, () => row));
    const problem = (from: typeof rows) => ({
      predictions: [Float64Array.from(from, ({ a }) => a), Float64Array.from(from, ({ b }) => b)],
      truth: Float64Array.from(from, ({ y }) => y),
      positions: Int32Array.from(from, (_, i) => i),
      metric: "rmse" as const,
    });
    const rowWeights = Float64Array.from(rows, ({ w }) => w);
    const found = findWeights({ ...problem(rows), rowWeights }, weighting);
    const wanted = findWeights(problem(repeated), weighting);
    found.forEach((weight, i) => expect(weight).toBeCloseTo(wanted[i]!, 9));
    // A share of so many rounds may well be the same.
    if (weighting.method === "nonNegative") {
      expect(found).not.toEqual(findWeights(problem(rows), weighting));
    }
  });
});
