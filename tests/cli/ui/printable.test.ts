import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable, printableLines } from "../../../src/cli/ui/printable.ts";

describe("printable", () => {
  it("makes escape sequences, line ends and direction marks visible", () => {
    expect(printable("a\u001b[31mb")).toBe("a\\x1b[31mb");
    expect(printable("a\nb\tc\r")).toBe("a\\nb\\tc\\r");
    expect(printable("price\u202eecirp")).toBe("price\\u202eecirp");
    expect(printable("\u009b2J")).toBe("\\x9b2J");
    expect(printable("\u{e0041}")).toBe("\\u{e0041}");
    expect(printable("\ud800")).toBe("\\ud800");
  });

  it("leaves text of any language alone", () => {
    for (const text of ["Größe", "住所", "السعر", "क्षेत्र", "👨‍👩‍👧", "a b"])
      expect(printable(text)).toBe(text);
  });

  it("never lets a control character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(
          /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u,
        );
      }),
    );
  });
});

describe("printableLines", () => {
  it("keeps line ends and cuts what has no end", () => {
    expect(printableLines("a\u0007\nb")).toBe("a\\x07\nb");
    expect(printableLines("x".repeat(10_000))).toHaveLength(4004);
  });
});
