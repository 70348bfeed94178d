import { describe, expect, it } from "vitest";
import { AutomlError } from "../../src/core/errors.ts";
import type { Matrix } from "../../src/core/matrix.ts";
import { Random } from "../../src/core/random.ts";
import type { Family } from "../../src/models/contract/family.ts";
import type { Parameter } from "../../src/models/contract/search-space.ts";
import type { ModelStructure } from "../../src/models/contract/structure.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { predictStructure } from "../../src/models/predict/predict-structure.ts";
import { decodeStructure, encodeStructure } from "../../src/models/predict/structure-codec.ts";
import { allFamilies } from "../../src/models/registry.ts";
import { freshContext, matrixOf, mean, randomProblem, rmse, rowOf } from "../models/problems.ts";

/** One battery for every family: what the contract promises, whatever the family does. */
describe.each(allFamilies().map((family) => [family.name, family] as const))(
  "%s",
  (_name, family) => {
    const fit = (x: Matrix, y: Float64Array, params: object = family.start): ModelStructure =>
      family.fit(x, y, params, freshContext());
    const fitPredict = (x: Matrix, y: Float64Array, queries = x): Float64Array => {
      const predicted = predictStructure(fit(x, y), queries);
      expect(predicted).toHaveLength(queries.rows);
      expect(predicted.every(Number.isFinite)).toBe(true);
      return predicted;
    };

    describe("describes itself", () => {
      it("with a label, a sentence and parameters that have a meaning", () => {
        expect(family.label.length).toBeGreaterThan(2);
        expect(family.summary).toMatch(/^[A-Z].*\.$/);
        for (const parameter of parametersOf(family)) {
          expect(parameter.meaning.length).toBeGreaterThan(5);
          expect(parameter.meaning).not.toContain("\n");
          if (parameter.type === "choice") expect(parameter.choices).toContain(parameter.default);
          else {
            expect(parameter.default).toBeGreaterThanOrEqual(parameter.low);
            expect(parameter.default).toBeLessThanOrEqual(parameter.high);
            expect(parameter.low).toBeLessThan(parameter.high);
            if (parameter.scale === "log") expect(parameter.low).toBeGreaterThan(0);
            if (parameter.limits !== undefined) {
              expect(parameter.limits.low).toBeLessThanOrEqual(parameter.low);
              expect(parameter.limits.high).toBeGreaterThanOrEqual(parameter.high);
            }
          }
        }
      });

      it("with a start and defaults that are valid parameters", () => {
        expect(completeParameters(family, family.start)).toMatchObject(family.start);
        const defaults = completeParameters(family, {});
        expect(Object.keys(completeParameters(family, defaults))).toEqual(Object.keys(defaults));
      });

      it("with a cost that is positive, finite and grows with the rows", () => {
        for (const params of [family.start, completeParameters(family, {})]) {
          let last = 0;
          for (const rows of [1, 10, 100, 1000, 10_000, 100_000]) {
            const { units, bytes } = family.cost({ rows, columns: 10 }, params);
            expect(units).toBeGreaterThan(last);
            expect(Number.isFinite(units)).toBe(true);
            expect(bytes).toBeGreaterThanOrEqual(0);
            last = units;
          }
          const narrow = family.cost({ rows: 1000, columns: 5 }, params).units;
          expect(family.cost({ rows: 1000, columns: 50 }, params).units).toBeGreaterThanOrEqual(
            narrow,
          );
        }
      });
    });

    describe("copes with", () => {
      it("a constant target", () => {
        const { x } = randomProblem(40, 3);
        for (const constant of [0, 0.1, -7, 123_456.789]) {
          const predicted = fitPredict(x, new Float64Array(40).fill(constant));
          const tolerance = 1e-12 * Math.max(1, Math.abs(constant));
          for (const value of predicted) expect(Math.abs(value - constant)).toBeLessThan(tolerance);
        }
      });

      it("constant columns, also such that have no exact binary fraction", () => {
        const { x, y } = randomProblem(60, 3);
        const rows = Array.from({ length: 60 }, (_, r) => [0.1, ...rowOf(x, r), 1e9 / 3]);
        fitPredict(matrixOf(rows), y);
        fitPredict(matrixOf(rows.map(() => [0.1])), y).forEach((value) => {
          expect(Math.abs(value - mean(y))).toBeLessThan(3);
        });
      });

      it("one row", () => {
        expect(fitPredict(matrixOf([[1, 2, 3]]), Float64Array.of(5))[0]).toBeCloseTo(5, 9);
        fitPredict(matrixOf([[1, 2, 3]]), Float64Array.of(5), matrixOf([[9, -9, 0]]));
      });

      it("two rows, three rows", () => {
        fitPredict(matrixOf([[1], [2]]), Float64Array.of(5, 6));
        fitPredict(matrixOf([[1], [2], [2]]), Float64Array.of(5, 6, 9));
      });

      it("one column", () => {
        const { x, y } = randomProblem(50, 1);
        fitPredict(x, y);
      });

      it("no column", () => {
        const rows: number[][] = Array.from({ length: 9 }, () => []);
        const predicted = fitPredict(matrixOf(rows), Float64Array.of(4, 5, 5, 5, 5, 5, 5, 5, 6));
        for (const value of predicted) expect(Math.abs(value - 5)).toBeLessThan(0.5);
      });

      it("more columns than rows", () => {
        const { x, y } = randomProblem(12, 30);
        fitPredict(x, y, randomProblem(7, 30, 2).x);
      });

      it("duplicated rows and columns, and a column that is the sum of others", () => {
        const { x, y } = randomProblem(30, 3);
        const rows = Array.from({ length: 90 }, (_, i) => {
          const row = rowOf(x, i % 30);
          return [...row, row[0]!, row[0]! + row[1]!];
        });
        const target = Float64Array.from(
          { length: 90 },
          (_, i) => y[i % 30]! + (i >= 60 ? 0.5 : 0),
        );
        const predicted = fitPredict(matrixOf(rows), target);
        for (let i = 0; i < 30; i++) expect(predicted[i]).toBe(predicted[i + 30]);
        const bound = 1.01 * rmse(target, new Float64Array(90).fill(mean(target)));
        if (family.name !== "median") expect(rmse(predicted, target)).toBeLessThanOrEqual(bound);
      });

      it("columns of very different scale, near and far from 0", () => {
        const { x, y } = randomProblem(60, 3);
        const rows = Array.from({ length: 60 }, (_, r) => {
          const [a, b, c] = rowOf(x, r);
          return [1e9 * a!, 1e-6 * b!, 1.7e12 + 1e6 * c!];
        });
        fitPredict(matrixOf(rows), y);
      });

      it("targets far from 0 and huge, and rows far outside", () => {
        const { x, y } = randomProblem(60, 3);
        fitPredict(
          x,
          y.map((value) => 1e9 + value),
        );
        fitPredict(
          x,
          y.map((value) => 1e12 * value),
        );
        fitPredict(
          x,
          y,
          matrixOf([
            [1e6, -1e6, 1e6],
            [0, 0, 0],
          ]),
        );
      });

      it("exactly the matrices it says it takes", () => {
        const { x, y } = randomProblem(80, 2);
        const random = new Random(3);
        const rows = Array.from({ length: 80 }, (_, r) => [...rowOf(x, r), random.integer(5)]);
        if (family.needs.missing) rows.forEach((row, r) => r % 7 === 0 && (row[r % 2] = NaN));
        if (family.needs.missing) rows[3]![2] = NaN;
        const levels = family.needs.categories === "native" ? [0, 0, 5] : [0, 0, 0];
        fitPredict(matrixOf(rows, levels), y);
        if (!family.needs.missing || family.needs.categories !== "native") return;
        // A level that was never seen arrives as missing; the bits need not know the code.
        fitPredict(
          matrixOf(rows, levels),
          y,
          matrixOf(
            [
              [NaN, NaN, NaN],
              [0, 0, 4],
            ],
            levels,
          ),
        );
      });
    });

    describe("is a pure function", () => {
      const { x, y } = randomProblem(80, 4);
      const queries = randomProblem(50, 4, 2).x;

      it("with the same bits each time, and its inputs left alone", () => {
        const before = [x.data.slice(), y.slice()];
        const context = freshContext();
        const first = predictStructure(family.fit(x, y, family.start, context), queries);
        const warm = predictStructure(family.fit(x, y, family.start, context), queries);
        expect(warm).toEqual(first);
        expect(predictStructure(fit(x, y), queries)).toEqual(first);
        expect([x.data, y]).toEqual(before);
      });

      it("whatever else was fitted on the same matrix before", () => {
        const context = freshContext();
        for (const other of allFamilies()) other.fit(x, y, other.start, context);
        const after = predictStructure(family.fit(x, y, family.start, context), queries);
        expect(after).toEqual(predictStructure(fit(x, y), queries));
      });

      it("whatever order the parameters are in", () => {
        const reversed = Object.fromEntries(Object.entries(family.start).reverse());
        const predicted = predictStructure(fit(x, y, reversed), queries);
        expect(predicted).toEqual(predictStructure(fit(x, y), queries));
        expect(JSON.stringify(completeParameters(family, reversed))).toBe(
          JSON.stringify(completeParameters(family, family.start)),
        );
      });

      it("row by row: a prediction does not depend on the rows beside it", () => {
        const structure = fit(x, y);
        const all = predictStructure(structure, queries);
        for (const r of [0, 17, 49]) {
          expect(predictStructure(structure, matrixOf([rowOf(queries, r)]))[0]).toBe(all[r]);
        }
      });
    });

    it("makes structures that survive JSON with the same predictions to the last bit", () => {
      const { x, y } = randomProblem(80, 4);
      const structure = fit(x, y);
      const text = JSON.stringify(encodeStructure(structure));
      const decoded = decodeStructure(JSON.parse(text));
      expect(JSON.stringify(encodeStructure(decoded))).toBe(text);
      const queries = randomProblem(300, 4, 5).x;
      expect(predictStructure(decoded, queries)).toEqual(predictStructure(structure, queries));
    });

    it("refuses parameters that have no meaning", () => {
      const { x, y } = randomProblem(20, 2);
      const refuses = (params: object): void => {
        const error = catchError(() => fit(x, y, params));
        expect(error, JSON.stringify(params)).toBeInstanceOf(AutomlError);
        expect(error).toMatchObject({ code: "AUTOML_PARAMETER_INVALID" });
      };
      for (const [name, parameter] of Object.entries<Parameter>(family.space)) {
        refuses({ ...family.start, [name]: NaN });
        refuses({ ...family.start, [name]: -1 });
        refuses({ ...family.start, [name]: "nothing" });
        if (parameter.type === "number" && parameter.integer) {
          refuses({ ...family.start, [name]: parameter.low + 0.5 });
        }
      }
    });

    it("has a builder that refuses what is outside the limits of a parameter, and no name it does not know", () => {
      const refuses = (given: object): void => {
        const error = catchError(() => completeParameters(family, given));
        expect(error, JSON.stringify(given)).toMatchObject({ code: "AUTOML_PARAMETER_INVALID" });
      };
      refuses({ nothing: 1 });
      for (const [name, parameter] of Object.entries<Parameter>(family.space)) {
        if (parameter.type === "choice") refuses({ [name]: "nothing" });
        else {
          const { low, high } = parameter.limits ?? parameter;
          refuses({ [name]: low - 1 });
          refuses({ [name]: 2 * high + 1 });
          expect(completeParameters(family, { [name]: parameter.low })).toMatchObject({
            [name]: parameter.low,
          });
          expect(completeParameters(family, { [name]: parameter.high })).toMatchObject({
            [name]: parameter.high,
          });
        }
      }
    });

    it("is not worse than the mean on what it was fitted on, and keeps its cost's promise", () => {
      const { x, y } = randomProblem(150, 4);
      const structure = fit(x, y);
      const constant = rmse(y, new Float64Array(150).fill(mean(y)));
      if (structure.kind === "constant") return;
      expect(rmse(predictStructure(structure, x), y)).toBeLessThan(0.9 * constant);
      const { units } = family.cost({ rows: 150, columns: 4 }, family.start);
      expect(units).toBeLessThan(family.maxUnits ?? Infinity);
    });

    if (family.rounds !== undefined) {
      const { rounds } = family;
      it("stops by validation at a model that is bit for bit that of so many rounds", () => {
        const { x, y } = randomProblem(120, 4);
        const validation = randomProblem(60, 4, 7);
        const parameter: string = rounds.parameter;
        const params = { ...family.start, [parameter]: 40 };
        const grown = rounds.fitUntil(x, y, validation, params, freshContext());
        expect(grown.best).toBeGreaterThan(0);
        expect(grown.best).toBeLessThanOrEqual(grown.rounds);
        expect(grown.rounds).toBeLessThanOrEqual(40);
        const cut = predictStructure(rounds.truncate(grown.structure, grown.best), validation.x);
        const alone = fit(x, y, { ...params, [parameter]: grown.best });
        expect(cut).toEqual(predictStructure(alone, validation.x));
      });
    }
  },
);

function parametersOf(family: Family): readonly Parameter[] {
  return Object.values<Parameter>(family.space);
}

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
