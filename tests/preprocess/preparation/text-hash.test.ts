import { describe, expect, it } from "vitest";
import { hashText } from "../../../src/preprocess/preparation/text-hash.ts";
import { numbersIn } from "../../../src/preprocess/preparation/text-shape.ts";

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

describe("hashText", () => {
  it("puts alike words near each other and others apart", () => {
    const [one, alike, other] = ["volkswagen golf", "vokswagen golf", "mercedes benz"].map((text) =>
      hashText(text, 256),
    );
    expect(product(one!, alike!)).toBeGreaterThan(0.5 * product(one!, one!));
    expect(Math.abs(product(one!, other!))).toBeLessThan(0.3 * product(one!, one!));
  });

  it("reads no case, and is nothing for a text without words", () => {
    expect(hashText("Golf", 8)).toEqual(hashText("golf!", 8));
    expect(hashText(" - ", 4)).toEqual(new Float64Array(4));
    expect(hashText("", 4)).toEqual(new Float64Array(4));
  });

  it("keeps its size for long texts, and takes any script", () => {
    const long = hashText("word of many ".repeat(10_000), 64);
    expect(Math.sqrt(product(long, long))).toBeLessThan(64);
    expect(hashText("서울특별시", 64).some((value) => value !== 0)).toBe(true);
    expect(hashText("a\ud800", 64).every(Number.isFinite)).toBe(true);
  });

  it("has the same columns everywhere", () => {
    expect([...hashText("golf", 4)]).toMatchInlineSnapshot(`
      [
        0.31622776601683794,
        -0.9486832980505138,
        0.31622776601683794,
        -0.9486832980505138,
      ]
    `);
  });
});

describe("numbersIn", () => {
  it.each([
    ["190Nm@ 2000rpm", [190, 2000, 0]],
    ["1,234,567.5 and 0,5", [1234567.5, 0.5, 0]],
    ["1.2.3", [1.2, 0, 0]],
    ["none", [0, 0, 0]],
    ["1 2 3 4", [1, 2, 3]],
  ])("%s", (text, numbers) => {
    expect([...numbersIn(text, 3)]).toEqual(numbers);
  });

  it("is finite, whatever is written", () => {
    expect([...numbersIn("9".repeat(400), 1)]).toEqual([Number.MAX_VALUE]);
  });
});
