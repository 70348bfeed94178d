import { describe, expect, it } from "vitest";
import { joinSentences } from "../../src/report/check-words.ts";
import { alikeWords } from "../../src/report/noise-words.ts";
import { fixtureRun } from "./fixture.ts";

describe("joinSentences", () => {
  it("joins a finding and what was done about it", () => {
    expect(joinSentences("2 rows are exact copies of others.", "Kept; leave them out.")).toBe(
      "2 rows are exact copies of others. Kept; leave them out.",
    );
    expect(joinSentences("price is skewed", "Try a logarithm.")).toBe(
      "price is skewed. Try a logarithm.",
    );
    expect(joinSentences("Two columns look alike:", "a, b")).toBe("Two columns look alike: a, b");
  });

  it("doubles no mark and prints no empty half", () => {
    expect(joinSentences("5 rows have no price..", "Left out.")).toBe(
      "5 rows have no price. Left out.",
    );
    expect(joinSentences("Look at these::", "")).toBe("Look at these:");
    expect(joinSentences("And so on...", " ")).toBe("And so on...");
    expect(joinSentences("Only 40 rows.", ".")).toBe("Only 40 rows.");
  });
});

describe("alikeWords", () => {
  const { record } = fixtureRun();
  const withAlike = (ranks: readonly number[]) => ({
    ...record,
    trials: record.trials.map((trial) => ({
      ...trial,
      withinNoise: trial.rank !== null && ranks.includes(trial.rank),
    })),
  });

  it("counts all that are within noise, wherever they rank", () => {
    expect(alikeWords(withAlike([1, 2, 5, 7]))).toBe(
      "3 other trials cannot be told apart from the best",
    );
    expect(alikeWords(withAlike([1, 4]))).toBe(
      "One other trial cannot be told apart from the best",
    );
    expect(alikeWords(withAlike([1]))).toBe("");
  });
});
