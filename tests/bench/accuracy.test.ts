import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Comparison, type SplitKey } from "../../bench/accuracy/comparison.ts";
import { timeToOnePercent } from "../../bench/accuracy/ours.ts";
import { renderReport } from "../../bench/accuracy/report.ts";
import { readResults, type RunResult } from "../../bench/accuracy/results.ts";
import { csvText, reshuffle } from "../../bench/accuracy/splits.ts";
import { ranksOf, summarize, verdictOf } from "../../bench/accuracy/statistics.ts";
import { parseCsv } from "../../bench/csv-column.ts";

const split = (set: string, resplit = 0): SplitKey => ({ set, resplit, constant: 10 });

function run(system: string, set: string, rmse: number | null, more: object = {}): RunResult {
  const base = { system, set, budget: 30, seed: 1, wall: 31, ...more };
  return rmse === null ? { ...base, error: "it broke" } : { ...base, rmse };
}

describe("summaries over sets", () => {
  it("clips the ratio of a set and shows the unclipped mean beside it", () => {
    const { clipped, unclipped, better, low, high } = summarize([0.01, 1, 1, 1]);
    expect(clipped).toBeCloseTo(Math.exp(Math.log(0.5) / 4), 12);
    expect(unclipped).toBeCloseTo(Math.exp(Math.log(0.01) / 4), 12);
    expect(better).toBe(1);
    expect(low).toBeLessThan(clipped);
    expect(high).toBeGreaterThanOrEqual(clipped);
  });

  it("gives the same interval every time", () => {
    expect(summarize([0.8, 0.9, 1.1])).toEqual(summarize([0.8, 0.9, 1.1]));
  });

  it("shares ranks among equal values", () => {
    expect(ranksOf([3, 1, 3, 7])).toEqual([2.5, 1, 2.5, 4]);
  });

  it("calls a steady difference a win and a shaky one a tie", () => {
    expect(verdictOf([-0.05, -0.06, -0.05, -0.055, -0.05], true)).toBe("win");
    expect(verdictOf([-0.05, 0.06, -0.05, 0.055, -0.05], true)).toBe("tie");
    expect(verdictOf([0.05], false)).toBe("loss");
    expect(verdictOf([0.01], false)).toBe("tie");
    expect(verdictOf([], false)).toBe("tie");
  });
});

describe("comparison", () => {
  const ours = { system: "ours", budget: 30 };
  const peer = { system: "flaml", budget: 30 };

  it("counts a failed run as the constant, and a missing one too unless told otherwise", () => {
    const results = [
      run("ours", "a", 5),
      run("ours", "b", 5),
      run("flaml", "a", null),
      run("flaml", "c", 2),
    ];
    const splits = [split("a"), split("b"), split("c")];
    const strict = new Comparison(results, splits, { missing: "constant" });
    expect(strict.ratio(ours, peer, "a")).toBeCloseTo(0.5, 12);
    expect(strict.ratio(ours, peer, "b")).toBeCloseTo(0.5, 12);
    expect(strict.ratio(ours, peer, "c")).toBeCloseTo(5, 12);
    const lenient = new Comparison(results, splits, { missing: "skip" });
    expect(lenient.ratio(ours, peer, "a")).toBeCloseTo(0.5, 12);
    expect(lenient.ratio(ours, peer, "b")).toBeNull();
  });

  it("compares on the resplits that both systems have, seeds meant", () => {
    const results = [
      run("ours", "a", 4),
      run("ours", "a", 6, { seed: 2 }),
      run("ours", "a", 1, { resplit: 1 }),
      run("ours", "a", 1, { resplit: 1, seed: 2 }),
      run("flaml", "a", 10),
    ];
    const comparison = new Comparison(results, [split("a"), split("a", 1)], {
      missing: "constant",
    });
    expect(comparison.ratio(ours, peer, "a")).toBeCloseTo(0.5, 12);
    expect(comparison.runs(peer)).toHaveLength(1);
  });

  it("ranks over the sets that all have", () => {
    const results = [run("ours", "a", 1), run("flaml", "a", 2), run("ours", "b", 3)];
    const splits = [split("a"), split("b")];
    const { ranks, sets } = new Comparison(results, splits, { missing: "skip" }).meanRanks([
      ours,
      peer,
    ]);
    expect({ ranks, sets }).toEqual({ ranks: [1, 2], sets: 1 });
  });

  it("renders every table", () => {
    const results = [
      run("ours", "a", 1, { trainSeconds: 40, trials: 7, singleRmse: 2, recommended: "ensemble" }),
      run("flaml", "a", 12),
      run("lightgbm", "a", 4, { budget: 0 }),
    ];
    const splits = [split("a")];
    const text = renderReport(new Comparison(results, splits, { missing: "constant" }), splits, {
      name: "ours",
      budget: 30,
    });
    expect(text).toContain("| a | **1** | 12 | 4 | 0.250 |");
    expect(text).toContain("| ours 30 s / flaml 30 s | 0.5000 | 0.500 … 0.500 | 0.0833 | 1 of 1 |");
    expect(text).toContain("| a | 7 | ensemble | 0.5000 | - |");
    expect(text).toMatch(/\| ours 30 s \| 1 \| 31.0 \| 31.0 \| 40.0 \| - \| 1 \| 0 \| 0 \| 0 \|/);
    expect(text).toMatch(/\| flaml 30 s \| 1 \|.*\| 0 \| 0 \| 0 \| 1 \| 1.200 \|/);
  });
});

describe("files", () => {
  it("reads results whatever stands between them, of one key the last", () => {
    const folder = mkdtempSync(join(tmpdir(), "accuracy-test-"));
    const path = join(folder, "results.jsonl");
    const first = run("ours", "a", 1);
    const lines = [first, run("ours", "b", 2), { ...first, resplit: 0, rmse: 3 }, { other: 1 }];
    writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"set":"c`);
    expect(readResults([path, join(folder, "none")]).map(({ rmse }) => rmse)).toEqual([3, 2]);
    rmSync(folder, { recursive: true });
  });

  it("writes cells that read back as they were", () => {
    const rows = [
      ["a", "b"],
      ['say "x"', "1,5"],
      ["two\nlines", ""],
    ];
    expect(parseCsv(csvText(rows))).toEqual(rows);
  });

  it("reshuffles all rows into four fifths and the rest, the same for the same seed", () => {
    const rows = Array.from({ length: 21 }, (_, i) => i);
    const { train, test } = reshuffle(rows, "a/1");
    expect([train.length, test.length]).toEqual([17, 4]);
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(rows);
    expect(reshuffle(rows, "a/1").train).toEqual(train);
    expect(reshuffle(rows, "a/2").train).not.toEqual(train);
  });
});

it("finds when a run was first within 1 % of its final score", () => {
  const trials = [
    { seconds: 1, loss: 2 },
    { seconds: 3, loss: 1.009 },
    { seconds: 9, loss: 1 },
  ];
  expect(timeToOnePercent(trials)).toBe(3);
  expect(timeToOnePercent([])).toBeNull();
});
