import { describe, expect, it } from "vitest";
import {
  bar,
  progressLines,
  progressText,
  usedShare,
  type Progress,
} from "../../../src/cli/ui/progress.ts";
import { plain } from "../fake-terminal.ts";

const progress: Progress = {
  metric: "rmse",
  seconds: 60,
  trials: null,
  elapsed: 23,
  done: 83,
  failed: 2,
  best: {
    id: "042",
    label: "ridge",
    score: 71_805,
    standardError: 2374,
    since: 14,
    withinNoise: true,
  },
};

describe("progress", () => {
  it("is drawn as the design shows it", () => {
    expect(progressLines(progress, 100).map(plain)).toEqual([
      "  ████████████░░░░░░░░░░░░░░░░░░  23 s of 60   83 trials, 2 failed   ridge 71 805 +-2 374 (042)",
      "                                  last gain 9 s ago, smaller than noise: may stop early",
    ]);
  });

  it("counts trials when trials are the limit, minutes when it is long", () => {
    const counted = { ...progress, seconds: null, trials: 120, best: null };
    expect(plain(progressText(counted))).toBe("23 s   83 of 120 trials, 2 failed");
    expect(plain(progressText({ ...counted, trials: null, seconds: 7200, elapsed: 200 }))).toBe(
      "3 min 20 s of 2 h   83 trials, 2 failed",
    );
  });

  it("fills the bar by the limit that is nearer, and never beyond its ends", () => {
    expect(usedShare({ ...progress, trials: 100 })).toBeCloseTo(0.83);
    expect(usedShare({ ...progress, elapsed: 90 })).toBe(1);
    expect(usedShare({ ...progress, seconds: null })).toBe(0);
    expect(bar(0.5, 4)).toBe("██░░");
  });
});
