import { describe, expect, it } from "vitest";
import type { CheckRecord } from "../../../src/core/run-record.ts";
import type { Column } from "../../../src/core/table.ts";
import { checkColumnCopies } from "../../../src/data/checks/check-column-copies.ts";
import { checkMixedTypes, checkNearlyConstant } from "../../../src/data/checks/check-columns.ts";
import { checkRows } from "../../../src/data/checks/check-rows.ts";
import { checkSentinels } from "../../../src/data/checks/check-sentinels.ts";
import { checkShift } from "../../../src/data/checks/check-shift.ts";
import { category, honest, make, numeric, splitOf, tableOf } from "../../engine/checks/fixture.ts";

const { columns: base, y, random } = honest();
const target = numeric("y", y);
const found = (checks: readonly CheckRecord[]) =>
  checks.map(({ code, severity, columns = [] }) => [code, severity, columns]);

describe("checkRows", () => {
  const copied = (rows: readonly number[]): Column[] =>
    base.map((column) => {
      if (!("values" in column))
        return category(
          column.name,
          rows.map((row) => column.codes[row]!),
        );
      return numeric(
        column.name,
        rows.map((row) => column.values[row]!),
      );
    });
  const all = Array.from(y, (_, row) => row);

  it("counts copies, and names their rows", () => {
    const some = [...all, 4, 5, 4];
    const [check, ...others] = checkRows(tableOf(copied(some), some.length), undefined);
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      code: "duplicate-rows",
      severity: "info",
      message: "3 rows are exact copies of others.",
      rows: [601, 602, 603],
    });
    const many = [...all, ...all.slice(0, 30)];
    expect(checkRows(tableOf(copied(many), many.length), undefined)[0]!.severity).toBe("warning");
  });

  it("names the columns that are left out, unless the rows are alike there, too", () => {
    const some = [...all, 4];
    const table = tableOf(copied(some), some.length);
    const message = (copyOf?: Int32Array<SharedArrayBuffer>, isUnique = false) => {
      const known = copyOf === undefined ? table : { ...table, copyOf };
      return checkRows(known, undefined, [{ name: "id", isUnique }])[0]!.message;
    };
    expect(message()).toBe("1 row is an exact copy of others apart from id.");
    const copyOf = new Int32Array(new SharedArrayBuffer(4 * some.length));
    some.forEach((_, row) => (copyOf[row] = row));
    expect(message(copyOf)).toBe("1 row is an exact copy of others apart from id.");
    copyOf[some.length - 1] = 4;
    expect(message(copyOf)).toBe("1 row is an exact copy of others.");
    // Row numbers are not compared when copies are looked for in the whole file.
    expect(message(copyOf, true)).toBe("1 row is an exact copy of others apart from id.");
  });

  it("finds copies on both sides of a division", () => {
    const many = [...all, ...all];
    const table = tableOf(copied(many), many.length);
    const checks = checkRows(table, splitOf(table));
    expect(found(checks)).toEqual([
      ["duplicate-rows", "warning", []],
      ["duplicates-across-parts", "warning", []],
    ]);
    expect(checks[1]!.message).toMatch(/^\d+ of 240 test rows and \d+ of 960 validated rows/);
  });

  it("says when there are few rows, and few for every column", () => {
    const wide = Array.from({ length: 40 }, (_, c) =>
      numeric(
        `c${c}`,
        make(() => random.next(), 150),
      ),
    );
    const codes = checkRows(tableOf([...wide, numeric("y", y.slice(0, 150))], 150), undefined);
    expect(codes.map(({ code }) => code)).toEqual(["few-rows", "few-rows-per-column"]);
  });
});

