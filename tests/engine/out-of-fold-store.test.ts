import { mkdtempSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { OutOfFoldStore } from "../../src/engine/out-of-fold-store.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";

function resultOf(number: number, kind: string, rmse: number): TrialResult {
  return {
    number,
    origin: "search",
    spec: { features: [], target: { column: "y", transform: "none" }, model: { kind, params: {} } },
    status: "completed",
    validation: { rmse, mae: 1, r2: 0, mape: null, rmsle: null, medae: 1 },
    foldScores: [rmse],
    standardError: null,
    units: 1,
    fitSeconds: 1,
    trialSeconds: 1,
    finishedAt: 1,
    plotted: [],
    error: null,
  };
}

/** Sixty good trials of two families and three bad ones of a third. */
const results = Array.from({ length: 63 }, (_, i) =>
  i < 60 ? resultOf(i + 1, `good${i % 2}`, 1 + i / 100) : resultOf(i + 1, "bad", 9 + i),
);
const values = (result: TrialResult): Float64Array => Float64Array.of(result.number, NaN, 0.5);
const numbers = (store: OutOfFoldStore): number[] =>
  store.entries.map(({ result }) => result.number);

describe("OutOfFoldStore", () => {
  it("keeps the 50 best and the best two of each family, in whatever order they come", () => {
    const expected = [...Array.from({ length: 50 }, (_, i) => i + 1), 61, 62];
    for (const seed of [1, 2, 3]) {
      const store = new OutOfFoldStore("rmse");
      for (const result of new Random(seed).shuffle([...results]))
        store.add(result, values(result));
      expect(numbers(store)).toEqual(expected);
      expect(store.best).toBe("001");
      expect(store.missing(results, 3)).toEqual([]);
    }
    const empty = new OutOfFoldStore("rmse");
    expect(empty.missing(results, 3).map(({ number }) => number)).toEqual(expected);
  });

  it("takes no edits, no looks at a part of the rows, and nothing without a score", () => {
    const store = new OutOfFoldStore("rmse");
    const [first] = results;
    store.add({ ...first!, origin: "edited" }, values(first!));
    store.add({ ...first!, spec: { ...first!.spec, fidelity: { rows: 0.1 } } }, values(first!));
    store.add({ ...first!, status: "pruned" }, values(first!));
    expect(store.entries).toEqual([]);
  });

  it("gives back what it wrote, of the trials that are known; nothing of a damaged file", () => {
    const directory = mkdtempSync(join(tmpdir(), "store-"));
    const store = new OutOfFoldStore("rmse");
    for (const result of results.slice(0, 5)) store.add(result, values(result));
    store.write(directory);
    const again = new OutOfFoldStore("rmse");
    again.read(directory, results.slice(0, 4), 3);
    expect(numbers(again)).toEqual([1, 2, 3, 4]);
    expect(again.predictions[2]).toEqual(Float64Array.of(3, NaN, 0.5));
    for (const rows of [3, 4]) {
      truncateSync(join(directory, "predictions.f64"), 100);
      const damaged = new OutOfFoldStore("rmse");
      damaged.read(directory, results, rows);
      damaged.read(join(directory, "gone"), results, rows);
      expect(damaged.entries).toEqual([]);
    }
  });
});
