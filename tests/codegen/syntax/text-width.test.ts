import { util } from "prettier";
import { describe, expect, it } from "vitest";
import { escapeUnprintable } from "../../../src/codegen/syntax/literals.ts";
import { textWidth } from "../../../src/codegen/syntax/text-width.ts";

describe("textWidth", () => {
  it("agrees with prettier on every character that a script shows", () => {
    const wrong: string[] = [];
    for (let code = 0x20; code <= 0x3ffff; code++) {
      const character = String.fromCodePoint(code);
      if (escapeUnprintable(character) !== character) continue;
      if (util.getStringWidth(character) !== textWidth(character)) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it("counts wide and combining characters of a text", () => {
    expect(textWidth("price")).toBe(5);
    expect(textWidth("서울")).toBe(4);
    expect(textWidth("e\u0301")).toBe(1);
    for (const text of ["🏠 price", "👍🏽", "a🏽", "🏠🏠", "𠀀𝒳"]) {
      expect(textWidth(text)).toBe(util.getStringWidth(text));
    }
  });
});
