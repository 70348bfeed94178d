import { describe, expect, it } from "vitest";
import { countText, numberText } from "../../../src/codegen/script/number-text.ts";

describe("numbers for people", () => {
  it("have the digits that matter", () => {
    const texts = [0, 3, 1420, 72318.409, 1234567.8, 0.692511, 0.00012345, 1e-7, 1e21, -50127.8];
    expect(texts.map(numberText)).toEqual([
      "0",
      "3",
      "1420",
      "72 318",
      "1 234 568",
      "0.69251",
      "0.00012345",
      "1e-7",
      "1e+21",
      "-50 128",
    ]);
  });

  it("are counted", () => {
    expect(countText(1, "row")).toBe("1 row");
    expect(countText(12500, "row")).toBe("12 500 rows");
  });
});
