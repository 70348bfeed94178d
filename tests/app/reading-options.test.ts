import { describe, expect, it } from "vitest";
import { dataRecord, plannedMegabytes, readingOptions } from "../../src/app/reading-options.ts";
import type { Inspection } from "../../src/data/data-source.ts";

const inspection: Inspection = {
  path: "t.csv",
  files: ["/data/t.csv"],
  sha256: "",
  dialect: null,
  formatLabel: "Parquet",
  rows: 50,
  fileRows: 1000,
  rowNumbers: null,
  sample: { fraction: 0.05, seed: 2 },
  columns: [],
  notes: ["a note."],
  brokenRows: { count: 3, examples: [] },
};

describe("readingOptions", () => {
  it("draws a sample of what does not fit into the memory allowed", () => {
    const options = { memory: 320, header: false, seed: 2 };
    const { sample, header } = readingOptions(options, { trains: false });
    expect(header).toBe(false);
    expect(sample).toMatchObject({ fitting: 20 * 2 ** 20, seed: 2 });
    expect((sample as { drawn: number }).drawn).toBeLessThan(20 * 2 ** 20);
  });

  it("draws no more than there is time for, unless trials are counted instead", () => {
    const limit = (options: Parameters<typeof readingOptions>[0], trains = true) =>
      readingOptions(options, { trains }).sample;
    expect(limit({})).toMatchObject({ seconds: 60, trainingSeconds: 60 });
    expect(limit({ timeBudget: 300, maxTrials: 9 })).toMatchObject({ seconds: 300 });
    expect(limit({ maxTrials: 9 })).not.toHaveProperty("seconds");
    expect(limit({ maxTrials: 9 })).not.toHaveProperty("trainingSeconds");
    // Looking at a file takes no training.
    expect(limit({}, false)).not.toHaveProperty("trainingSeconds");
  });

  it("draws the share that is said", () => {
    expect(readingOptions({ sampleFraction: 0.1 }, { trains: true }).sample).toEqual({
      fraction: 0.1,
      seed: 1,
    });
  });
});

describe("plannedMegabytes", () => {
  it("bounds a run only when its file was too large and nothing was said", () => {
    expect(plannedMegabytes({}, inspection)).toBeLessThanOrEqual(3072);
    expect(plannedMegabytes({}, { ...inspection, sample: null })).toBeUndefined();
    expect(plannedMegabytes({ memory: 9000 }, inspection)).toBe(9000);
    expect(plannedMegabytes({ sampleFraction: 0.5 }, inspection)).toBeUndefined();
  });
});

describe("dataRecord", () => {
  it("states share, broken rows, notes, and how to read the same rows again", () => {
    expect(dataRecord(inspection, undefined)).toEqual({
      sampledFraction: 0.05,
      fileRows: 1000,
      reading: { sample: { fraction: 0.05, seed: 2 } },
      brokenRows: 3,
      notes: ["a note."],
    });
  });
});
