import type { RowIndex } from "../../core/split.ts";
import { isNumberColumn, type Column, type Table } from "../../core/table.ts";
import { associationsOf } from "./associations.ts";
import { columnValues, type ColumnValues } from "./column-values.ts";
import { numberShape } from "./number-shape.ts";
import type { ColumnProfile, DataProfile, LevelShape } from "./profile.ts";
import {
  drawnLevels,
  relationOf,
  shortLevel,
  smallestGroup,
  type RelationSetting,
} from "./relation.ts";
import { sampleRows, sampleSize } from "./sample-rows.ts";
import { ranks } from "./statistics.ts";

/** Columns that get pictures: the ones with the strongest relation to the target, and the target. */
export const drawnColumns = 40;
/** Columns that are held against each other. */
const associatedColumns = 25;

export interface ProfileOptions {
  /** Column of numbers that the others are held against. */
  readonly target?: string | null;
  /** Rows to look at; default all. */
  readonly rows?: RowIndex;
  /** Of the draw of rows of a large table; default 1. */
  readonly seed?: number;
  /** False: no level and no value of a single cell in the profile. Default true. */
  readonly samples?: boolean;
}

interface Sampled {
  readonly column: Column;
  readonly values: ColumnValues;
}

/**
 * Profiles a table: missing cells, shapes, relation to the target, association of columns. A large table is looked at by
 * a seeded draw of its rows, which depends on rows, columns and seed only; missing cells are counted in all rows. Pure.
 */
export function profileTable(table: Table, options: ProfileOptions = {}): DataProfile {
  const { seed = 1, samples = true, target = null } = options;
  const rows = options.rows ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const sample = sampleRows(rows, sampleSize(rows.length, table.columns.length), seed);
  const sampled = table.columns.map((column) => ({ column, values: columnValues(column, sample) }));
  const goal = sampled.find(({ column }) => column.name === target)?.values;
  const order = strongest(sampled, goal, target);
  const drawn = new Set(order.slice(0, drawnColumns));
  const settings = relationSettings(goal, samples);
  const columns = sampled.map((one): ColumnProfile => {
    const { name, type } = one.column;
    const isDrawn = drawn.has(one);
    const setting =
      settings === null ? null : { ...settings, isDate: type === "date", drawn: isDrawn };
    return {
      name,
      type,
      missing: countMissing(one.column, rows),
      distinct: countDistinct(one, sample),
      shape: isDrawn ? shapeOf(one, samples) : null,
      relation: setting === null || name === target ? null : relationOf(one.values, setting),
    };
  });
  const compared = new Set(order.slice(0, associatedColumns));
  return {
    kind: "profile",
    version: 1,
    rows: rows.length,
    sampledRows: sample.length,
    seed,
    target: goal === undefined ? null : target,
    samples,
    columns,
    associations: associationsOf(
      sampled
        .filter((one) => compared.has(one))
        .map(({ column, values }) => ({ name: column.name, values })),
    ),
  };
}

function relationSettings(
  goal: ColumnValues | undefined,
  samples: boolean,
): Omit<RelationSetting, "isDate" | "drawn"> | null {
  if (goal?.kind !== "numbers") return null;
  return { target: goal.values, targetRanks: ranks(goal.values), samples };
}

/** The target first, then columns by the strength of their relation; without one in the table's order. */
function strongest(
  sampled: readonly Sampled[],
  goal: ColumnValues | undefined,
  target: string | null,
): Sampled[] {
  const settings = relationSettings(goal, false);
  if (settings === null || sampled.length <= associatedColumns) {
    return [...sampled].sort(
      (a, b) => Number(b.column.name === target) - Number(a.column.name === target),
    );
  }
  const strength = new Map(
    sampled.map((one) => {
      if (one.column.name === target) return [one, Infinity];
      const found = relationOf(one.values, { ...settings, isDate: false, drawn: false });
      return [one, found?.strength ?? -1];
    }),
  );
  return [...sampled].sort((a, b) => strength.get(b)! - strength.get(a)!);
}

function shapeOf({ column, values }: Sampled, samples: boolean): ColumnProfile["shape"] {
  if (values.kind === "levels") return levelShape(values, samples);
  const sorted = values.values.filter((value) => !Number.isNaN(value)).sort();
  return numberShape(sorted, column.type === "date", samples);
}

function levelShape(
  { codes, levels }: Extract<ColumnValues, { kind: "levels" }>,
  samples: boolean,
): LevelShape | null {
  if (levels.length === 0) return null;
  const counts = new Array<number>(levels.length).fill(0);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const shown = counts
    .slice(0, drawnLevels)
    .map((count, i) => ({ level: samples ? shortLevel(levels[i]!) : null, count }))
    .filter(({ count }) => samples || count >= smallestGroup);
  const rest = counts.slice(shown.length);
  return {
    kind: "levels",
    levels: shown,
    others: { levels: rest.length, count: rest.reduce((sum, count) => sum + count, 0) },
  };
}

function countMissing(column: Column, rows: ArrayLike<number>): number {
  let missing = 0;
  if (isNumberColumn(column)) {
    const { values } = column;
    for (let i = 0; i < rows.length; i++) if (Number.isNaN(values[rows[i]!]!)) missing++;
  } else {
    const { codes } = column;
    for (let i = 0; i < rows.length; i++) if (codes[rows[i]!]! < 0) missing++;
  }
  return missing;
}

function countDistinct({ column, values }: Sampled, sample: Int32Array): number {
  if (values.kind === "levels") return values.levels.length;
  if (!isNumberColumn(column)) {
    const codes = new Set(sample.map((row) => column.codes[row]!));
    codes.delete(-1);
    return codes.size;
  }
  return new Set(values.values.filter((value) => !Number.isNaN(value))).size;
}
