import { AutomlError, nearestName } from "../../core/errors.ts";
import type { Rows } from "../../core/split.ts";
import { findColumn, isNumberColumn, type Column } from "../../core/table.ts";
import { findProfile, type ColumnProfile, type DataProfile } from "../../data/profile/profile.ts";
import { profileTable } from "../../data/profile/profile-table.ts";
import { sampleRows } from "../../data/profile/sample-rows.ts";
import type { LoadedTable } from "./read-table.ts";

/** One column of a profile, to be shown. */
export interface ColumnView {
  readonly kind: "column-profile";
  readonly profile: DataProfile;
  readonly column: ColumnProfile;
}

/** How the columns of a profile go with each other, to be shown. */
export interface AssociationsView {
  readonly kind: "associations";
  readonly profile: DataProfile;
}

/** Two columns of numbers as points. */
export interface Pair {
  readonly kind: "pair";
  readonly columns: readonly [x: string, y: string];
  /** Rows that have both values, at most 500 of them, drawn with the seed. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Rows that have both values. */
  readonly rows: number;
}

export interface ExploreOptions {
  /** Rows to look at, such as `parts.training`; default all. */
  readonly rows?: Rows;
  /** Of the draw of rows of a large table; default 1. */
  readonly seed?: number;
}

/** A cell as a plain value; dates are milliseconds since 1970 in UTC. */
export type CellValue = number | string | boolean | null;

const mostPoints = 500;

/** Looks at the data: `explore.` and the editor lists the ways. `show` prints or draws what they give. */
export const explore = Object.freeze({
  /**
   * Profiles the columns of a table: missing cells, shapes, relation to the target, association. A large table is looked
   * at by a seeded draw of its rows.
   *
   * @example
   * show(explore.profile(table, { rows: parts.training, seed: 1 }));
   */
  profile(table: LoadedTable, { rows, seed = 1 }: ExploreOptions = {}): DataProfile {
    const target = table.target;
    return profileTable(table, {
      target,
      seed,
      ...(rows === undefined ? {} : { rows: rows.index }),
    });
  },

  /**
   * One column of a profile: its values, and how the target goes with it. Throws AUTOML_COLUMN_UNKNOWN.
   *
   * @example
   * show(explore.column(data, "sqft"));
   */
  column(profile: DataProfile, name: string): ColumnView {
    const column = findProfile(profile, name);
    if (column === undefined) throw unknown(name, profile.columns);
    return { kind: "column-profile", profile, column };
  },

  /**
   * How the columns of a profile go with each other.
   *
   * @example
   * show(explore.associations(data));
   */
  associations(profile: DataProfile): AssociationsView {
    return { kind: "associations", profile };
  },

  /**
   * Two columns of numbers, row by row, at most 500 of them. Throws AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE.
   *
   * @example
   * show(explore.pair(table, "sqft", "price", { rows: parts.training, seed: 1 }));
   */
  pair(table: LoadedTable, x: string, y: string, { rows, seed = 1 }: ExploreOptions = {}): Pair {
    const [first, second] = [numbersOf(table, x), numbersOf(table, y)];
    const filled = rowsOf(table, rows).filter(
      (row) => Number.isFinite(first[row]!) && Number.isFinite(second[row]!),
    );
    const drawn = sampleRows(filled, mostPoints, seed);
    const points = Array.from(drawn, (row) => ({ x: first[row]!, y: second[row]! }));
    return { kind: "pair", columns: [x, y], points, rows: filled.length };
  },

  /**
   * The cells of a column as a plain array, for anything else: numbers (dates: milliseconds in UTC), texts, true and
   * false, null where missing. Throws AUTOML_COLUMN_UNKNOWN.
   *
   * @example
   * const prices = explore.values(table, "price", parts.training);
   */
  values(table: LoadedTable, name: string, rows?: Rows): CellValue[] {
    const column = columnOf(table, name);
    return Array.from(rowsOf(table, rows), (row) => cellOf(column, row));
  },
});

function rowsOf(table: LoadedTable, rows: Rows | undefined): Int32Array {
  return rows?.index ?? Int32Array.from({ length: table.rows }, (_, row) => row);
}

function columnOf(table: LoadedTable, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw unknown(name, table.columns);
  return column;
}

function numbersOf(table: LoadedTable, name: string): Float64Array {
  const column = columnOf(table, name);
  if (isNumberColumn(column)) return column.values;
  throw new AutomlError("AUTOML_COLUMN_TYPE", `"${name}" holds ${column.type}, not numbers.`, {
    hint: "explore.column shows a column of any type beside the target.",
  });
}

function cellOf(column: Column, row: number): CellValue {
  if (!isNumberColumn(column)) return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (Number.isNaN(value)) return null;
  return column.type === "boolean" ? value === 1 : value;
}

function unknown(name: string, columns: readonly { readonly name: string }[]): AutomlError {
  const names = columns.map((column) => column.name);
  const near = nearestName(name, names);
  return new AutomlError("AUTOML_COLUMN_UNKNOWN", `There is no column "${name}" in the table.`, {
    hint: near === undefined ? "Is its line among the features?" : `Did you mean "${near}"?`,
    details: { column: name, columns: names },
  });
}
