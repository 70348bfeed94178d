import { formatDate } from "../../data/format-date.ts";
import type {
  ColumnProfile,
  LevelShape,
  NumberShape,
  Relation,
} from "../../data/profile/profile.ts";
import { countText, numberText } from "../script/number-text.ts";
import { commentText, shorten } from "../syntax/comment-text.ts";

const longestLevel = 32;

/** A value of the column for people: dates as days. */
export function valueText(column: Pick<ColumnProfile, "type">, value: number): string {
  return column.type === "date" ? formatDate(value, "%Y-%m-%d") : numberText(value);
}

/** Levels as short, visible and distinct texts; those that stay out as their place. */
export function levelTexts(levels: readonly (string | null)[]): string[] {
  const taken = new Set<string>();
  return levels.map((level, i) => {
    const plain = level === null ? `level ${i + 1}` : shorten(commentText(level), longestLevel);
    // Charts make a key of each level, and `__proto__` is none.
    const base = plain === "" ? "(blank)" : plain in Object.prototype ? `“${plain}”` : plain;
    let text = base;
    for (let copy = 2; taken.has(text); copy++) text = `${base} (${copy})`;
    taken.add(text);
    return text;
  });
}

/** What is in a column, in a few words. */
export function shapeWords(column: ColumnProfile): string {
  const { shape } = column;
  if (shape === null) return "";
  return shape.kind === "numbers" ? numberWords(column, shape) : levelWords(shape);
}

function numberWords(column: ColumnProfile, { quantiles }: NumberShape): string {
  const { q1, median, q3 } = quantiles;
  const [low, middle, high] = [q1, median, q3].map((value) => valueText(column, value));
  const unit = column.type === "text" ? " characters" : "";
  return `median ${middle}${unit}, half in ${low} … ${high}`;
}

function levelWords({ levels, others }: LevelShape): string {
  const total = levels.reduce((sum, { count }) => sum + count, others.count);
  const texts = levelTexts(levels.map(({ level }) => level));
  const shown = levels.slice(0, 3).map(({ count }, i) => `${texts[i]} ${percent(count / total)}`);
  const rest = levels.length + others.levels - shown.length;
  return [...shown, ...(rest > 0 ? [countText(rest, "more level")] : [])].join(", ");
}

/** How strongly a column goes with the target, and in which direction. */
export function relationWords({ spearman, ratio, strength }: Relation): string {
  if (strength < 0.05) return "next to none";
  const share = `explains ${percent(ratio ** 2)}`;
  if (spearman === null || Math.abs(spearman) < ratio / 2) return share;
  return `${spearman > 0 ? "rises" : "falls"}, rank correlation ${numberText(Number(spearman.toPrecision(2)))}`;
}

/** Everything there is to say of the numbers of a column, a line each. */
export function shapeNotes(column: ColumnProfile, sampledRows: number): string[] {
  const { shape } = column;
  if (shape?.kind !== "numbers") return [];
  const { quantiles, outliers, mean, deviation } = shape;
  const value = (number: number): string => valueText(column, number);
  const ends =
    quantiles.min === null || quantiles.max === null
      ? ""
      : `; all in ${value(quantiles.min)} … ${value(quantiles.max)}`;
  const average = column.type === "date" ? value(mean) : `${value(mean)} ± ${value(deviation)}`;
  const notes = [
    `mean ${average}, median ${value(quantiles.median)}; 90 % in ${value(quantiles.low)} … ${value(quantiles.high)}${ends}`,
  ];
  if (outliers !== null && outliers.count > 0) {
    notes.push(
      `${countText(outliers.count, "outlier")} (${percent(outliers.count / sampledRows)}): outside ` +
        `${value(outliers.low)} … ${value(outliers.high)}, more than 3 interquartile ranges from the quartiles`,
    );
  }
  return notes;
}

/** "12 %", "0.4 %". */
export function percent(share: number): string {
  const value = share * 100;
  return `${numberText(Number(value >= 10 ? Math.round(value) : value.toPrecision(2)))} %`;
}
