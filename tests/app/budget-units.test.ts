import { describe, expect, it } from "vitest";
import { budgetUnits } from "../../src/app/budget-units.ts";

const columns = Array.from({ length: 10 }, () => ({})) as never;
const config = { timeBudget: 60, workers: 2 };

describe("budgetUnits", () => {
  it("is seconds times workers for a table of up to 100,000 rows", () => {
    const table = { fileRows: 100_000, rows: 100_000, columns };
    expect(budgetUnits(config, table, 80_000)).toBe(1.2e11);
    expect(budgetUnits({ ...config, timeBudget: null }, table, 80_000)).toBeNull();
  });

  it("is less for more rows, for reading and for slower units, but never nothing", () => {
    const million = { fileRows: 1e6, rows: 1e6, columns };
    const units = budgetUnits(config, million, 720_000)!;
    expect(units).toBeLessThan(1.2e11 / 7.2);
    expect(units).toBeGreaterThan(1e10);
    // Of a large file all is passed over once, however few rows are drawn.
    const sampled = { fileRows: 200e6, rows: 80_000, columns };
    expect(budgetUnits(config, sampled, 60_000)).toBeCloseTo(0.15 * 1.2e11);
  });
});
