import { largeNumber } from "../charts/profile-charts.ts";
import { formatDate } from "../../data/format-date.ts";
import {
  byStrength,
  findProfile,
  type ColumnProfile,
  type DataProfile,
  type NumberShape,
  type Relation,
} from "../../data/profile/profile.ts";
import {
  decimalsFor,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  plural,
} from "../format.ts";
import { harmlessKey, type ShortNames, shorten, visibleName } from "../names.ts";
import type { ProfileColumnModel, ProfileModel } from "./profile-model.ts";

const longestLevel = 40;

/**
 * The profile as the page draws it: columns that have pictures, the target first, then the strongest relations.
 * @param part which rows they are, "{rows}" in place of how many
 */
export function buildProfile(profile: DataProfile, names: ShortNames, part: string): ProfileModel {
  const { target } = profile;
  const goal = target === null ? undefined : findProfile(profile, target);
  const others = target === null ? profile.columns : byStrength(profile);
  const unrelated = profile.columns.filter((column) => column !== goal && !others.includes(column));
  const ordered = [...(goal === undefined ? [] : [goal]), ...others, ...unrelated];
  const drawn = ordered.filter((column) => column.shape !== null);
  return {
    note: profileNote(profile, part),
    target: target === null ? null : names.of(target),
    columns: drawn.map((column) => columnModel(column, profile, names)),
    notDrawn: ordered
      .filter((column) => column.shape === null)
      .map((column) => ({
        name: names.of(column.name),
        words: column.relation === null ? "" : relationWords(column.relation),
      })),
    associations: associationModel(profile, names),
  };
}

function profileNote({ rows, sampledRows, seed }: DataProfile, part: string): string {
  const drawn =
    sampledRows < rows
      ? ` Pictures and relations are of ${plural(sampledRows, "row")} of them, drawn with seed ${seed}.`
      : "";
  return `${part.replace("{rows}", plural(rows, "row"))}.${drawn}`;
}

function columnModel(
  column: ColumnProfile,
  profile: DataProfile,
  names: ShortNames,
): ProfileColumnModel {
  const { type, missing, distinct, relation } = column;
  return {
    name: names.of(column.name),
    type,
    isTarget: column.name === profile.target,
    facts: [
      missing === 0
        ? "none missing"
        : `${formatCount(missing)} missing (${formatPercent(missing / profile.rows)})`,
      `${formatCount(distinct)} distinct`,
      ...(type === "text" ? ["drawn: number of characters"] : []),
    ].join(" · "),
    note: notesOf(column, profile).join(" "),
    shape: shapeModel(column),
    relation:
      relation === null || relation.picture === null
        ? null
        : { words: relationWords(relation), strength: relation.strength, ...pictureModel(column) },
  };
}

function shapeModel(column: ColumnProfile): ProfileColumnModel["shape"] {
  const { shape, type } = column;
  if (shape === null) return null;
  if (shape.kind === "numbers") {
    const { edges, counts } = shape.histogram;
    const bars = counts.map((rows, i) => [edges[i]!, edges[i + 1]!, rows] as const);
    return { chart: `shape${scaleOf(type, edges)}`, bars };
  }
  const texts = levelTexts(shape.levels.map(({ level }) => level));
  const total = shape.levels.reduce((sum, { count }) => sum + count, shape.others.count);
  const levels = shape.levels.map(
    ({ count }, i) => [texts[i]!, count, share(count, total)] as const,
  );
  const { others } = shape;
  const rest =
    others.count > 0
      ? [[`${plural(others.levels, "other")}`, others.count, share(others.count, total)] as const]
      : [];
  return { chart: "shapeLevels", levels: [...levels, ...rest], others: rest.length > 0 };
}

function scaleOf(
  type: ColumnProfile["type"],
  ends: readonly number[],
): "Dates" | "Large" | "Numbers" {
  if (type === "date") return "Dates";
  const largest = Math.max(Math.abs(ends[0] ?? 0), Math.abs(ends.at(-1) ?? 0));
  return largest >= largeNumber ? "Large" : "Numbers";
}

/** The largest mean of the target, for the labels of its axis. */
export function targetSize({ columns, target }: DataProfile): number {
  const shape = columns.find(({ name }) => name === target)?.shape;
  if (shape?.kind !== "numbers") return 1;
  return Math.max(Math.abs(shape.quantiles.low), Math.abs(shape.quantiles.high));
}