describe("checkShift", () => {
  const time = numeric(
    "when",
    make((row) => row),
  );
  const rising = numeric(
    "rising",
    make((row) => row + 50 * random.normal()),
  );
  const flat = numeric(
    "flat",
    make(() => random.normal()),
  );
  const kinds = category("kind", [...make((row) => (row < 480 ? row % 3 : 3))]);
  const table = tableOf([time, rising, flat, kinds, target]);

  it("names the columns that differ where rows were divided by time, not the time itself", () => {
    const spec = {
      kind: "time",
      column: "when",
      test: 0.2,
      folds: 3,
      repeats: 1,
      validation: 0.4,
    } as const;
    const checks = checkShift(table, "y", splitOf(table, spec));
    expect(found(checks)).toEqual([["shifted-columns", "warning", ["kind", "rising"]]]);
    expect(checks[0]!.evidence).toContain("kind 1.00, rising 0.8");
    expect(checks[0]!.action).toContain("linear ones");
    // Of levels a linear model knows no more than a tree.
    const levels = tableOf([time, flat, kinds, target]);
    const [check] = checkShift(levels, "y", splitOf(levels, spec));
    expect(check!.columns).toEqual(["kind"]);
    expect(check!.action).not.toContain("linear");
  });

  it("is silent about a random division", () => {
    expect(checkShift(table, "y", splitOf(table))).toEqual([]);
  });
});

describe("columns", () => {
  it("finds copies and near copies", () => {
    const a = make(() => random.normal());
    const more = [
      numeric("a", a),
      numeric("again", a),
      numeric(
        "inches",
        a.map((value) => 3 - 2.54 * value),
      ),
      category("kind", [...make((row) => row % 7)]),
      category("sort", [...make((row) => row % 7)]),
      target,
    ];
    expect(found(checkColumnCopies(tableOf(more), "y"))).toEqual([
      ["duplicate-columns", "info", ["again", "sort"]],
      ["near-copies", "info", ["a", "inches"]],
    ]);
    expect(checkColumnCopies(tableOf(base), "y")).toEqual([]);
  });

  it("finds columns with one value nearly everywhere", () => {
    const rare = numeric(
      "rare",
      make((row) => (row === 5 ? 1 : 0)),
    );
    const table = tableOf([
      rare,
      numeric(
        "empty",
        make((row) => (row > 1 ? NaN : row)),
      ),
      target,
    ]);
    const checks = checkNearlyConstant(table, "y");
    expect(found(checks)).toEqual([["nearly-constant-column", "info", ["rare", "empty"]]]);
    expect(checks[0]!.evidence).toBe("rare: 1 rows differ, empty: 2 rows differ");
  });

  it("finds numbers among words: a few words, or many", () => {
    const mixed = (name: string, levels: readonly string[]): Column => ({
      ...(category(name, [...make((row) => row % levels.length)]) as Column & { type: "category" }),
      levels,
    });
    const table = tableOf([
      mixed("rooms", ["1", "2", "3", "1,200", "many"]),
      mixed("model", ["206", "Golf", "Polo", "Astra", "Corsa", "Clio", "Fiesta", "500"]),
      mixed("words", ["a", "b", "c"]),
      target,
    ]);
    expect(found(checkMixedTypes(table, "y"))).toEqual([
      ["mixed-types", "warning", ["rooms"]],
      ["mixed-types", "info", ["model"]],
    ]);
  });
});

describe("checkSentinels", () => {
  const rows = y.length;
  const column = (every: number, mark: number, of: (row: number) => number) =>
    numeric(
      "x",
      Array.from({ length: rows }, (_, row) => (row % every === 0 ? mark : of(row))),
    );
  const look = (one: Column) => checkSentinels(tableOf([one, target], rows));

  it("finds numbers that stand for a missing value", () => {
    const [check, ...others] = look(column(10, -999, (row) => 20 + (row % 181)));
    expect(others).toEqual([]);
    expect(check).toMatchObject({ code: "sentinel-values", severity: "warning", column: "x" });
    expect(check!.message).toMatch(/^x is -999 in 60 of 600 rows, .* \(20 to 200\)/);
    expect(found(look(column(10, 9999, (row) => row % 40)))).toHaveLength(1);
    expect(found(look(column(10, -200, (row) => row % 40)))).toHaveLength(1);
  });

  it("leaves alone what may be a value", () => {
    expect(look(column(10, -1, (row) => row % 2))).toEqual([]);
    expect(look(column(10, 999, (row) => (row * 13) % 1000))).toEqual([]);
    expect(look(column(10, -200, (row) => (row % 40) - 20))).toEqual([]);
    expect(look(column(10, 500, (row) => row % 40))).toEqual([]);
    // Twice is a slip of the pen.
    expect(look(column(301, -999, (row) => row % 40))).toEqual([]);
  });
});
