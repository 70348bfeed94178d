import type { CheckRecord } from "../../core/run-record.ts";
import type { Column } from "../../core/table.ts";
import { finding } from "../../data/checks/code-table.ts";
import {
  choleskyFactor,
  choleskySolve,
  type CholeskyFactor,
} from "../../models/linear/cholesky.ts";
import { neighbourTargets, tellsNext, type Neighbour } from "./next-target.ts";
import { unitMeans, type RowSeries } from "./row-series.ts";
import { fitLine } from "./squared-correlation.ts";
import { takeCells } from "./suspect-input.ts";

/** Times before and after that a column may have been made from. */
const reach = 7;
const fewestTimes = 45;
/**
 * The later targets must tell this share of the column ... Over the benchmark sets no column that the later ones tell
 * better than the others has more than 0.2 told.
 */
const futureBound = 0.8;
/** ... and leave less than half of what the present and the earlier ones leave. */
const gain = 0.5;
/** Means of a column over the rows of one time that are those of the target: its cells lie in other rows. */
const shuffledBound = 0.97;
const rowBound = 0.8;

export interface Direction {
  readonly column: Column;
  /** R² of the column's mean at a time from the targets of the next times, and from those of the past. */
  readonly future: number;
  readonly past: number;
}

/** The target's mean at each time of a series, ready to explain columns by. */
export interface TargetSeries {
  readonly series: RowSeries;
  readonly means: Float64Array;
  readonly later: Neighbourhood;
  /** With the present target, and without it. */
  readonly earlier: Neighbourhood;
  readonly before: Neighbourhood;
}

/** Undefined: too few times to say anything. O(times x 15²). */
export function targetSeries(series: RowSeries, target: Float64Array): TargetSeries | undefined {
  const means = unitMeans(series, target);
  if (means.length < fewestTimes) return undefined;
  const steps = Array.from({ length: reach }, (_, k) => k + 1);
  const past = steps.map((step) => -step);
  const [later, earlier, before] = [steps, [0, ...past], past].map((distances) =>
    neighbourhood(means, distances),
  ) as [Neighbourhood, Neighbourhood, Neighbourhood];
  return { series, means, later, earlier, before };
}

/**
 * What the targets of neighbouring times tell of a column. A column made from later targets is told by those and not by
 * earlier ones; what follows the calendar or the weather is told by both alike. O(times x 15).
 * @param from whether the past begins with the present target or with the one before
 */
export function directionOf(
  column: Column,
  target: TargetSeries,
  from: "present" | "before" = "present",
): Direction {
  const { series, means, later, earlier, before } = target;
  const x = unitMeans(series, takeCells(column, series.rows));
  const past = explained(x, means, from === "present" ? earlier : before);
  return { column, future: explained(x, means, later), past };
}

/** Whether the column tells what comes, and no plain copy or lag would tell it as well. */
function tellsFuture({ future, past }: Direction): boolean {
  return future >= futureBound && 1 - future < gain * (1 - past);
}

/** Columns that hold targets of later rows, in the order of one column of times or of the file. */
export function checkFuture(
  columns: readonly Column[],
  truth: Column,
  target: string,
  series: RowSeries,
): CheckRecord[] {
  const cells = takeCells(truth, series.rows);
  const around = targetSeries(series, cells);
  const next = neighbourTargets(series, cells, columns);
  const numeric = columns.filter(({ type, name }) => type === "numeric" && name !== series.by);
  return numeric.flatMap((column): CheckRecord[] => {
    const x = takeCells(column, series.rows);
    const seen =
      seenAfter(column, x, cells, target, next) ?? seenAround(column, cells, target, around);
    if (seen === undefined) return [];
    const { name } = column;
    const order = series.by === null ? "in the order of the file" : `in order of ${series.by}`;
    return [
      finding("leak-future", {
        message: seen.isShuffled
          ? `${name} holds ${target} of other rows of the same ${series.by}.`
          : `${name} tells ${target} of later rows, ${order}: nobody knows it when predicting.`,
        action: `Kept. If it is not known when you predict: --exclude "${name}".`,
        columns: [name],
        evidence: seen.evidence,
      }),
    ];
  });
}

interface Seen {
  readonly isShuffled?: boolean;
  readonly evidence: string;
}

