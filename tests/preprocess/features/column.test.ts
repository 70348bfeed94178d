import { describe, expect, expectTypeOf, it } from "vitest";
import { column } from "../../../src/preprocess/features/column.ts";
import { featureSpecs, inputColumns } from "../../../src/preprocess/features/feature-specs.ts";
import type { Row } from "../../../src/preprocess/features/feature.ts";
import { thrown } from "../make-table.ts";

const hostile = [
  "__proto__",
  "constructor",
  "4046",
  'a "quote"',
  "new\nline",
  "`${x}`",
  "",
  "</script>",
];

describe("column", () => {
  it("builds plain JSON", () => {
    expect(
      JSON.parse(JSON.stringify(column.numeric("sqft").impute("median").flagMissing())),
    ).toEqual({
      kind: "numeric",
      column: "sqft",
      impute: "median",
      flagMissing: true,
    });
    expect({ ...column.numeric("x").clip(0, 9).log().impute(3) }).toEqual({
      kind: "numeric",
      column: "x",
      clip: { low: 0, high: 9 },
      log: true,
      impute: 3,
    });
    expect({ ...column.category("zip").targetEncode({ smoothing: 12 }) }).toEqual({
      kind: "category",
      column: "zip",
      encode: { by: "targetEncode", smoothing: 12 },
    });
    expect({ ...column.category("zip").native().ordinal(["a", "b"]) }).toEqual({
      kind: "category",
      column: "zip",
      encode: { by: "ordinal", levels: ["a", "b"] },
    });
    expect({ ...column.date("d", "%Y").parts("year", "elapsed").impute("median") }).toEqual({
      kind: "date",
      column: "d",
      format: "%Y",
      parts: ["year", "elapsed"],
      impute: "median",
    });
    expect({ ...column.boolean("b").impute("mostFrequent").flagMissing() }).toEqual({
      kind: "boolean",
      column: "b",
      impute: "mostFrequent",
      flagMissing: true,
    });
    expect({ ...column.text("t") }).toEqual({ kind: "text", column: "t" });
    expect({ ...column.text("t", { terms: 5 }) }).toEqual({ kind: "text", column: "t", terms: 5 });
    expect({ ...column.text("t", { hashed: 64, shape: true, numbers: 2 }).targetEncode() }).toEqual(
      {
        kind: "text",
        column: "t",
        hashed: 64,
        shape: true,
        numbers: 2,
        encode: { by: "targetEncode" },
      },
    );
    expect({ ...column.derived("r", "a / b").flagMissing() }).toEqual({
      kind: "derived",
      column: "r",
      expression: "a / b",
      flagMissing: true,
    });
  });

  it("gives new frozen values and leaves the old ones", () => {
    const plain = column.numeric("x");
    const imputed = plain.impute("mean");
    expect({ ...plain }).toEqual({ kind: "numeric", column: "x" });
    expect(Object.isFrozen(imputed)).toBe(true);
    const clip = Reflect.get({ ...column.numeric("x").clip(0, 1) }, "clip") as object;
    expect(Object.isFrozen(clip)).toBe(true);
    const levels = ["a", "b"];
    const ordinal = column.category("c").ordinal(levels);
    levels.push("c");
    expect(JSON.stringify(ordinal)).toContain('["a","b"]');
  });

  it("survives a structured clone as plain data", () => {
    const clone = structuredClone(column.date("d", "%d.%m.%Y").parts("month").flagMissing());
    expect(Object.getPrototypeOf(clone)).toBe(Object.prototype);
    expect(clone).toEqual({
      kind: "date",
      column: "d",
      format: "%d.%m.%Y",
      parts: ["month"],
      flagMissing: true,
    });
  });

  it.each(hostile)("takes the name %j", (name) => {
    const specs = featureSpecs([column.numeric(name).flagMissing()]);
    expect(specs).toEqual([{ kind: "numeric", column: name, flagMissing: true }]);
    expect(JSON.parse(JSON.stringify(specs))).toEqual(specs);
  });

  it("stores infinite clip bounds as finite ones", () => {
    const text = JSON.stringify(column.numeric("x").clip(-0, Infinity));
    expect(JSON.parse(text)).toMatchObject({ clip: { low: 0, high: Number.MAX_VALUE } });
  });

  it("makes many columns in one line", () => {
    const lines = column.each(["f1", "f2"], column.numeric);
    expect(lines.map((line) => line.column)).toEqual(["f1", "f2"]);
    const texts = column.each(["a"], column.text);
    expect(texts.map((line) => ({ ...line }))).toEqual([{ kind: "text", column: "a" }]);
  });

  it.each([
    ["clip low above high", () => column.numeric("x").clip(2, 1)],
    ["clip NaN", () => column.numeric("x").clip(NaN, 1)],
    ["impute NaN", () => column.numeric("x").impute(NaN)],
    ["negative smoothing", () => column.category("x").targetEncode({ smoothing: -1 })],
    ["one fold", () => column.category("x").targetEncode({ folds: 1 })],
    ["minRows 0", () => column.category("x").oneHot({ minRows: 0 })],
    ["no levels", () => column.category("x").ordinal([])],
    ["a level twice", () => column.category("x").ordinal(["a", "a"])],
    ["no parts", () => column.date("x", "%Y").parts()],
    ["a part twice", () => column.date("x", "%Y").parts("year", "year")],
    ["no format", () => column.date("x", "")],
    ["terms -1", () => column.text("x", { terms: -1 })],
  ])("refuses %s", (_, build) => {
    expect(thrown(build)).toMatch(/^AUTOML_PARAMETER_INVALID Column "x"/);
  });

  it("refuses what types would have caught", () => {
    const part = "yaer" as "year";
    expect(thrown(() => column.date("x", "%Y").parts(part))).toMatch(/Did you mean "year"/);
    expect(thrown(() => column.numeric(7 as unknown as string))).toMatch(/^AUTOML_SPEC_INVALID/);
    expect(thrown(() => column.derived("x", "a +"))).toMatch(/^AUTOML_EXPRESSION_INVALID/);
    const unknown = { kind: "number", column: "x" } as unknown as { kind: "text"; column: "x" };
    expect(thrown(() => featureSpecs([unknown]))).toMatch(
      /^AUTOML_SPEC_INVALID .*unknown kind: number/,
    );
  });
});

