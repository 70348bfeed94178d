import { describe, expect, it } from "vitest";
import { fidelityWords } from "../../src/report/fidelity-words.ts";

describe("fidelityWords", () => {
  it("says a share as a fraction where it is one", () => {
    expect(fidelityWords({ rows: 0.33 })).toBe("1/3 of the rows");
    expect(fidelityWords({ rows: 1 / 9 })).toBe("1/9 of the rows");
    expect(fidelityWords({ rows: 0.4 })).toBe("40 % of the rows");
  });
});
