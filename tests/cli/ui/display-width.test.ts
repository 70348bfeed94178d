import { describe, expect, it } from "vitest";
import { displayWidth, pad, truncate, wrap } from "../../../src/cli/ui/display-width.ts";

describe("displayWidth", () => {
  it.each([
    ["sqft", 4],
    ["Größe", 5],
    ["住所", 4],
    ["e\u0301", 1],
    ["😀", 2],
    ["\u001b[31mred\u001b[39m", 3],
  ])("of %j is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("truncate and pad", () => {
  it("cut and fill by cells, not by characters", () => {
    expect(truncate("longitude", 9)).toBe("longitude");
    expect(truncate("longitude", 6)).toBe("longi…");
    expect(truncate("住所住所", 6)).toBe("住所…");
    expect(pad("住所", 6, "left")).toBe("住所  ");
    expect(pad("7", 3, "right")).toBe("  7");
  });
});

describe("wrap", () => {
  it("breaks between words and cuts a word that is too long", () => {
    expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
    expect(wrap("extraordinarily so", 8)).toEqual(["extraor…", "so"]);
    expect(wrap("", 8)).toEqual([""]);
  });
});
