import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  call,
  chain,
  fields,
  flat,
  layout,
  list,
  literal,
  name,
  options,
  type Expression,
} from "../../../src/codegen/syntax/expression.ts";
import { prettier } from "../prettier.ts";

const text = fc
  .array(fc.constantFrom("a", "word ", '"', "'", "한글", "x".repeat(15)), { maxLength: 9 })
  .map((pieces) => pieces.join(""));
const value = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const atom = value.map(literal);
const texts = fc.array(text.map(literal), { minLength: 1, maxLength: 12 }).map(list);
const numbers = fc.array(fc.integer().map(literal), { minLength: 2, maxLength: 40 }).map(list);
const settings = fc
  .dictionary(fc.constantFrom("smoothing", "folds", "rate"), fc.integer(), { minKeys: 1 })
  .map((values) => fields(Object.entries(values).map(([key, each]) => [key, literal(each)])));

/** The shapes that scripts are made of. */
const shapes: fc.Arbitrary<Expression> = fc.oneof(
  fc.array(atom, { minLength: 1, maxLength: 4 }).map((args) => call("target", ...args)),
  fc.tuple(atom, fc.oneof(settings, texts, numbers)).map((args) => call("column.text", ...args)),
  fc.tuple(text, fc.oneof(settings, texts)).map(([first, last]) =>
    chain("column", [
      { name: "category", arguments: [literal(first)] },
      { name: "encode", arguments: [last] },
    ]),
  ),
  fc
    .tuple(
      text,
      fc.array(fc.tuple(fc.constantFrom("log", "clip", "impute"), atom), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([first, verbs]) =>
      chain("column", [
        { name: "numeric", arguments: [literal(first)] },
        ...verbs.map(([verb, argument]) => ({ name: verb, arguments: [argument] })),
      ]),
    ),
);

fc.configureGlobal({ seed: 20 });

describe("layout", () => {
  it("is what prettier makes of it, for every shape and width", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(shapes, { minLength: 1, maxLength: 8 }), async (items) => {
        const lines = items.map((item) => `  ${layout(item, 2, 2, 1)},`);
        const script = `const features = [\n${lines.join("\n")}\n  // end\n];\n`;
        expect(await prettier(script)).toBe(script);
      }),
      { numRuns: 60 },
    );
  });

  it("does not change what the code says", () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const plain = (code: string): string =>
          code.replace(/,?\s*(\n\s*|$)/g, "").replaceAll(" ", "");
        const broken = plain(layout(shape, 2, 90, 1));
        expect(broken.replaceAll(",", "")).toBe(plain(flat(shape)).replaceAll(",", ""));
      }),
    );
  });

  it("keeps an expanded object expanded and writes shorthand", () => {
    const settings = fields([["features", name("features")]], true);
    expect(layout(call("readTable", literal("a.csv"), settings), 0, 0, 1)).toBe(
      'readTable("a.csv", {\n  features,\n})',
    );
    expect(options({ smoothing: undefined })).toEqual([]);
  });
});