function share(count: number, total: number): string {
  return formatPercent(total === 0 ? 0 : count / total);
}

function pictureModel(
  column: ColumnProfile,
): Pick<NonNullable<ProfileColumnModel["relation"]>, "chart" | "groups"> {
  const picture = column.relation!.picture!;
  if (picture.kind === "bins") {
    const groups = picture.bins.map(({ at, from, to, mean, q1, q3, rows }) => {
      const label =
        from === to ? text(column, from) : `${text(column, from)} … ${text(column, to)}`;
      return [at, label, mean, q1, q3, rows] as const;
    });
    const ends = [picture.bins[0]?.at ?? 0, picture.bins.at(-1)?.at ?? 0];
    return { chart: `relation${scaleOf(column.type, ends)}`, groups };
  }
  const texts = levelTexts(picture.levels.map(({ level }) => level));
  const groups = picture.levels.map(
    ({ mean, q1, q3, rows }, i) => [texts[i]!, texts[i]!, mean, q1, q3, rows] as const,
  );
  return { chart: "relationLevels", groups };
}

function notesOf(column: ColumnProfile, { sampledRows, target }: DataProfile): string[] {
  const { shape, relation } = column;
  const notes = shape?.kind === "numbers" ? numberNotes(column, shape, sampledRows) : [];
  if (relation?.missing && target !== null) {
    const { rows, mean } = relation.missing;
    notes.push(
      `Where it is missing (${plural(rows, "row")}), the target's mean is ${formatNumber(mean)}.`,
    );
  }
  return notes;
}

function numberNotes(
  column: ColumnProfile,
  { quantiles, outliers, histogram, mean }: NumberShape,
  sampledRows: number,
): string[] {
  const { low, median, high, min, max } = quantiles;
  const ends =
    min === null || max === null ? "" : `, all in ${text(column, min)} … ${text(column, max)}`;
  const notes = [
    `Median ${text(column, median)}, mean ${text(column, mean)}; 90${"\u202f"}% in ${text(column, low)} … ${text(column, high)}${ends}.`,
  ];
  const beyond = histogram.below + histogram.above;
  if (beyond > 0)
    notes.push(`${plural(beyond, "row")} ${beyond === 1 ? "lies" : "lie"} beyond the bars.`);
  if (outliers !== null && outliers.count > 0) {
    notes.push(
      `${plural(outliers.count, "outlier")} (${formatPercent(outliers.count / sampledRows)}): more than 3 interquartile ranges from the quartiles.`,
    );
  }
  return notes;
}

/** The same words as in explore.ts. */
function relationWords({ spearman, ratio, strength }: Relation): string {
  if (strength < 0.05) return "next to none";
  if (spearman === null || Math.abs(spearman) < ratio / 2)
    return `explains ${formatPercent(ratio ** 2, 0)}`;
  return `${spearman > 0 ? "rises" : "falls"}, rank correlation ${formatNumber(spearman, 2)}`;
}

function associationModel(
  { associations }: DataProfile,
  names: ShortNames,
): ProfileModel["associations"] {
  if (associations.columns.length < 3) return null;
  return { names: associations.columns.map((name) => names.of(name)), values: associations.values };
}

/** A value of the column for people: dates as days, numbers with the digits that tell values of the column apart. */
function text({ type, shape }: ColumnProfile, value: number): string {
  if (type === "date") return formatDate(value, "%Y-%m-%d");
  if (shape?.kind !== "numbers") return formatNumber(value);
  const { low, high } = shape.quantiles;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const decimals = decimalsFor(high > low ? high - low : size, 3);
  if (decimals > 6 || size >= 1e9) return formatNumber(value);
  const fixed = formatFixed(value, decimals);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}

/** Levels as short, visible and distinct texts; those that stay out as their place. */
function levelTexts(levels: readonly (string | null)[]): string[] {
  const taken = new Set<string>();
  return levels.map((level, i) => {
    const plain = level === null ? `level ${i + 1}` : shorten(visibleName(level), longestLevel);
    const base = plain.trim() === "" ? "(blank)" : harmlessKey(plain);
    let candidate = base;
    for (let copy = 2; taken.has(candidate); copy++) candidate = `${base} (${copy})`;
    taken.add(candidate);
    return candidate;
  });
}