describe("featureSpecs", () => {
  it("refuses two lines for one column", () => {
    const twice = [column.numeric("x"), column.category("x")];
    expect(thrown(() => featureSpecs(twice))).toBe(
      'AUTOML_SPEC_INVALID Column "x" stands on two lines.',
    );
  });

  it("refuses the target as a feature and inside an expression", () => {
    expect(thrown(() => featureSpecs([column.numeric("y")], "y"))).toMatch(
      /^AUTOML_SPEC_INVALID The target/,
    );
    const leak = column.derived("z", 'x / "y"');
    expect(thrown(() => featureSpecs([leak], "y"))).toMatch(/"z" is computed from the target "y"/);
    expect(featureSpecs([leak], "w")).toHaveLength(1);
  });

  it("lists the columns that are read", () => {
    const lines = [column.numeric("a"), column.derived("r", "days(to, from) * b + a")];
    expect(inputColumns(lines)).toEqual(["a", "to", "from", "b"]);
  });
});

describe("Row", () => {
  it("is worked out from the features", () => {
    const features = [
      column.numeric("sqft").impute("median").flagMissing(),
      column.category("zip").targetEncode(),
      column.boolean("pool").flagMissing(),
      column.date("sold", "%Y").parts("year"),
      column.text("note"),
      column.derived("ratio", "sqft / 2").impute(0),
      ...column.each(["f1", "f2"], column.numeric),
    ] as const;
    expectTypeOf<Row<typeof features>>().toEqualTypeOf<{
      sqft: number | null;
      zip: string | null;
      pool: boolean | null;
      sold: string | Date | null;
      note: string | null;
      f1: number | null;
      f2: number | null;
    }>();
    const list = [column.numeric("a"), column.category("b").oneHot()];
    expectTypeOf<Row<typeof list>>().toEqualTypeOf<{ a: number | null; b: string | null }>();
    expectTypeOf(column.numeric("a").log()).not.toHaveProperty("log");
    expectTypeOf(column.numeric("a").log()).toHaveProperty("impute");
    expectTypeOf(column.numeric("a")).not.toHaveProperty("oneHot");
  });
});
