import { describe, expect, it } from "vitest";
import type { CheckRecord } from "../../../src/core/run-record.ts";
import type { Column } from "../../../src/core/table.ts";
import { checkSuspects } from "../../../src/engine/checks/check-suspects.ts";
import { category, honest, inputOf, make, numeric, rows, splitOf } from "./fixture.ts";

const codes = (checks: readonly CheckRecord[]): (readonly [string, readonly string[]])[] =>
  checks.map(({ code, columns = [] }) => [code, columns]);
const look = (...more: readonly Column[]) => codes(checkSuspects(inputOf(more)));

describe("checkSuspects", () => {
  const { y, columns, random } = honest();
  const b = (columns[1] as { values: Float64Array }).values;

  it("finds nothing in honest columns, strong ones among them", () => {
    expect(look()).toEqual([]);
    expect(
      look(
        numeric(
          "strong",
          make((row) => 3 * y[row]! + 6 * random.normal()),
        ),
      ),
    ).toEqual([]);
  });

  it("always finds the same", () => {
    const input = inputOf([
      numeric(
        "x",
        make((row) => y[row]! + 0.1 * random.normal()),
      ),
    ]);
    expect(checkSuspects(input)).toEqual(checkSuspects(input));
  });

  it.each([
    ["a copy with noise", make((row) => y[row]! + 0.3 * random.normal())],
    ["a copy in another unit, turned round", make((row) => 1e6 - 3e3 * y[row]!)],
    ["a curve of it", make((row) => Math.exp(y[row]! / 10))],
    ["bands of it", make((row) => Math.floor(y[row]! / 2))],
    ["a copy with gaps", make((row) => (row % 3 === 0 ? NaN : y[row]!))],
  ])("finds %s", (_, cells) => {
    expect(look(numeric("x", cells))).toEqual([["leak-column", ["x"]]]);
  });

  it("makes one finding of several copies", () => {
    const copy = (name: string, noise: number) =>
      numeric(
        name,
        make((row) => y[row]! + noise * random.normal()),
      );
    const [check, ...others] = checkSuspects(inputOf([copy("p", 0.2), copy("q", 0.3)]));
    expect(codes(others).filter(([code]) => code === "leak-column")).toEqual([]);
    expect(check).toMatchObject({ code: "leak-column", column: null, columns: ["p", "q"] });
    expect(check!.action).toContain('--exclude "p" --exclude "q"');
    expect(check!.evidence).toMatch(/R² of p alone .*R² of q alone/);
  });

  it("finds a column that is the target itself in some rows", () => {
    const [check] = checkSuspects(
      inputOf([
        numeric(
          "x",
          make((row) => (row % 2 === 0 ? y[row]! : 900 * random.next())),
        ),
      ]),
    );
    expect(check).toMatchObject({ code: "leak-column", column: "x" });
    expect(check!.message).toMatch(/^x is y itself in \d+\.\d % of the rows/);
  });

  it("says what it saw and what to do", () => {
    const [check] = checkSuspects(
      inputOf([
        numeric(
          "x",
          make((row) => y[row]! / 7),
        ),
      ]),
    );
    expect(check).toMatchObject({ severity: "warning", column: "x" });
    expect(check!.message).toMatch(/^x alone tells 100\.0 % of y/);
    expect(check!.action).toContain('--exclude "x"');
    expect(check!.evidence).toMatch(/R² of x alone on 480 rows: 0\.99\d+ out of fold/);
  });

  it("takes a condition with a few settings for no copy", () => {
    const setting = make((row) => row % 10);
    const made = numeric(
      "y",
      make((row) => Math.exp(setting[row]!) + 10 * random.normal()),
    );
    const found = checkSuspects(inputOf([numeric("x", setting)], [made]));
    expect(codes(found)).toEqual([["strong-column", ["x"]]]);
  });

  it.each([
    ["a ratio", make((row) => y[row]! / b[row]!)],
    ["a ratio with noise", make((row) => (y[row]! / b[row]!) * (1 + 0.01 * random.normal()))],
    ["what is divided", make((row) => b[row]! / y[row]!)],
    ["a product", make((row) => y[row]! * b[row]!)],
  ])("finds %s of the target and a column", (_, cells) => {
    const [first, ...others] = look(numeric("x", cells));
    expect(others).toEqual([]);
    expect(first![0]).toBe("leak-function");
    expect([...first![1]].sort()).toEqual(["b", "x"]);
  });

  it("finds a part of a sum", () => {
    const spread = make(() => 30 * random.next());
    const [first] = look(
      numeric("spread", spread),
      numeric(
        "x",
        y.map((v, i) => v - spread[i]!),
      ),
    );
    expect(first).toEqual(["leak-function", ["spread", "x"]]);
    const more = make(() => 30 * random.next());
    const rest = y.map((value, i) => value - spread[i]! - 2 * more[i]!);
    const [sum] = look(numeric("spread", spread), numeric("more", more), numeric("rest", rest));
    expect(sum![0]).toBe("leak-sum");
    expect([...sum![1]].sort()).toEqual(["more", "rest", "spread"]);
  });

  it("finds the mean of the target by a category", () => {
    const group = make((row) => row % 120);
    const means = make((row) => {
      const inside = [...y].filter((_, i) => i % 120 === group[row]);
      return inside.reduce((sum, value) => sum + value, 0) / inside.length;
    });
    expect(look(numeric("x", means))).toContainEqual(["leak-target-mean", ["x"]]);
  });

  it("finds an identifier that goes with the target, used or left out, as number or text", () => {
    const order = [...y.keys()].sort((i, k) => y[i]! - y[k]!);
    const places = new Array<number>(rows);
    order.forEach((row, place) => (places[row] = place));
    const ids = numeric("id", places);
    expect(look(ids)).toEqual([["leak-identifier", ["id"]]]);
    const plain = inputOf([]);
    for (const identifier of [ids, category("id", places)]) {
      const found = checkSuspects({ ...plain, identifiers: [identifier] });
      expect(codes(found)).toEqual([["leak-identifier", ["id"]]]);
    }
    expect(
      checkSuspects({
        ...plain,
        identifiers: [
          numeric(
            "id",
            y.map((_, i) => i),
          ),
        ],
      }),
    ).toEqual([]);
  });

  it("finds groups, and is silent about them when they are what rows are divided by", () => {
    const team = category(
      "team",
      Array.from(y, (_, row) => row % 30),
    );
    expect(look(team)).toEqual([["repeated-groups", ["team"]]]);
    const input = inputOf([team]);
    const spec = {
      kind: "group",
      column: "team",
      test: 0.2,
      folds: 3,
      repeats: 1,
      seed: 1,
    } as const;
    expect(checkSuspects({ ...input, split: splitOf(input.table, spec) })).toEqual([]);
  });
});

