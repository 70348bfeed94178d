import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { sharedInt32 } from "../../../src/core/table.ts";
import {
  byStrength,
  findProfile,
  type DataProfile,
  type LevelShape,
  type NumberShape,
} from "../../../src/data/profile/profile.ts";
import { drawnColumns, profileTable } from "../../../src/data/profile/profile-table.ts";
import { levels, numbers, tableOf } from "./tables.ts";

const random = new Random(7);
const rows = 600;
const size = Array.from({ length: rows }, () => 50 + 10 * random.normal());
const price = size.map((value) => 3 * value + random.normal());
const place = size.map((_, i) => ["north", "south", "east"][i % 3]!);
const folded = price.map((value) => Math.abs(value - 150) + 0.01 * random.normal());

const table = tableOf([
  numbers("size", size),
  levels("place", place),
  numbers(
    "holes",
    size.map((value, i) => (i % 4 === 0 ? NaN : value)),
  ),
  numbers("folded", folded),
  numbers(
    "sold",
    size.map((_, i) => Date.UTC(2020, 0, 1 + i)),
    "date",
  ),
  levels(
    "note",
    place.map((text, i) => text.repeat(1 + (i % 5))),
    "text",
  ),
  numbers(
    "pool",
    size.map((_, i) => (i % 3 === 0 ? 1 : 0)),
    "boolean",
  ),
  numbers(
    "empty",
    size.map(() => NaN),
  ),
  numbers("price", price),
]);

