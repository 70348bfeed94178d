import { describe, expect, it } from "vitest";
import type { AutomlError } from "../../src/core/errors.ts";
import { declareTypes, splitTypes } from "../../src/data/declared-types.ts";
import { inspect, summary, two } from "./inspect-columns.ts";

describe("--types", () => {
  it("splits pairs where a type follows a name, so that formats may hold commas", () => {
    expect(
      splitTypes('a=category, b=date:%b %d, %Y,"c, d=e"=numeric:$1,234.5,f=ordered:S<M'),
    ).toEqual([
      ["a", "category"],
      ["b", "date:%b %d, %Y"],
      ["c, d=e", "numeric:$1,234.5"],
      ["f", "ordered:S<M"],
    ]);
  });

  it.each(["a", "a=", "a=colour", "a=ordered:S", "a=ordered:S<S", "a=numeric:12", "a=text:x"])(
    "refuses %s",
    (text) => {
      expect(() => declareTypes(Object.fromEntries(splitTypes(text)))).toThrow(
        expect.objectContaining({ code: "AUTOML_OPTION_INVALID" }),
      );
    },
  );

  it("comes before any guess and brings dropped columns back", async () => {
    const columns = {
      id: (row: number) => `${row}`,
      when: (row: number) => `0${(row % 9) + 1}/0${(row % 8) + 1}/2014`,
      size: (row: number) => ["S", "M", "L", "XL"][row % 4]!,
      n: (row: number) => `${row % 3}`,
      flag: (row: number) => `${row % 2}`,
      price: (row: number) => (row === 3 ? "?" : row === 4 ? "cheap" : `${row} EUR`),
    };
    const found = await inspect(
      columns,
      "id=numeric,when=date:%d/%m/%Y,size=ordered:S<M<L,n=category,flag=boolean,price=numeric",
    );
    expect(summary(found)).toEqual({
      id: "numeric",
      when: "date %d/%m/%Y",
      size: "category",
      n: "category",
      flag: "boolean",
      price: "numeric 1234.5 EUR",
    });
    expect(found.get("size")).toMatchObject({ levels: ["S", "M", "L"], misfits: 0 });
    expect(found.get("size")!.reason).toBe(
      "Declared in the order S < M < L; 15 of its 60 filled cells are none of the levels.",
    );
    expect(found.get("price")).toMatchObject({
      missing: 2,
      misfits: 1,
      seen: { unfit: ["cheap"] },
    });
  });

  it("names a column that is not there, and a date that is none", async () => {
    await expect(
      inspect({ price: () => "1", a: () => "2" }, "pirce=numeric"),
    ).rejects.toMatchObject({
      code: "AUTOML_COLUMN_UNKNOWN",
      hint: 'Did you mean "price"?',
    });
    await expect(inspect({ a: (row) => `${row}x`, b: () => "1" }, "a=date")).rejects.toMatchObject({
      code: "AUTOML_OPTION_INVALID",
    });
    await expect(
      inspect({ a: (row) => `${row}x`, b: () => "1" }, "a=date:%K"),
    ).rejects.toMatchObject({ code: "AUTOML_OPTION_INVALID" });
  });
});

describe("a declared type that the cells do not have", () => {
  const columns = {
    sold: (row: number) => `${two(1 + ((row * 5) % 12))}/${two(1 + ((row * 7) % 12))}/2023`,
    place: (row: number) => ["EU", "AS", "OC"][row % 3]!,
    age: (row: number) => ["10-20", "20-30", "30-40"][row % 3]!,
  };

  it("stops with some of the cells, and with what they look like", async () => {
    const failed = async (types: string) =>
      (await inspect(columns, types).catch((error: unknown) => error)) as AutomlError;
    const date = await failed("sold=date:%Y-%m-%d");
    expect(date.code).toBe("AUTOML_COLUMN_TYPE");
    expect(date.message).toMatch(
      /none of its 60 filled cells is a date like %Y-%m-%d: "01\/01\/2023"/,
    );
    expect(date.hint).toBe('They fit --types "sold=date:%m/%d/%Y" and "sold=date:%d/%m/%Y".');
    const number = await failed("place=numeric");
    expect(number.code).toBe("AUTOML_COLUMN_TYPE");
    expect(number.hint).toMatch(/^Without --types it is read as category\. /);
    await expect(inspect(columns, "place=boolean")).rejects.toThrow(/word for yes or no/);
    await expect(inspect(columns, "age=ordered:S<M<L")).rejects.toThrow(
      /declared ordered, but none of its 60 filled cells is one of its levels: "10-20"/,
    );
  });

  it("keeps what most cells have, and the cells outside the levels as examples", async () => {
    const half = await inspect(
      { x: (row) => (row % 3 === 0 ? "bad" : String(row)), n: (row) => String(row % 7) },
      "x=numeric",
    );
    expect(half.get("x")).toMatchObject({ type: "numeric", role: "feature", misfits: 20 });
    const found = await inspect(columns, "age=ordered:10-20<20-30<40-50");
    expect(found.get("age")!.seen).toMatchObject({ fits: 40, unfit: ["30-40"] });
  });
});
