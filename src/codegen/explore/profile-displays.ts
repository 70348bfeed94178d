import type { ColumnProfile, DataProfile, RelationPicture } from "../../data/profile/profile.ts";
import { countText, numberText } from "../script/number-text.ts";
import { nameText } from "../syntax/comment-text.ts";
import type { ProfileDisplay } from "./display.ts";
import { associationChart, columnChartOf } from "./profile-charts.ts";
import {
  levelTexts,
  percent,
  relationWords,
  shapeNotes,
  shapeWords,
  valueText,
} from "./profile-words.ts";

/** Columns of a table that an output lists; the rest is counted. */
const mostRows = 40;
/** Pairs of columns that are listed. */
const mostPairs = 15;

/** All columns of a profile, a line each. */
export function describeProfile(profile: DataProfile): ProfileDisplay {
  const { columns, target, rows } = profile;
  const lines = columns
    .slice(0, mostRows)
    .map((column) => [
      column.name === target ? `${nameText(column.name)} (target)` : nameText(column.name),
      column.type,
      column.missing === 0
        ? "0"
        : `${numberText(column.missing)} (${percent(column.missing / rows)})`,
      numberText(column.distinct),
      shapeWords(column),
      column.relation === null ? "" : relationWords(column.relation),
    ]);
  const related = target === null ? "" : `with ${nameText(target)}`;
  return {
    title: `${countText(rows, "row")}, ${countText(columns.length, "column")}`,
    table: {
      head: ["column", "type", "missing", "distinct", "values", related],
      rows: lines,
      right: [2, 3],
    },
    notes: [
      ...(columns.length > mostRows
        ? [`... and ${countText(columns.length - mostRows, "more column")}`]
        : []),
      ...sampleNote(profile),
    ],
  };
}

function sampleNote({ rows, sampledRows, seed }: DataProfile): string[] {
  if (sampledRows >= rows) return [];
  return [
    `all but missing cells from ${countText(sampledRows, "row")} drawn with seed ${seed}: distinct values are at least as many`,
  ];
}

/** One column: what is in it, and how the target goes with it. */
export function describeColumn(profile: DataProfile, column: ColumnProfile): ProfileDisplay {
  const { target, rows } = profile;
  const facts = [
    column.type,
    column.missing === 0
      ? "none missing"
      : `${countText(column.missing, "cell")} missing (${percent(column.missing / rows)})`,
    countText(column.distinct, "distinct value"),
  ];
  const { relation } = column;
  const chart = columnChartOf(column, target);
  const table = tableOf(column, target);
  const notes = [...shapeNotes(column, profile.sampledRows)];
  if (relation !== null) notes.push(`${nameText(target ?? "")}: ${relationWords(relation)}`);
  if (relation?.missing) {
    const { mean, rows: without } = relation.missing;
    notes.push(
      `where it is missing (${countText(without, "row")}), the mean is ${numberText(mean)}`,
    );
  }
  if (column.shape === null && column.missing < rows) notes.push("not drawn: one of many columns");
  return {
    title: `${nameText(column.name)}   ${facts.join(", ")}`,
    ...(table === undefined ? {} : { table }),
    notes,
    ...(chart === null ? {} : { chart }),
  };
}

function tableOf(column: ColumnProfile, target: string | null): ProfileDisplay["table"] {
  const picture = column.relation?.picture;
  if (picture) return pictureTable(column, picture, target ?? "");
  const { shape } = column;
  if (shape?.kind !== "levels") return undefined;
  const texts = levelTexts(shape.levels.map(({ level }) => level));
  return {
    head: ["level", "rows"],
    rows: shape.levels.map(({ count }, i) => [texts[i]!, numberText(count)]),
    right: [1],
  };
}

function pictureTable(
  column: ColumnProfile,
  picture: RelationPicture,
  target: string,
): ProfileDisplay["table"] {
  const groups = picture.kind === "bins" ? picture.bins : picture.levels;
  const labels =
    picture.kind === "bins"
      ? picture.bins.map(({ from, to }) =>
          from === to
            ? valueText(column, from)
            : `${valueText(column, from)} … ${valueText(column, to)}`,
        )
      : levelTexts(picture.levels.map(({ level }) => level));
  const what = column.type === "text" ? "characters" : nameText(column.name);
  return {
    head: [what, "rows", `mean ${nameText(target)}`, "middle half"],
    rows: groups.map(({ rows, mean, q1, q3 }, i) => [
      labels[i]!,
      numberText(rows),
      numberText(mean),
      `${numberText(q1)} … ${numberText(q3)}`,
    ]),
    right: [1, 2],
  };
}

/** The pairs of columns that go together most, and the whole matrix as a chart. */
export function describeAssociations(profile: DataProfile): ProfileDisplay {
  const { columns, values, pearson } = profile.associations;
  const pairs: { a: number; b: number; value: number }[] = [];
  for (let a = 0; a < columns.length; a++) {
    for (let b = a + 1; b < columns.length; b++) {
      const value = values[a]?.[b] ?? null;
      if (value !== null) pairs.push({ a, b, value });
    }
  }
  pairs.sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
  const number = (value: number): string => value.toFixed(2);
  return {
    title: `association of ${countText(columns.length, "column")}`,
    table: {
      head: ["column", "and", "association", "Pearson"],
      rows: pairs.slice(0, mostPairs).map(({ a, b, value }) => {
        const linear = pearson[a]?.[b] ?? null;
        return [
          nameText(columns[a]!),
          nameText(columns[b]!),
          number(value),
          linear === null ? "" : number(linear),
        ];
      }),
      right: [2, 3],
    },
    notes: [
      "numbers: Spearman's rank correlation; numbers and levels: correlation ratio; levels: Cramér's V; less what chance gives",
    ],
    chart: associationChart(profile),
  };
}
