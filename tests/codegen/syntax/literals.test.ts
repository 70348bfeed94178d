import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  escapeUnprintable,
  numberLiteral,
  propertyKey,
  stringLiteral,
} from "../../../src/codegen/syntax/literals.ts";
import { prettier } from "../prettier.ts";

// Reads a literal back the way a script would.
const read = (code: string): unknown => runInThisContext(`(${code})`);
const anyText = fc.string({ unit: "binary" });

fc.configureGlobal({ seed: 20 });

describe("string literals", () => {
  it("read back as the same string, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(read(stringLiteral(text))).toBe(text);
      }),
    );
  });

  it("show nothing invisible and nothing that turns the text around", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(stringLiteral(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
    expect(stringLiteral("a\u202eb\u2028c")).toBe('"a\\u202eb\\u2028c"');
    expect(stringLiteral("서울 größe ≤ 3")).toBe('"서울 größe ≤ 3"');
  });

  it("take the quotes prettier takes", async () => {
    const texts = ["plain", "it's", 'say "hi"', `'"`, `'"'`, `"'"`, `\\"`, "\\'\\", '"'.repeat(3)];
    const script = texts.map((text) => `f(${stringLiteral(text)});\n`).join("");
    expect(await prettier(script)).toBe(script);
    expect(stringLiteral('say "hi"')).toBe(`'say "hi"'`);
    expect(stringLiteral("it's")).toBe('"it\'s"');
  });
});

describe("number literals", () => {
  it("read back as the same bits and are left alone by prettier", async () => {
    const numbers = [0, -0, 1, -1.5, 1e21, 1.5e-9, 0.1 + 0.2, 5e-324, Number.MAX_VALUE, 2 ** 53];
    for (const number of numbers) expect(read(numberLiteral(number))).toBe(number);
    const script = numbers.map((number) => `f(${numberLiteral(number)});\n`).join("");
    expect(await prettier(script)).toBe(script);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(Object.is(read(numberLiteral(number)), number)).toBe(true);
      }),
    );
  });

  it("refuse what JSON has no number for", () => {
    for (const number of [NaN, Infinity, -Infinity]) {
      expect(() => numberLiteral(number)).toThrow(
        expect.objectContaining({ code: "AUTOML_SPEC_INVALID" }),
      );
    }
  });
});

describe("property keys", () => {
  it("make own properties of the same name", () => {
    const check = (name: string): void => {
      const object = read(`{ ${propertyKey(name)}: 1 }`) as object;
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
      expect(Object.keys(object)).toEqual([name]);
    };
    for (const name of ["__proto__", "a b", "4046", "constructor", "class", "", "서울", "größe"])
      check(name);
    fc.assert(fc.property(anyText, check));
  });

  it("are quoted only where they must be", () => {
    expect(propertyKey("sqft")).toBe("sqft");
    expect(propertyKey("서울")).toBe("서울");
    expect(propertyKey("a-b")).toBe('"a-b"');
    expect(propertyKey("4046")).toBe('"4046"');
    expect(propertyKey("a\u200db")).toBe('"a\\u200db"');
  });
});

describe("escapeUnprintable", () => {
  it("leaves readable text of any script alone", () => {
    const text = "Preis (€) · 가격 · 価格 · цена · ราคา · τιμή ≤ ½ – “x”";
    expect(escapeUnprintable(text)).toBe(text);
    expect(escapeUnprintable("🏠 price 👍🏽 𠀀 ⌚")).toBe("🏠 price 👍🏽 𠀀 ⌚");
  });

  it("escapes what is half of something, invisible or without an agreed width", () => {
    const parts = [
      "\ud83c",
      "\udfe0",
      "\u200d",
      "\ufe0f",
      "☎",
      "🇩",
      "\u{e0041}",
      "\u{f0000}",
      "𝅘𝅥𝅮",
    ];
    for (const part of parts)
      expect(escapeUnprintable(`🏠${part}x`)).toMatch(/^🏠(\\u[0-9a-f]{4})+x$/);
  });
});