function columnOf(profile: DataProfile, name: string) {
  const found = findProfile(profile, name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

describe("the profile of a table", () => {
  const profile = profileTable(table, { target: "price" });

  it("counts rows, missing cells and distinct values", () => {
    expect(profile.rows).toBe(rows);
    expect(profile.sampledRows).toBe(rows);
    expect(columnOf(profile, "holes").missing).toBe(150);
    expect(columnOf(profile, "place").distinct).toBe(3);
    expect(columnOf(profile, "note").distinct).toBe(15);
    expect(columnOf(profile, "empty")).toMatchObject({ missing: rows, distinct: 0, shape: null });
    expect(columnOf(profile, "empty").relation).toBeNull();
  });

  it("has quantiles as numpy's default gives them", () => {
    const shape = columnOf(profileTable(tableOf([numbers("x", [1, 2, 3, 4, 10])])), "x")
      .shape as NumberShape;
    // np.quantile([1, 2, 3, 4, 10], [0, .05, .25, .5, .75, .95, 1])
    expect(shape.quantiles).toEqual({
      min: 1,
      low: 1.2,
      q1: 2,
      median: 3,
      q3: 4,
      high: 8.8,
      max: 10,
    });
    expect(shape.mean).toBe(4);
    expect(shape.deviation).toBeCloseTo(3.535534, 5);
    // Quartiles 2 and 4: far out is below -4 and above 10.
    expect(shape.outliers).toEqual({ low: -4, high: 10, count: 0 });
  });

  it("counts far out values, and does not let them flatten the bars", () => {
    const values = [...Array.from({ length: 500 }, (_, i) => i % 100), 1e9, -1e9];
    const shape = columnOf(profileTable(tableOf([numbers("x", values)])), "x").shape as NumberShape;
    expect(shape.outliers?.count).toBe(2);
    expect(shape.histogram).toMatchObject({ above: 1, below: 1 });
    expect(shape.histogram.counts.filter((count) => count > 0).length).toBeGreaterThan(5);
  });

  it("orders columns by their relation, of any shape", () => {
    const [first] = byStrength(profile);
    expect(["size", "holes", "folded"]).toContain(first?.name);
    expect(columnOf(profile, "size").relation?.spearman).toBeGreaterThan(0.98);
    const bent = columnOf(profile, "folded").relation;
    expect(Math.abs(bent?.spearman ?? 1)).toBeLessThan(0.3);
    expect(columnOf(profile, "place").relation?.ratio).toBeLessThan(0.1);
    expect(columnOf(profile, "price").relation).toBeNull();
  });

  it("draws groups of about equal size that hold every row with a value", () => {
    const picture = columnOf(profile, "holes").relation?.picture;
    if (picture?.kind !== "bins") throw new Error("no bins");
    expect(picture.bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(450);
    const means = picture.bins.map(({ mean }) => mean);
    expect(means).toEqual([...means].sort((a, b) => a - b));
    expect(columnOf(profile, "holes").relation?.missing?.rows).toBe(150);
  });

  it("counts levels, the most frequent first, equal ones by code unit", () => {
    expect((columnOf(profile, "place").shape as LevelShape).levels).toEqual([
      { level: "east", count: 200 },
      { level: "north", count: 200 },
      { level: "south", count: 200 },
    ]);
    expect(
      (columnOf(profile, "pool").shape as LevelShape).levels.map(({ level }) => level),
    ).toEqual(["false", "true"]);
  });

  it("holds every column against every other", () => {
    const { columns, values } = profile.associations;
    const at = (a: string, b: string) => values[columns.indexOf(a)]?.[columns.indexOf(b)];
    expect(at("size", "price")).toBeGreaterThan(0.98);
    expect(at("price", "size")).toBe(at("size", "price"));
    // Every third row has a pool: which rows is what the place says, too.
    expect(at("place", "pool")).toBeGreaterThan(0.95);
    expect(at("empty", "price")).toBeNull();
  });

  it("is plain JSON, and the same bits every time", () => {
    const again = profileTable(table, { target: "price" });
    expect(JSON.stringify(again)).toBe(JSON.stringify(profile));
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });

  it("looks at the rows it is given and at no other", () => {
    const index = sharedInt32(100);
    index.set(Array.from({ length: 100 }, (_, i) => 3 * i));
    const part = profileTable(table, { target: "price", rows: index });
    expect(part.rows).toBe(100);
    expect((columnOf(part, "place").shape as LevelShape).levels).toEqual([
      { level: "north", count: 100 },
    ]);
  });

  it("keeps cells out when it is asked to", () => {
    const closed = profileTable(table, { target: "price", samples: false });
    const text = JSON.stringify(closed);
    for (const level of ["north", "south", "east"]) expect(text).not.toContain(level);
    const shape = columnOf(closed, "size").shape as NumberShape;
    expect(shape.quantiles).toMatchObject({ min: null, max: null });
    expect((columnOf(closed, "place").shape as LevelShape).levels).toHaveLength(3);
  });
});

describe("a large table", () => {
  const long = 30_000;
  const values = Array.from({ length: long }, (_, i) => i);
  const large = tableOf([
    numbers(
      "a",
      values.map((value) => (value % 10 === 0 ? NaN : value)),
    ),
    numbers("y", values),
  ]);

  it("is drawn from by its seed, and missing cells are counted in all rows", () => {
    const one = profileTable(large, { target: "y", seed: 1 });
    const other = profileTable(large, { target: "y", seed: 2 });
    expect(one.sampledRows).toBe(10_000);
    expect(one.columns[0]?.missing).toBe(3000);
    expect(JSON.stringify(profileTable(large, { target: "y", seed: 1 }))).toBe(JSON.stringify(one));
    expect(JSON.stringify(other.columns)).not.toBe(JSON.stringify(one.columns));
    const median = (columnOf(one, "y").shape as NumberShape).quantiles.median;
    expect(Math.abs(median - 15_000)).toBeLessThan(600);
  });

  it("of many columns is drawn where it matters", () => {
    const y = Array.from({ length: 300 }, (_, i) => i % 97);
    const columns = Array.from({ length: 120 }, (_, c) =>
      numbers(
        `c${c}`,
        y.map((value, i) => (c % 3 === 0 ? value + (i % 5) : (i * (c + 7)) % 31)),
      ),
    );
    const wide = profileTable(tableOf([...columns, numbers("y", y)]), { target: "y" });
    const drawn = wide.columns.filter(({ shape }) => shape !== null);
    expect(drawn).toHaveLength(drawnColumns);
    expect(drawn.map(({ name }) => name)).toContain("y");
    expect(wide.associations.columns).toHaveLength(25);
    expect(wide.columns.every(({ name, relation }) => name === "y" || relation !== null)).toBe(
      true,
    );
  });
});

describe("any columns", () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
    fc.constant(NaN),
    fc.integer({ min: -3, max: 3 }),
  );

  it("give bars that hold every value, and finite numbers everywhere", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 80 }), (values) => {
        const y = values.map((_, i) => i);
        const profile = profileTable(tableOf([numbers("x", values), numbers("y", y)]), {
          target: "y",
        });
        const shape = columnOf(profile, "x").shape as NumberShape | null;
        const filled = values.filter((value) => !Number.isNaN(value)).length;
        if (shape === null) return filled === 0;
        const { counts, above, below, edges } = shape.histogram;
        const ascending = edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
        const inBars = counts.reduce((sum, count) => sum + count, above + below);
        return (
          ascending &&
          inBars === filled &&
          !JSON.stringify([shape.quantiles, shape.histogram]).includes("null")
        );
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it("may be one row, or none", () => {
    expect(profileTable(tableOf([numbers("x", [1])]), { target: "x" }).columns).toHaveLength(1);
    expect(profileTable(tableOf([numbers("x", [])]), { target: "x" }).rows).toBe(0);
  });
});
