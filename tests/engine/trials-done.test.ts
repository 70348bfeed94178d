import { describe, expect, it } from "vitest";
import { endedByTrials, trialsDone } from "../../src/engine/trials-done.ts";

describe("trialsDone", () => {
  it("says whose number it was, and that all were done before", () => {
    expect(trialsDone(5, null)).toBe("all 5 trials are done");
    expect(trialsDone(null, null)).toBe(
      "all 300 trials are done, the most of a run without --max-trials",
    );
    expect(trialsDone(5, 12)).toBe(
      "12 trials were done before, and 5 are to be done in all (--max-trials)",
    );
  });

  it("knows its own sentences, whatever follows them", () => {
    for (const said of [trialsDone(5, null), trialsDone(null, null), trialsDone(5, 12)])
      expect(endedByTrials(`${said}; reading took 4 s`)).toBe(true);
    expect(endedByTrials("nothing was left to try")).toBe(false);
    expect(endedByTrials("10 s and 40 trials without a gain larger than noise")).toBe(false);
  });
});