/** The very next row's target, of all rows or of those of one group. */
function seenAfter(
  { name }: Column,
  x: Float64Array,
  cells: Float64Array,
  target: string,
  next: readonly Neighbour[],
): Seen | undefined {
  for (const neighbour of next) {
    const r2 = tellsNext(x, cells, neighbour, { least: futureBound, gain });
    if (r2 === undefined) continue;
    const where = neighbour.group === null ? "" : ` with the same ${neighbour.group}`;
    return {
      evidence: `R² of ${name} against ${target} of the next row${where}: ${r2.toFixed(4)}, bound ${futureBound}`,
    };
  }
  return undefined;
}

/** Targets of several times after a row, or of other rows of its own time. */
function seenAround(
  column: Column,
  cells: Float64Array,
  target: string,
  around: TargetSeries | undefined,
): Seen | undefined {
  if (around === undefined) return undefined;
  const direction = directionOf(column, around);
  const { name } = column;
  if (tellsFuture(direction)) {
    return {
      evidence: `R² of ${name} from the next ${reach} values of ${target}: ${direction.future.toFixed(4)}; from the same and the last ${reach}: ${direction.past.toFixed(4)}`,
    };
  }
  if (!holdsOtherRows(column, cells, around)) return undefined;
  return {
    isShuffled: true,
    evidence: `R² of the means of both for each ${around.series.by} is at least ${shuffledBound}, row by row it is below ${rowBound}`,
  };
}

/** The mean of each time is that of the target, but not row by row. */
function holdsOtherRows(
  column: Column,
  cells: Float64Array,
  { series, means }: TargetSeries,
): boolean {
  if (series.by === null || series.rows.length < 2 * series.unitCount) return false;
  const x = takeCells(column, series.rows);
  const line = fitLine(unitMeans(series, x), means);
  const isSame =
    line.r2 >= shuffledBound &&
    Math.abs(line.slope - 1) < 0.1 &&
    Math.abs(line.meanX - line.meanY) < 0.05 * line.spread;
  return isSame && fitLine(x, cells).r2 < rowBound;
}

/** Targets at some distances from each time, centred, and the factor of their cross products. */
interface Neighbourhood {
  readonly distances: readonly number[];
  readonly middles: readonly number[];
  readonly factor: CholeskyFactor;
}

function neighbourhood(y: Float64Array, distances: readonly number[]): Neighbourhood {
  const size = distances.length;
  const count = y.length - 2 * reach;
  const middles = distances.map((distance) => {
    let sum = 0;
    for (let t = reach; t < y.length - reach; t++) sum += y[t + distance]!;
    return sum / count;
  });
  const gram = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let t = reach; t < y.length - reach; t++)
        sum += (y[t + distances[a]!]! - middles[a]!) * (y[t + distances[b]!]! - middles[b]!);
      gram[a * size + b] = sum;
      gram[b * size + a] = sum;
    }
  }
  return { distances, middles, factor: choleskyFactor(gram, size, 0, 1e-9) };
}

/**
 * Share of the variance of `x` that a straight model of the targets around each time tells, less what chance tells.
 * Times where `x` is missing count as its mean; the share is taken of the others.
 */
function explained(
  x: Float64Array,
  y: Float64Array,
  { distances, middles, factor }: Neighbourhood,
): number {
  let known = 0;
  let middle = 0;
  for (let t = reach; t < y.length - reach; t++) {
    if (Number.isNaN(x[t]!)) continue;
    known++;
    middle += x[t]!;
  }
  const count = y.length - 2 * reach;
  if (known < count / 2) return 0;
  middle /= known;
  const right = new Float64Array(distances.length);
  let total = 0;
  for (let t = reach; t < y.length - reach; t++) {
    if (Number.isNaN(x[t]!)) continue;
    const dx = x[t]! - middle;
    total += dx * dx;
    for (let a = 0; a < distances.length; a++)
      right[a]! += (y[t + distances[a]!]! - middles[a]!) * dx;
  }
  if (!(total > 0)) return 0;
  const weights = choleskySolve(factor, right);
  const told = weights.reduce((sum, weight, a) => sum + weight * right[a]!, 0) / total;
  return 1 - ((1 - (told * count) / known) * (known - 1)) / (known - 1 - distances.length);
}
