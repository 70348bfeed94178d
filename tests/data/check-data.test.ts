import { describe, expect, it } from "vitest";
import { sharedFloat64, sharedInt32, type Column } from "../../src/core/table.ts";
import type { ColumnSchema } from "../../src/core/schema.ts";
import { checkData } from "../../src/data/check-data.ts";
import { checkTarget, requireUsableTarget } from "../../src/data/check-target.ts";
import type { Inspection, LoadedTable } from "../../src/data/data-source.ts";
import { countDuplicateRows } from "../../src/data/duplicate-rows.ts";

function numeric(name: string, cells: readonly number[]): Column {
  const values = sharedFloat64(cells.length);
  values.set(cells);
  return { name, type: "numeric", values };
}

function category(name: string, cells: readonly number[]): Column {
  const codes = sharedInt32(cells.length);
  codes.set(cells);
  return { name, type: "category", codes, levels: ["a", "b", "c"] };
}

function loaded(columns: readonly Column[], more: Partial<LoadedTable> = {}): LoadedTable {
  const first = columns[0]!;
  const rows = "values" in first ? first.values.length : first.codes.length;
  const table = { rows, columns, rowNumbers: sharedInt32(rows), sha256: "" };
  return { table, rowsWithoutTarget: 0, fileRows: rows, unreadable: [], ...more };
}

function inspected(
  columns: readonly Partial<ColumnSchema>[],
  more: Partial<Inspection> = {},
): Inspection {
  const base = {
    name: "x",
    type: "numeric",
    role: "feature",
    reason: "",
    missing: 0,
    distinct: 5,
  } as const;
  return {
    path: "t.csv",
    files: ["t.csv"],
    sha256: "",
    dialect: null,
    formatLabel: "",
    rows: 100,
    fileRows: 100,
    rowNumbers: null,
    sample: null,
    columns: columns.map((column) => ({ ...base, ...column })),
    notes: [],
    brokenRows: { count: 0, examples: [] },
    ...more,
  };
}

const even = Array.from({ length: 300 }, (_, i) => i + 1);

describe("requireUsableTarget", () => {
  it.each([
    ["AUTOML_TOO_FEW_ROWS", even.slice(0, 19), "rmse"],
    ["AUTOML_TARGET_CONSTANT", even.map(() => 3), "rmse"],
    ["AUTOML_METRIC_IMPOSSIBLE", [0, ...even], "mape"],
    ["AUTOML_METRIC_IMPOSSIBLE", [-1, ...even], "rmsle"],
  ] as const)("throws %s", (code, values, metric) => {
    expect(() => requireUsableTarget(Float64Array.from(values), "y", metric)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it("lets the rest pass", () => {
    requireUsableTarget(Float64Array.from(even.slice(0, 20)), "y", "mape");
    requireUsableTarget(Float64Array.from([0, ...even]), "y", "rmsle");
    requireUsableTarget(Float64Array.from([-1, 0, ...even]), "y", "r2");
  });
});

describe("checkTarget", () => {
  const codes = (values: readonly number[]) =>
    checkTarget(Float64Array.from(values), "y").map((check) => check.code);

  it("sees skew and outliers, and nothing in an even target", () => {
    expect(codes(even)).toEqual([]);
    expect(codes(even.map((value) => value ** 4))).toEqual(["target-skewed"]);
    // Not whole numbers, which might be counts.
    expect(codes([...even, 5000.5])).toEqual(["target-skewed", "target-outliers"]);
    const [skewed] = checkTarget(
      Float64Array.from(even, (value) => 1 / value),
      "y",
    );
    expect(skewed!.message).toMatch(/skewed \(\d+\.\d\d\)/);
  });
});

describe("countDuplicateRows", () => {
  it("counts copies of earlier rows, missing equal to missing and -0 to 0", () => {
    const columns = [
      numeric("x", [1, NaN, 1, NaN, 0, -0, 1]),
      category("c", [0, -1, 0, -1, 1, 1, 2]),
    ];
    expect(countDuplicateRows(loaded(columns).table)).toBe(3);
    expect(countDuplicateRows(loaded([numeric("x", even)]).table)).toBe(0);
  });
});

describe("checkData", () => {
  it("tells what was found, what is done, and about which column", () => {
    const table = loaded([numeric("y", [...even.slice(0, 99), 1])], {
      rowsWithoutTarget: 4,
      fileRows: 104,
      unreadable: [{ column: "x", cells: 1 }],
    });
    const schema = inspected(
      [
        { name: "id", role: "identifier" },
        { name: "k", role: "constant" },
        { name: "l", role: "constant" },
        { name: "e", role: "unused" },
        { name: "y", role: "constant" },
        { name: "x" },
      ],
      { brokenRows: { count: 5, examples: [{ line: 7, reason: "short", text: "a" }] } },
    );
    const checks = checkData(schema, table, "y");
    expect(checks.map(({ code, column }) => [code, column])).toEqual([
      ["broken-rows", null],
      ["unreadable-cells", "x"],
      ["target-missing", "y"],
      ["few-rows", null],
      ["duplicate-rows", null],
      ["identifier-column", "id"],
      ["constant-column", null],
      ["mostly-missing-column", "e"],
    ]);
    for (const check of checks) {
      expect(check.code).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(check.message).toMatch(/\.$/);
      expect(check.action).toMatch(/\.$/);
    }
  });

  it("tells dates that can be read in two ways, and cells outside of declared levels", () => {
    const seen = { filled: 100, numbers: 0, markers: 0, different: 3, fits: 70, examples: [] };
    const reason = (text: string) => `All 100 filled cells are dates like it, but ${text}.`;
    const date = { type: "date", format: "%m/%d/%Y" } as const;
    const either = reason("day and month could be the other way round: no day is above 12");
    const checks = checkData(
      inspected([
        { name: "d", ...date, reason: either },
        { name: "sure", ...date, reason: reason("told by the days above 12") },
        { name: "out", ...date, reason: either, role: "excluded" },
        { name: "l", type: "category", levels: ["a", "b"], seen: { ...seen, unfit: ["c"] } },
        { name: "all", type: "category", levels: ["a"], seen: { ...seen, fits: 100, unfit: [] } },
      ]),
      loaded([numeric("y", even)]),
      "y",
    );
    expect(checks.map(({ code, column }) => [code, column])).toEqual([
      ["ambiguous-dates", "d"],
      ["unlisted-levels", "l"],
    ]);
    expect(checks[0]!.action).toBe('If the day comes first: --types "d=date:%d/%m/%Y".');
    expect(checks[1]!.message).toMatch(/^30 of 100 cells of l are none of the levels/);
    expect(checks[1]!.evidence).toBe('levels a < b; other cells: "c"');
  });

  it("is silent about a clean table", () => {
    expect(checkData(inspected([{}]), loaded([numeric("y", even)]), "y")).toEqual([]);
  });
});
