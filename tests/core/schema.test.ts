import { describe, expect, it } from "vitest";
import { isConverted, withoutExamples, type ColumnSchema } from "../../src/core/schema.ts";

const seen = {
  filled: 60,
  numbers: 60,
  markers: 0,
  different: 9,
  fits: 60,
  examples: ["1", "2"],
  unfit: ["x"],
};
const column: ColumnSchema = {
  name: "a",
  type: "numeric",
  role: "feature",
  reason: "All 60 filled cells are numbers.",
  missing: 0,
  distinct: 9,
  misfits: 0,
  seen,
};

describe("a column's schema", () => {
  it("loses every cell of the data and keeps the counts", () => {
    expect(withoutExamples(column).seen).toEqual({ ...seen, examples: [], unfit: [] });
    expect(column.seen!.examples).toHaveLength(2);
    const { seen: _seen, ...older } = column;
    const old: ColumnSchema = older;
    expect(withoutExamples(old)).toEqual(older);
  });

  it.each<[boolean, Partial<ColumnSchema>]>([
    [false, {}],
    [true, { format: "$1,234.5" }],
    [true, { misfits: 1 }],
    [true, { type: "boolean" }],
    [true, { type: "category" }],
    [false, { type: "category", seen: { ...seen, numbers: 0 } }],
    [true, { type: "category", seen: { ...seen, numbers: 0 }, levels: ["S", "M"] }],
    [true, { type: "category", seen: { ...seen, numbers: 0 }, notMissing: ["NA"] }],
  ])("is converted or not: %s for %j", (expected, changes) => {
    expect(isConverted({ ...column, ...changes })).toBe(expected);
  });
});
