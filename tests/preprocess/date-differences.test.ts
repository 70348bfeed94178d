import { describe, expect, it } from "vitest";
import type { ColumnSchema } from "../../src/core/schema.ts";
import { completeFeatures } from "../../src/preprocess/complete.ts";
import { dateDifferences } from "../../src/preprocess/date-differences.ts";
import { applyPreparation, fitPreparation } from "../../src/preprocess/preparation.ts";
import { everyRow, makeTable } from "./make-table.ts";

const day = 86_400_000;

function dates(...names: string[]): ColumnSchema[] {
  const rest = { type: "date", role: "feature", reason: "", missing: 0, distinct: 9 } as const;
  return names.map((name) => ({ name, ...rest }));
}

describe("dateDifferences", () => {
  it("is nothing for fewer than two dates that are features", () => {
    expect(dateDifferences(dates("a"))).toEqual([]);
    expect(dateDifferences([...dates("a"), { ...dates("b")[0]!, role: "unused" }])).toEqual([]);
  });

  it("compares every pair of a few dates, neighbours of many", () => {
    expect(dateDifferences(dates("in", "out", "paid")).map(({ expression }) => expression)).toEqual(
      ["days(out, in)", "days(paid, in)", "days(paid, out)"],
    );
    const many = dateDifferences(dates("a", "b", "c", "d", "e", "f"));
    expect(many.map(({ column }) => column)).toEqual([
      "days from a to b",
      "days from b to c",
      "days from c to d",
      "days from d to e",
      "days from e to f",
    ]);
    expect(dateDifferences(dates(...Array.from({ length: 300 }, (_, i) => `d${i}`)))).toHaveLength(
      20,
    );
  });

  it("gives names of its own and reads hostile ones", () => {
    const long = "x".repeat(10_000);
    const names = ['a "b"', long, "days from a to b"];
    const table = makeTable([
      { name: names[0]!, type: "date", cells: [0, day, null] },
      { name: names[1]!, type: "date", cells: [day, 5 * day, day] },
      { name: names[2]!, type: "numeric", cells: [1, 2, 3] },
    ]);
    const lines = dateDifferences([
      ...dates(...names.slice(0, 2)),
      { ...dates(names[2]!)[0]!, type: "numeric" },
    ]);
    expect(lines.map(({ column }) => column)).toEqual(['days from a "b" to date 2']);
    const needs = { missing: false, categories: "numbers" } as const;
    const { features } = completeFeatures(lines, needs, table);
    expect(features[0]).toMatchObject({ impute: "median", flagMissing: true });
    const { state, matrix } = fitPreparation(features, table, everyRow(table), new Float64Array(3));
    expect([...matrix.data]).toEqual([1, 4, 2.5, 0, 0, 1]);
    const again = JSON.parse(JSON.stringify(state)) as typeof state;
    expect(applyPreparation(again, table, everyRow(table))).toEqual(matrix);
    const clash = dateDifferences([
      ...dates("a", "b"),
      { ...dates("days from a to b")[0]!, type: "numeric" },
    ]);
    expect(clash[0]!.column).toBe("days from a to b (2)");
  });
});
