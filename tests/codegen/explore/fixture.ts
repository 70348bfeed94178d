import type { ExploreInput } from "../../../src/codegen/explore/explore-input.ts";
import type { ColumnRecord } from "../../../src/core/run-record.ts";
import type { Column } from "../../../src/core/table.ts";
import { profileTable } from "../../../src/data/profile/profile-table.ts";
import { levels, numbers, tableOf } from "../../data/profile/tables.ts";

const rows = 240;
const at = (i: number): number => (i * 7919) % 1009;

/** A column of every type, one after the other. */
function columnLike(name: string, c: number): Column {
  const cells = Array.from({ length: rows }, (_, i) => at(i + c));
  switch (c % 5) {
    case 0:
      return numbers(name, cells);
    case 1:
      return levels(
        name,
        cells.map((cell) => `level ${cell % 7}`),
      );
    case 2:
      return numbers(
        name,
        cells.map((cell) => Date.UTC(2020, 0, 1 + (cell % 900))),
        "date",
      );
    case 3:
      return levels(
        name,
        cells.map((cell) => `some words ${"and more ".repeat(cell % 4)}${cell}`),
        "text",
      );
    default:
      return numbers(
        name,
        cells.map((cell) => cell % 2),
        "boolean",
      );
  }
}

/** What explore.ts is made from, for a table with columns of these names and the target last. */
export function exploreInput(
  names: readonly string[],
  changes: Partial<ExploreInput> & {
    readonly levels?: readonly (string | null)[];
    readonly samples?: boolean;
    readonly dropped?: readonly ColumnRecord[];
  } = {},
): ExploreInput {
  const { levels: cells, samples = true, dropped = [], target, ...rest } = changes;
  const goal = target?.name ?? "price";
  const columns = names.map(columnLike);
  if (cells !== undefined) {
    columns.push(
      levels(
        "levels",
        Array.from({ length: rows }, (_, i) => cells[i % cells.length]!),
      ),
    );
  }
  const price = numbers(
    goal,
    Array.from({ length: rows }, (_, i) => 100 + at(i)),
  );
  const profile = profileTable(tableOf([...columns, price]), { target: goal, samples });
  const records = [...columns, price].map((column, c): ColumnRecord => ({
    name: column.name,
    type: column.type,
    role: column === price ? "target" : "feature",
    reason: `Reason number ${c % 5}.`,
    missing: 0,
    distinct: 9,
    ...(column.type === "date" ? { format: "%Y-%m-%d" } : {}),
  }));
  return {
    data: {
      path: "/home/ada/houses.csv",
      sha256: "ab".repeat(32),
      rows,
      rowsWithoutTarget: 0,
    },
    target: target ?? { name: goal, why: "by its name" },
    columns: [...records, ...dropped],
    profile,
    dataPath: "../houses.csv",
    splitPath: "data/split.csv",
    toolVersion: "0.1.0",
    frame: null,
    ...rest,
  };
}

export const plainNames: readonly string[] = ["sqft", "city", "sold", "remarks", "pool"];