describe("checkSuspects on rows in order", () => {
  const day = 86_400_000;
  const { random } = honest();
  /** A slow series: every value is near the one before. */
  const series = make(() => 0);
  for (let row = 1; row < rows; row++) series[row] = 0.9 * series[row - 1]! + random.normal();
  const target = numeric("y", series);
  const noise = numeric(
    "a",
    make(() => random.normal()),
  );
  const order = random.shuffle(Array.from({ length: rows }, (_, row) => row));
  const shuffled = ({ name, type, ...column }: Column): Column =>
    numeric(
      name,
      order.map((row) => (column as { values: Float64Array }).values[row]!),
      type === "date" ? "date" : "numeric",
    );
  const time = numeric(
    "when",
    make((row) => row * day),
    "date",
  );
  const next = numeric(
    "x",
    make((row) => (series[row + 1] ?? NaN) + 0.05 * random.normal()),
  );
  const last = numeric(
    "lag",
    make((row) => series[row - 1] ?? NaN),
  );

  it("finds a column of the next row's target in file order, and takes one of the last row's for none", () => {
    const found = codes(checkSuspects(inputOf([next, last], [noise, target])));
    expect(found).toEqual([
      ["leak-future", ["x"]],
      ["row-order", []],
    ]);
  });

  it("finds it in order of a date when the file is shuffled, given or not", () => {
    const table = [next, last, time, noise, target].map(shuffled);
    const input = inputOf([], table);
    expect(codes(checkSuspects(input))).toEqual([
      ["leak-future", ["x"]],
      ["time-order", ["when"]],
    ]);
    const spec = {
      kind: "time",
      column: "when",
      test: 0.2,
      folds: 3,
      repeats: 1,
      validation: 0.4,
    } as const;
    const split = splitOf(input.table, spec);
    expect(codes(checkSuspects({ ...input, split, timeColumn: "when" }))).toEqual([
      ["leak-future", ["x"]],
    ]);
  });

  it("does not mind a file that is sorted by the target", () => {
    const [check] = checkSuspects(inputOf([], [noise, numeric("y", series.slice().sort())]));
    expect(check).toMatchObject({ code: "row-order", severity: "info" });
  });

  it("does not take the last value of a very slow series for a copy", () => {
    const slow = make(() => 0);
    for (let row = 1; row < rows; row++) slow[row] = slow[row - 1]! + random.normal();
    const before = numeric(
      "lag",
      make((row) => slow[row - 1] ?? NaN),
    );
    const found = checkSuspects(inputOf([before], [noise, numeric("y", slow)]));
    expect(codes(found)).toEqual([
      ["strong-column", ["lag"]],
      ["row-order", []],
    ]);
  });

  it("finds targets of other rows of the same day", () => {
    const days = make((row) => Math.floor(row / 6) * day);
    const level = make(() => 0, 100).map(() => 10 * random.normal());
    const y = make((row) => level[Math.floor(row / 6)]! + 10 * random.normal());
    const turned = make((row) => y[6 * Math.floor(row / 6) + ((row + 2) % 6)]!);
    const table = [numeric("x", turned), numeric("when", days, "date"), noise, numeric("y", y)];
    const found = codes(checkSuspects(inputOf([], table)));
    expect(found[0]).toEqual(["leak-future", ["x"]]);
  });

  it("finds the next target of a row's own group", () => {
    const shops = Array.from({ length: rows }, (_, row) => row % 12);
    const y = make(() => 10 * random.normal());
    const days = make((row) => Math.floor(row / 12) * day);
    const nextOfShop = make((row) => y[row + 12] ?? NaN);
    const table = [
      numeric("x", nextOfShop),
      category("shop", shops),
      numeric("when", days, "date"),
      numeric("y", y),
    ];
    const [check] = checkSuspects(inputOf([], table));
    expect(check).toMatchObject({ code: "leak-future", column: "x" });
    expect(check!.evidence).toContain("of the next row with the same shop: 1.0000");
  });

  it("mentions a date that has nothing to do with the target", () => {
    const flat = numeric(
      "y",
      make(() => random.normal()),
    );
    const [check] = checkSuspects(inputOf([time], [noise, flat]));
    expect(check).toMatchObject({ code: "time-order", severity: "info", column: "when" });
  });
});
