import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { GroupSplitSpec, Rows } from "../../../src/core/split.ts";
import { chooseDivision } from "../../../src/data/division/choose.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import { split } from "../../../src/data/split.ts";
import { disjoint, numbers, sorted, tableOf, words } from "./fixture.ts";

const spec: GroupSplitSpec = {
  kind: "group",
  column: "team",
  test: 0.2,
  folds: 5,
  repeats: 2,
  seed: 1,
};
const invalid = expect.objectContaining({ code: "AUTOML_SPLIT_INVALID" }) as unknown as Error;

describe("splitByGroup", () => {
  const random = new Random("groups");
  const cells = Array.from({ length: 1000 }, () => `team ${Math.floor(40 * random.next() ** 2)}`);
  const table = tableOf(1000, [words("team", cells)]);
  const teams = (rows: Rows) => new Set(sorted(rows).map((row) => cells[row]));

  it("keeps every group on one side, in parts as even as groups allow", () => {
    const made = makeSplit(table, "y", spec);
    expect(disjoint(made)).toBe(true);
    expect(sorted(made.training, made.test)).toEqual(sorted(made.all));
    expect(Math.abs(made.test.count - 200)).toBeLessThan(30);
    const share = (a: Rows, b: Rows) => [...teams(a)].filter((team) => teams(b).has(team));
    expect(share(made.training, made.test)).toEqual([]);
    for (const { train, validation } of made.folds) {
      expect(share(train, validation)).toEqual([]);
      expect(Math.abs(validation.count - made.training.count / 5)).toBeLessThan(25);
    }
    expect(sorted(...made.folds.slice(0, 5).map(({ validation }) => validation))).toEqual(
      sorted(made.training),
    );
    // The second time other groups are together.
    const parts = made.folds.map(({ validation }) => sorted(validation).join());
    expect(new Set(parts.slice(0, 5))).not.toEqual(new Set(parts.slice(5)));
  });

  it("keeps the mean target of the parts near each other", () => {
    const even = Array.from({ length: 1000 }, (_, row) => `team ${(row * 7) % 40}`);
    const level = numbers("level", 1000, (row) => (row * 7) % 40);
    const trending = tableOf(1000, [words("team", even), level]);
    const mean = (rows: Rows) =>
      sorted(rows).reduce((sum, row) => sum + level.values[row]!, 0) / rows.count;
    const made = makeSplit(trending, "level", spec);
    const overall = mean(made.all);
    for (const part of [made.test, ...made.folds.map(({ validation }) => validation)]) {
      expect(Math.abs(mean(part) - overall)).toBeLessThan(0.12 * overall);
    }
  });

  it("is pure, and holds for any groups", () => {
    const property = fc.property(
      fc.array(fc.integer({ min: -1, max: 9 }), { minLength: 12, maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(0, 0.2),
      fc.integer({ min: 0, max: 5 }),
      (groups, folds, test, seed) => {
        const team = numbers("team", groups.length, (row) =>
          groups[row] === -1 ? NaN : groups[row]!,
        );
        const some = tableOf(groups.length, [team]);
        const given = { ...spec, folds, test, seed, repeats: 1 };
        let made;
        try {
          made = makeSplit(some, "y", given);
        } catch (error) {
          expect(error).toMatchObject({ code: "AUTOML_SPLIT_INVALID" });
          expect(new Set(groups).size).toBeLessThanOrEqual(Math.max(2, folds) + 3);
          return;
        }
        expect(disjoint(made)).toBe(true);
        expect(makeSplit(some, "y", given)).toEqual(made);
        for (const { train, validation } of made.folds) {
          const fitted = new Set(sorted(train).map((row) => groups[row]));
          expect(sorted(validation).some((row) => fitted.has(groups[row]))).toBe(false);
        }
      },
    );
    fc.assert(property, { seed: 3, numRuns: 200 });
  });

  it("says how many groups there are, and keeps rows without one together", () => {
    const some = tableOf(60, [
      words(
        "team",
        Array.from({ length: 60 }, (_, i) => (i < 6 ? null : `t${i % 9}`)),
      ),
    ]);
    const { spec: chosen, why } = chooseDivision(some, { by: { kind: "group", column: "team" } });
    expect(chosen).toMatchObject({ kind: "group", folds: 5, column: "team", seed: 1 });
    expect(why).toContain("10 groups");
    expect(why).toContain("6 rows without a group are kept together as one.");
    const asked = chooseDivision(some, { by: { kind: "group", column: "team" }, cv: 20 });
    expect(asked.spec.folds).toBe(9);
    expect(asked.why).toContain("More folds than that (20) its groups do not give.");
    expect(why).not.toContain("More folds");
    const two = tableOf(60, [
      words(
        "team",
        Array.from({ length: 60 }, (_, i) => `t${i % 2}`),
      ),
    ]);
    expect(() => chooseDivision(two, { by: { kind: "group", column: "team" } })).toThrow(invalid);
    expect(() => makeSplit(two, "y", spec)).toThrow(
      /2 groups, too few for 5 folds and a test part/,
    );
    expect(split.byGroup(two, "team", { test: 0, folds: 2, seed: 1 }).folds).toHaveLength(2);
  });
});
