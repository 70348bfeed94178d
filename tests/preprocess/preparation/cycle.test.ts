import { describe, expect, it } from "vitest";
import { cosineOfTurn, sineOfTurn } from "../../../src/preprocess/preparation/cycle.ts";

describe("sineOfTurn and cosineOfTurn", () => {
  it("are sine and cosine of any turn", () => {
    for (let i = -2000; i <= 2000; i++) {
      const turn = i / 366;
      expect(sineOfTurn(turn)).toBeCloseTo(Math.sin(2 * Math.PI * turn), 14);
      expect(cosineOfTurn(turn)).toBeCloseTo(Math.cos(2 * Math.PI * turn), 14);
    }
  });

  it("are exact at the quarters, without a negative zero", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(sineOfTurn)).toEqual([0, 1, 0, -1, 0]);
    expect([0, 0.25, 0.5, 0.75, 1].map(cosineOfTurn)).toEqual([1, 0, -1, 0, 1]);
  });

  it("are missing where the turn is", () => {
    expect(sineOfTurn(NaN)).toBeNaN();
    expect(cosineOfTurn(NaN)).toBeNaN();
  });

  it("have the same bits everywhere", () => {
    const bits = (value: number): string =>
      Buffer.from(Float64Array.of(value).buffer).toString("hex");
    expect([1 / 7, 5 / 24, 100 / 366].map((turn) => bits(sineOfTurn(turn)))).toMatchInlineSnapshot(`
      [
        "4bde0575c304e93f",
        "15bf4847dde8ee3f",
        "197eaf55f0a8ef3f",
      ]
    `);
  });
});
