import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  drawBootstrap,
  drawColumns,
  drawRows,
  groupsOf,
} from "../../../src/models/tree/sampling.ts";

describe("drawRows", () => {
  it("divides the rows into drawn and others, both ascending", () => {
    for (const chosen of [1, 5, 13, 20]) {
      const rows = new Int32Array(20);
      drawRows(new Random(chosen), chosen, rows);
      expect(rows.slice(0, chosen)).toEqual(rows.slice(0, chosen).sort());
      expect(rows.slice(chosen)).toEqual(rows.slice(chosen).sort());
      expect([...rows].sort((a, b) => a - b)).toEqual([...rows.keys()]);
    }
  });

  it("draws every row equally often", () => {
    const drawn = new Float64Array(10);
    const rows = new Int32Array(10);
    for (let t = 0; t < 5000; t++) {
      drawRows(new Random(1).split(t), 3, rows);
      for (const row of rows.subarray(0, 3)) drawn[row]!++;
    }
    for (const times of drawn) expect(Math.abs(times - 1500)).toBeLessThan(150);
  });
});

describe("drawColumns", () => {
  it("draws so many different columns, ascending", () => {
    const columns = drawColumns(new Random(2), 7, 30);
    expect(new Set(columns).size).toBe(7);
    expect(columns).toEqual(columns.slice().sort());
    expect([...drawColumns(new Random(2), 3, 3)]).toEqual([0, 1, 2]);
  });
});

describe("drawBootstrap", () => {
  it("draws as many rows as there are and leaves out about 37 %", () => {
    const weights = new Uint8Array(10_000).fill(9);
    drawBootstrap(new Random(3), null, weights);
    expect(weights.reduce((sum, times) => sum + times, 0)).toBe(10_000);
    const left = weights.filter((times) => times === 0).length / 10_000;
    expect(left).toBeCloseTo(Math.exp(-1), 1);
  });
});

describe("groupsOf", () => {
  it("names each group of eight once", () => {
    expect([...groupsOf(Int32Array.of(0, 3, 7, 16, 17))]).toEqual([0, 2]);
  });
});
