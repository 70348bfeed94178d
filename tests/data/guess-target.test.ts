import { describe, expect, it } from "vitest";
import type { ColumnSchema } from "../../src/core/schema.ts";
import { guessTarget } from "../../src/data/guess-target.ts";
import { nameWords } from "../../src/data/name-words.ts";

function column(name: string, more: Partial<ColumnSchema> = {}): ColumnSchema {
  return { name, type: "numeric", role: "feature", reason: "", missing: 0, distinct: 9, ...more };
}

const guess = (...names: (string | ColumnSchema)[]) =>
  guessTarget(names.map((name) => (typeof name === "string" ? column(name) : name)));

describe("nameWords", () => {
  it("cuts at signs, case and digits", () => {
    expect(nameWords("SalePrice2 (USD)")).toEqual(["sale", "price", "2", "usd"]);
    expect(nameWords("Miles_per_Gallon")).toEqual(["miles", "per", "gallon"]);
    expect(nameWords("ViolentCrimesPerPop")).toEqual(["violent", "crimes", "per", "pop"]);
    expect(nameWords("HTTPRate °C")).toEqual(["http", "rate", "c"]);
    expect(nameWords("월세 가격")).toEqual(["월세", "가격"]);
  });
});

describe("guessTarget", () => {
  it.each([
    ["target", ["age", "target", "s6"]],
    ["y", ["x1", "x2", "y", "z"]],
    ["price", ["beds", "price", "latitude", "longitude"]],
    ["price", ["carat", "price", "x", "y", "z"]],
    ["selling_price", ["year", "selling_price", "km_driven", "seats"]],
    ["Price (EUR)", ["Inches", "Price (EUR)", "Weight"]],
    [
      "salary_in_usd",
      [
        "work_year",
        "salary",
        "salary_in_usd",
        "remote_ratio",
        column("size", { type: "category" }),
      ],
    ],
    ["median_house_value", ["median_income", "median_house_value", "households"]],
    ["Rented Bike Count", ["Rented Bike Count", "Hour", "Snowfall (cm)"]],
    ["imdb_score", ["num_critic_for_reviews", "gross", "imdb_score", "movie_facebook_likes"]],
    ["medv", ["crim", "medv", "lstat"]],
    ["Miles_per_Gallon", ["Miles_per_Gallon", "Cylinders", "Weight_in_lbs"]],
    ["quality", ["quality", "alcohol"]],
  ])("%s by its name", (name, names) => {
    expect(guess(...names)).toMatchObject({ name, why: "by its name" });
  });

  it("takes the last column of numbers when no name tells, and is not certain", () => {
    expect(guess("f1", "f2", column("city", { type: "category" }))).toEqual({
      name: "f2",
      why: "the last numeric column",
      runnerUp: "f1",
      certain: false,
    });
    expect(guess("age", "G1", "G2", "G3").name).toBe("G3");
  });

  it("gives little for names that many columns share or that qualify a price", () => {
    expect(guess("RentLow", "RentMedian", "RentHigh", "crimes").name).toBe("crimes");
    expect(guess("price_index", "cost_pct", "max_price", "strength").name).toBe("strength");
  });

  it("is certain only when nothing else comes near", () => {
    expect(guess("beds", "price", "sqft").certain).toBe(true);
    expect(guess("arr_delay", "dep_delay").certain).toBe(false);
  });

  it("never takes identifiers, constants or texts, and says when nothing is left", () => {
    const rest = [
      column("price_id", { role: "identifier" }),
      column("price", { type: "category" }),
      column("cost", { role: "constant" }),
    ];
    expect(guess("a", ...rest)).toMatchObject({ name: "a", runnerUp: null });
    expect(() => guess(...rest)).toThrow(
      expect.objectContaining({ code: "AUTOML_TARGET_UNKNOWN" }),
    );
    expect(() => guess(column("y", { role: "constant", reason: "The same value." }))).toThrow(
      /could be the target\. y: the same value\./,
    );
    expect(() => guess(column("name", { type: "category" }))).toThrow(/No column holds numbers/);
  });
});
