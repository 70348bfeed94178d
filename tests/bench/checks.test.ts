import { describe, expect, it } from "vitest";
import { leaks, type TextTable } from "../../bench/checks/seed-leaks.ts";
import { Random } from "../../src/core/random.ts";

const table: TextTable = {
  header: ["area", "price"],
  rows: Array.from({ length: 200 }, (_, i) => [String(10 + (i % 50)), String((7 * i) % 200)]),
  target: "price",
};
const seeded = (kind: string) => leaks[kind]!(table, new Random(1))!;
const numbers = ({ header, rows }: TextTable, name: string): number[] =>
  rows.map((row) => Number(row[header.indexOf(name)]));

describe("seeded leaks", () => {
  it("keep the target and put one column in", () => {
    for (const kind of Object.keys(leaks).filter((name) => !name.startsWith("copied"))) {
      const { table: made, column, timeColumn } = seeded(kind);
      expect(made.header).toContain(column);
      expect(made.header.at(-1)).toBe("price");
      expect(made.rows).toHaveLength(200);
      expect(made.header).toHaveLength(timeColumn === undefined ? 3 : 4);
      const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
      expect(sorted(numbers(made, "price"))).toEqual(sorted(numbers(table, "price")));
    }
  });

  it("are what they are called", () => {
    const { table: ratio } = seeded("ratio, exact");
    const area = numbers(ratio, "area");
    const price = numbers(ratio, "price");
    numbers(ratio, "per unit").forEach((value, i) => {
      expect(value * area[i]!).toBeCloseTo(price[i]!, 2);
    });
    const { table: future } = seeded("future, file in order");
    const later = numbers(future, "price").slice(1);
    const wrong = later.map((value, i) => Math.abs(value - numbers(future, "follow up")[i]!));
    expect(Math.max(...wrong)).toBeLessThan(20);
    expect(seeded("copied rows, 5 %").table.rows).toHaveLength(210);
  });
});
