import { describe, expect, it } from "vitest";
import { nearnessOf, renderNearness } from "../../bench/accuracy/nearness.ts";

const run = { budget: 10, seed: 1, wall: 11 };
const results = [
  { ...run, set: "a", system: "ours", validationRmse: 5, rmse: 10 },
  { ...run, set: "a", system: "ours+column", validationRmse: 9, rmse: 10 },
  { ...run, set: "a", system: "flaml+column", rmse: 12 },
  { ...run, set: "b", system: "ours", validationRmse: 10, rmse: 10 },
  { ...run, set: "b", system: "ours+column", validationRmse: 8, rmse: 10 },
  { ...run, set: "c", system: "ours", validationRmse: 10, rmse: 10 },
  { ...run, set: "d", system: "ours+column", error: "exit 1" },
];

describe("nearness of validation to the test", () => {
  const options = { name: "ours", budget: 10 };

  it("compares the runs of a set with and without its column", () => {
    expect(nearnessOf(results, options)).toEqual([
      {
        set: "a",
        random: { validation: 5, test: 10 },
        given: { validation: 9, test: 10 },
        isNearer: true,
        peer: 12,
      },
      {
        set: "b",
        random: { validation: 10, test: 10 },
        given: { validation: 8, test: 10 },
        isNearer: false,
        peer: null,
      },
    ]);
  });

  it("is a table with a count below it", () => {
    const text = renderNearness(results, options);
    expect(text).toContain("| a | 5.000 | 10.00 | 50 % | 9.000 | 10.00 | 10 % | yes | 12.00 |");
    expect(text).toContain("Nearer with the column on 1 of 2 sets.");
  });
});
