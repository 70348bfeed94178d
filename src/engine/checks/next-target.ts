import { isNumberColumn, type Column } from "../../core/table.ts";
import type { RowSeries } from "./row-series.ts";
import { fitLine } from "./squared-correlation.ts";
import { takeCells } from "./suspect-input.ts";

/** Columns whose levels are taken for series of their own, and levels they may have. */
const mostGroupings = 8;
const mostLevels = 2_000;

/** For every row of a series the target of the next and of the last row of its group, in order; NaN at the ends. */
export interface Neighbour {
  /** The column that names the group; null: all rows are one. */
  readonly group: string | null;
  readonly next: Float64Array;
  readonly last: Float64Array;
}

/** In the whole series, and in the groups that a category makes of it: shops, stations, regions. O(rows x groupings). */
export function neighbourTargets(
  series: RowSeries,
  target: Float64Array,
  columns: readonly Column[],
): Neighbour[] {
  const groupings = columns
    .filter((column) => !isNumberColumn(column) && column.levels.length <= mostLevels)
    .slice(0, mostGroupings);
  return [
    neighboursWithin(null, target, new Float64Array(target.length)),
    ...groupings.map((column) =>
      neighboursWithin(column.name, target, takeCells(column, series.rows)),
    ),
  ];
}

function neighboursWithin(
  group: string | null,
  target: Float64Array,
  levels: Float64Array,
): Neighbour {
  const next = new Float64Array(target.length).fill(NaN);
  const last = new Float64Array(target.length).fill(NaN);
  const before = new Map<number, number>();
  for (let i = 0; i < target.length; i++) {
    const earlier = before.get(levels[i]!);
    if (earlier !== undefined) {
      next[earlier] = target[i]!;
      last[i] = target[earlier]!;
    }
    before.set(levels[i]!, i);
  }
  return { group, next, last };
}

/** Squared correlation of the cells with the next target, when it is high and far above that with this and the last. */
export function tellsNext(
  cells: Float64Array,
  target: Float64Array,
  { next, last }: Neighbour,
  bounds: { readonly least: number; readonly gain: number },
): number | undefined {
  const told = fitLine(cells, next);
  if (told.r2 < bounds.least || told.points < Math.max(30, cells.length / 4)) return undefined;
  const known = Math.max(fitLine(cells, target).r2, fitLine(cells, last).r2);
  return 1 - told.r2 < bounds.gain * (1 - known) ? told.r2 : undefined;
}
