import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileExpression,
  expressionColumns,
  quoteColumn,
} from "../../../src/preprocess/expression/expression.ts";
import { ColumnSource } from "../../../src/preprocess/preparation/column-source.ts";
import { everyRow, makeTable, rowIndex, thrown } from "../make-table.ts";

const day = 86_400_000;
const table = makeTable([
  { name: "a", type: "numeric", cells: [1, -4, null, 0] },
  { name: "b", type: "numeric", cells: [2, 2, 5, 0] },
  { name: "flag", type: "boolean", cells: [true, false, null, true] },
  { name: "from", type: "date", cells: [0, day, 0, null] },
  { name: "to", type: "date", cells: [day, day / 2, 3 * day, 0] },
  { name: "city", type: "category", cells: ["x", "y", null, "x"] },
  { name: "note", type: "text", cells: ["x", "y", null, "x"] },
  { name: "sq ft", type: "numeric", cells: [10, 20, 30, 40] },
  { name: "log", type: "numeric", cells: [1, 2, 3, 4] },
]);

function values(expression: string): number[] {
  const compiled = compileExpression(expression);
  compiled.check(table);
  return [...compiled.evaluate(new ColumnSource(table), everyRow(table))];
}

function failure(expression: string): string {
  return thrown(() => compileExpression(expression).check(table));
}

describe("expressions", () => {
  it("keeps the usual precedence", () => {
    expect(values("1 + 2 * 3 - 4 / 2")).toEqual([5, 5, 5, 5]);
    expect(values("(1 + 2) * 3")[0]).toBe(9);
    expect(values("10 - 3 - 2")[0]).toBe(5);
    expect(values("16 / 4 / 2")[0]).toBe(2);
    expect(values("-3^2")[0]).toBe(-9);
    expect(values("--2 * -b")[0]).toBe(-4);
    expect(values("2 - -b")[0]).toBe(4);
    expect(values("1e3 + .5 + 2.")[0]).toBe(1002.5);
    expect(values("b^2 + b^3 + b^4")[0]).toBe(28);
  });

  it("computes on columns, missing in and missing out", () => {
    expect(values("a + b")).toEqual([3, -2, NaN, 0]);
    expect(values("min(a, b, 1)")).toEqual([1, -4, NaN, 0]);
    expect(values("max(1, a)")).toEqual([1, 1, NaN, 1]);
    expect(values("abs(a) * flag")).toEqual([1, 0, NaN, 0]);
    expect(values("0 * a")).toEqual([0, -0, NaN, 0]);
    expect(values("`sq ft` / 10")).toEqual([1, 2, 3, 4]);
    expect(values('"sq\\u0020ft" - log')).toEqual([9, 18, 27, 36]);
    expect(values("log1p(exp(0) - 1) + sqrt(log^2)")).toEqual([1, 2, 3, 4]);
    expect(values("b - b + a")[1]).toBe(-4);
  });

  it("makes results that are not finite missing", () => {
    expect(values("a / (a - a)")).toEqual([NaN, NaN, NaN, NaN]);
    expect(values("log(b)")[3]).toBeNaN();
    expect(values("log(a)")[1]).toBeNaN();
    expect(values("exp(1000)")[0]).toBeNaN();
    expect(values("sqrt(-1)")[0]).toBeNaN();
    expect(values("min(1 / b, 7)")[3]).toBe(7);
  });

  it("takes differences of dates in days", () => {
    expect(values("days(to, from)")).toEqual([1, -0.5, 3, NaN]);
    expect(values("days(to, from) + b")[0]).toBe(3);
  });

  it("evaluates the rows asked for", () => {
    const compiled = compileExpression("a * 10");
    expect([...compiled.evaluate(new ColumnSource(table), rowIndex([3, 1]))]).toEqual([0, -40]);
  });

  it("lists its columns once", () => {
    expect(expressionColumns('a * a + days(to, "from") - max(log, log(b))')).toEqual([
      "a",
      "to",
      "from",
      "log",
      "b",
    ]);
  });

  it.each([
    ["", /character 1: it ends too early/],
    ["a +", /character 4: it ends too early/],
    ["a b", /character 3: unexpected "b"/],
    ["2x", /character 2: unexpected "x"/],
    ["a ? b", /character 3: "\?" means nothing here/],
    ["(a", /character 3: it ends too early: expected "\)"/],
    ["a)", /character 2: unexpected "\)"/],
    ["a ^ 5", /character 5: after \^ comes 2, 3 or 4/],
    ["a ^ b", /character 5/],
    ['"a', /character 1: the name that begins here has no closing "/],
    ['"a\\q"', /character 3: unknown escape/],
    ["lgo(a)", /character 1: there is no function "lgo"; did you mean log\?/],
    ["log(a, b)", /log takes 1 values, not 2/],
    ["min(a)", /min takes 2 to 20 values, not 1/],
    ["days(to, 3)", /days takes the names of two date columns/],
    ["1e999", /too large/],
    ["a.b", /character 2/],
    ["1 + note", /character 5: "note" holds text/],
    ["city * 2", /"city" holds categories/],
    ["to - 1", /"to" is a date/],
    ["days(to, a)", /character 10: days needs dates, but "a" is numeric/],
    ["b + aa", /character 5: there is no column "aa"/],
  ])("refuses %j", (expression, message) => {
    const text = failure(expression);
    expect(text).toMatch(/^AUTOML_EXPRESSION_INVALID/);
    expect(text).toMatch(message);
  });

  it("names the nearest column and the position as data", () => {
    try {
      compileExpression("1 + flga").check(table);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        hint: 'Did you mean "flag"?',
        details: { expression: "1 + flga", position: 5 },
      });
    }
  });

  it("survives hostile sizes", () => {
    expect(failure("(".repeat(50_000))).toMatch(/nested too deeply/);
    expect(failure("-".repeat(50_000))).toMatch(/nested too deeply/);
    expect(failure(`1${"+1".repeat(20_000)}`)).toMatch(/more than 1000 parts/);
    expect(failure("1 ".repeat(200_000))).toMatch(/longer than/);
    expect(failure("log(".repeat(5000))).toMatch(/nested too deeply/);
  });

  it("reads any quoted name back", () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff }));
    const names = fc.array(unit).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(names, (name) => {
        expect(expressionColumns(`1 + ${quoteColumn(name)} * 2`)).toEqual([name]);
      }),
    );
    expect(quoteColumn("sqft")).toBe("sqft");
    expect(quoteColumn("4046")).toBe('"4046"');
    expect(quoteColumn("größe_2")).toBe("größe_2");
  });

  it("never throws anything but its own error", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      "1",
      "+",
      "-",
      "*",
      "/",
      "^2",
      "(",
      ")",
      ",",
      "log(",
      '"',
      "\\",
      " ",
      "min(",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const result = thrown(() => compileExpression(pieces.join("")));
        expect(result).toMatch(/^(nothing thrown|AUTOML_EXPRESSION_INVALID)/);
      }),
    );
  });
});
