import { columnValuesGroups, type ColumnValues } from "./column-values.ts";
import { correlationRatio, fewestPairs, pearson } from "./correlation.ts";
import type { Relation, RelationPicture, TargetGroup } from "./profile.ts";
import { mean, ranks, rounded, targetGroup } from "./statistics.ts";

/** Groups of numbers whose means are compared, and that are drawn. */
const mostBins = 12;
/** Rows a group has to have at least, on average. */
const rowsPerBin = 10;
/** Levels that are drawn, the most frequent ones. */
export const drawnLevels = 12;
/** Smaller groups are too near to single cells where values of cells stay out. */
export const smallestGroup = 10;

export interface RelationSetting {
  /** The target of the sampled rows; none is missing. */
  readonly target: Float64Array;
  readonly targetRanks: Float64Array;
  readonly isDate: boolean;
  readonly samples: boolean;
  /** With what is needed to draw it. */
  readonly drawn: boolean;
}

/** How a column goes with the target; null when too few rows have a value. */
export function relationOf(column: ColumnValues, setting: RelationSetting): Relation | null {
  const { target } = setting;
  const filled = filledCells(column);
  if (filled < fewestPairs) return null;
  const bins = Math.max(2, Math.min(mostBins, Math.floor(filled / rowsPerBin)));
  const { codes, count } = columnValuesGroups(column, bins);
  const ratio = correlationRatio(target, codes, count) ?? 0;
  const isNumbers = column.kind === "numbers";
  const linear = isNumbers ? pearson(column.values, target) : null;
  const rank = isNumbers ? pearson(ranks(column.values), setting.targetRanks) : null;
  return {
    pearson: linear === null ? null : rounded(linear),
    spearman: rank === null ? null : rounded(rank),
    ratio: rounded(ratio),
    strength: rounded(Math.max(ratio, Math.abs(rank ?? 0))),
    picture: setting.drawn ? pictureOf(column, codes, count, setting) : null,
    missing: missingGroup(column, setting),
  };
}

function filledCells(column: ColumnValues): number {
  if (column.kind === "levels") return column.codes.reduce((n, code) => n + (code < 0 ? 0 : 1), 0);
  return column.values.reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0);
}

function pictureOf(
  column: ColumnValues,
  codes: Int32Array,
  count: number,
  { target, isDate, samples }: RelationSetting,
): RelationPicture {
  const rows = rowsByGroup(codes, count);
  const group = (index: readonly number[]): TargetGroup =>
    targetGroup(Float64Array.from(index, (i) => target[i]!));
  const isKept = (index: readonly number[]): boolean =>
    index.length >= (samples ? 1 : smallestGroup);
  if (column.kind === "levels") {
    const levels = rows
      .slice(0, Math.min(drawnLevels, column.levels.length))
      .flatMap((index, i) => {
        const level = samples ? shortLevel(column.levels[i]!) : null;
        return isKept(index) ? [{ level, ...group(index) }] : [];
      });
    return { kind: "levels", levels };
  }
  const digits = isDate ? 13 : 6;
  const bins = rows.filter(isKept).map((index) => {
    const inside = Float64Array.from(index, (i) => column.values[i]!).sort();
    const [from, to] = [inside[0]!, inside.at(-1)!].map((edge) => rounded(edge, digits));
    const at = rounded(mean(inside), digits);
    return { from: samples ? from! : at, to: samples ? to! : at, at, ...group(index) };
  });
  return { kind: "bins", bins };
}

function rowsByGroup(codes: Int32Array, count: number): number[][] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) rows[codes[i]!]!.push(i);
  return rows;
}

function missingGroup(column: ColumnValues, setting: RelationSetting): TargetGroup | null {
  const { target, samples } = setting;
  const isMissing = (i: number): boolean =>
    column.kind === "levels" ? column.codes[i]! < 0 : Number.isNaN(column.values[i]!);
  const values = target.filter((_, i) => isMissing(i));
  return values.length < (samples ? 1 : smallestGroup) ? null : targetGroup(values);
}

/** A level as it is kept: one of 10 kB is nothing to read. */
export function shortLevel(level: string): string {
  const longest = 80;
  if (level.length <= longest) return level;
  const cut = level.slice(0, longest - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
