import { describe, expect, it } from "vitest";
import { readExpectations, type ExpectedTable } from "../../bench/reading-table/expectation.ts";
import { judge, type SeenColumn, type SeenTable } from "../../bench/reading-table/judge.ts";

const expected: ExpectedTable = {
  file: "raw/x.csv",
  rows: 3,
  header: true,
  targets: ["price", "rent"],
  columns: [
    { name: null, kinds: ["identifier"] },
    { name: "price", kinds: ["numeric"], missing: 1, mean: 2.5 },
    {
      name: "day",
      kinds: ["date"],
      format: "%d/%m/%Y",
      first: "2020-01-02",
      last: "2020-03-01",
    },
  ],
};

const column = (name: string, more: Partial<SeenColumn> = {}): SeenColumn => ({
  name,
  type: "numeric",
  role: "feature",
  missing: 0,
  ...more,
});

const days = { mean: 0, lowest: Date.UTC(2020, 0, 2), highest: Date.UTC(2020, 2, 1) };
const right: SeenTable = {
  rows: 3,
  header: true,
  target: "rent",
  columns: [
    column("column1", { role: "identifier" }),
    column("price", { missing: 1, values: { mean: 2.5, lowest: 2, highest: 3 } }),
    column("day", { type: "date", format: "%d/%m/%Y", values: days }),
  ],
};

function withColumn(index: number, more: Partial<SeenColumn>): SeenTable {
  return {
    ...right,
    columns: right.columns.map((each, c) => (c === index ? { ...each, ...more } : each)),
  };
}

describe("judging a reading", () => {
  it("finds nothing wrong with the right one", () => {
    expect(judge(expected, right)).toEqual({ wrong: [], mistyped: [], typed: 3, columns: 3 });
  });

  it("finds wrong rows, names, missing cells, values, days and targets", () => {
    const wrong = (seen: SeenTable) => judge(expected, seen).wrong.join("; ");
    expect(wrong({ ...right, rows: 2 })).toBe("2 rows for 3");
    expect(wrong({ ...right, header: false })).toBe("header");
    expect(wrong({ ...right, target: "day" })).toContain("target day");
    expect(wrong(withColumn(1, { name: "Price" }))).toContain('"Price" for "price"');
    expect(wrong(withColumn(1, { missing: 0 }))).toBe("price: 0 missing for 1");
    expect(wrong(withColumn(1, { missing: 0, misfits: 1 }))).toBe("");
    expect(wrong(withColumn(1, { values: { mean: 25, lowest: 2, highest: 3 } }))).toContain("mean");
    expect(wrong(withColumn(2, { values: { ...days, lowest: 0 } }))).toContain("from 1970-01-01");
    expect(wrong(withColumn(2, { format: "%m/%d/%Y" }))).toContain("%m/%d/%Y for %d/%m/%Y");
  });

  it("counts a wrong type, and takes the role of a column that is left out for its type", () => {
    expect(judge(expected, withColumn(0, { role: "feature" }))).toMatchObject({
      mistyped: ["column1: numeric for identifier"],
      typed: 2,
    });
    expect(judge(expected, withColumn(2, { type: "text" })).typed).toBe(2);
  });
});

describe("the table of expectations", () => {
  it("is complete: rows, a target among the columns, kinds for every column", () => {
    const { tables, refused } = readExpectations();
    expect(tables.length + refused.length).toBe(20);
    for (const { file, rows, targets, columns, header } of tables) {
      expect(rows, file).toBeGreaterThan(100);
      expect(columns.every(({ kinds }) => kinds.length > 0)).toBe(true);
      for (const target of targets) {
        const at = typeof target === "number" ? columns[target - 1] : undefined;
        expect(at ?? columns.find(({ name }) => name === target), file).toBeDefined();
      }
      expect(columns.every(({ name }) => name === null)).toBe(!header);
    }
  });
});
