import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunResult } from "../../bench/accuracy/results.ts";
import { cutFile, splitRecords, targetNumber } from "../../bench/raw/cut-file.ts";
import { renderReport } from "../../bench/raw/report.ts";
import { score } from "../../bench/raw/systems.ts";

describe("cutting a raw file", () => {
  it("puts every fifth row into the test file, bytes as they are", () => {
    const folder = mkdtempSync(join(tmpdir(), "raw-test-"));
    try {
      const lines = [
        "name,total",
        ...[1, 2, 3, 4, 5, 6].map((i) => `"caf\u00e9\n${i}","R$${i},000"`),
      ];
      writeFileSync(join(folder, "x.csv"), lines.join("\r\n"), "latin1");
      const set = { name: "x", target: "total", encoding: "cp1252" } as const;
      const cut = cutFile(join(folder, "x.csv"), set, folder);
      expect(cut.trainTarget).toEqual([1000, 2000, 3000, 4000, 6000]);
      expect(cut.testTarget).toEqual([5000]);
      const test = readFileSync(cut.test);
      expect(test.equals(Buffer.from('name,total\r\n"caf\u00e9\n5","R$5,000"\r\n', "latin1"))).toBe(
        true,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("keeps newlines in quotes and ends the last record", () => {
    expect(splitRecords('a\n"b\nc"\nd')).toEqual(["a\n", '"b\nc"\n', "d\n"]);
  });

  it("reads targets with signs and units", () => {
    expect(["R$9,121", "12.5 km", "-3", "1e3"].map(targetNumber)).toEqual([9121, 12.5, -3, 13]);
    expect(targetNumber("Sem info")).toBeNaN();
  });
});

describe("scoring and report", () => {
  it("passes over rows without a target and refuses missing predictions", () => {
    const cut = { train: "", test: "", trainTarget: [], testTarget: [1, NaN, 3] };
    expect(score([1, 9, 5], cut)).toMatchObject({ rmse: Math.sqrt(2), n_test: 2 });
    expect(score([1, 9], cut).error).toContain("2 predictions for 3 rows");
    expect(score([NaN, 9, 5], cut).error).toContain("not finite");
  });

  it("prints the geometric mean over the sets that both have, and failures", () => {
    const run = (set: string, system: string, rmse?: number): RunResult => ({
      set,
      system,
      budget: 30,
      seed: 1,
      wall: 30,
      ...(rmse === undefined ? { error: "it broke" } : { rmse }),
    });
    const results = [run("a", "ours", 1), run("a", "flaml", 2), run("b", "ours", 2), run("b", "flaml", 1), run("c", "ours")]; // prettier-ignore
    const text = renderReport(results, 30);
    expect(text).toContain("geometric mean of 2 ratios: 1.0000");
    expect(text).toContain("FAILED c ours seed 1: it broke");
  });
});
