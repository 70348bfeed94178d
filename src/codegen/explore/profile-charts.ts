import type {
  ColumnProfile,
  DataProfile,
  NumberShape,
  RelationPicture,
} from "../../data/profile/profile.ts";
import type { VegaLiteSpec } from "../notebook/charts.ts";
import { nameText } from "../syntax/comment-text.ts";
import { levelTexts } from "./profile-words.ts";

const $schema = "https://vega.github.io/schema/vega-lite/v5.json";
const size = { width: 260, height: 160 } as const;

type Chart = Readonly<Record<string, unknown>>;

/** The shape of a column and beside it its relation to the target; null when there is nothing to draw. */
export function columnChartOf(column: ColumnProfile, target: string | null): VegaLiteSpec | null {
  const charts = [
    ...(column.shape === null ? [] : [shapeChart(column)]),
    ...(column.relation?.picture ? [relationChart(column, column.relation.picture, target)] : []),
  ];
  if (charts.length === 0) return null;
  return charts.length === 1 ? { $schema, ...charts[0] } : { $schema, hconcat: charts };
}

function shapeChart(column: ColumnProfile): Chart {
  const { shape } = column;
  if (shape?.kind === "levels") {
    const texts = levelTexts(shape.levels.map(({ level }) => level));
    const values = shape.levels.map(({ count }, i) => ({ level: texts[i], count }));
    const { others } = shape;
    if (others.count > 0) values.push({ level: `${others.levels} others`, count: others.count });
    return {
      ...size,
      data: { values },
      mark: { type: "bar", tooltip: true },
      encoding: {
        y: { field: "level", type: "nominal", sort: null, title: null },
        x: { field: "count", type: "quantitative", title: "rows" },
      },
    };
  }
  return histogram(column, shape!.histogram);
}

function histogram(column: ColumnProfile, { edges, counts }: NumberShape["histogram"]): Chart {
  const values = counts.map((rows, i) => ({ from: edges[i], to: edges[i + 1], rows }));
  return {
    ...size,
    data: { values },
    mark: { type: "bar", tooltip: true, binSpacing: 1 },
    encoding: {
      x: { field: "from", ...axisType(column), title: titleOf(column), bin: { binned: true } },
      x2: { field: "to" },
      y: { field: "rows", type: "quantitative" },
    },
  };
}

/** Mean of the target in each group, with the middle half of its values. */
function relationChart(
  column: ColumnProfile,
  picture: RelationPicture,
  target: string | null,
): Chart {
  const title = `mean ${nameText(target ?? "target")}`;
  const y = { field: "mean", type: "quantitative", title, scale: { zero: false } };
  if (picture.kind === "bins") {
    const x = {
      field: "at",
      ...axisType(column),
      title: titleOf(column),
      ...(column.type === "date" ? {} : { scale: { zero: false } }),
    };
    return {
      ...size,
      data: {
        values: picture.bins.map(({ at, q1, q3, mean, rows }) => ({ at, q1, q3, mean, rows })),
      },
      layer: [
        {
          mark: { type: "area", opacity: 0.2 },
          encoding: { x, y: { ...y, field: "q1" }, y2: { field: "q3" } },
        },
        { mark: { type: "line", point: true, tooltip: true }, encoding: { x, y } },
      ],
    };
  }
  const texts = levelTexts(picture.levels.map(({ level }) => level));
  const x = { field: "level", type: "nominal", sort: null, title: null };
  const values = picture.levels.map(({ q1, q3, mean, rows }, i) => ({
    level: texts[i],
    q1,
    q3,
    mean,
    rows,
  }));
  return {
    ...size,
    data: { values },
    layer: [
      {
        mark: { type: "rule", opacity: 0.4, strokeWidth: 6 },
        encoding: { y: x, x: { ...y, field: "q1" }, x2: { field: "q3" } },
      },
      {
        mark: { type: "point", filled: true, size: 60, tooltip: true },
        encoding: { y: x, x: y },
      },
    ],
  };
}

/** The matrix of associations as a map of colours. */
export function associationChart({ associations }: DataProfile): VegaLiteSpec {
  const names = levelTexts(associations.columns.map(nameText));
  const values = associations.values.flatMap((row, i) =>
    row.flatMap((association, j) =>
      association === null ? [] : [{ a: names[i], b: names[j], association }],
    ),
  );
  const axis = { type: "nominal", sort: null, title: null } as const;
  return {
    $schema,
    width: { step: 22 },
    height: { step: 22 },
    data: { values },
    mark: { type: "rect", tooltip: true },
    encoding: {
      x: { field: "b", ...axis },
      y: { field: "a", ...axis },
      color: {
        field: "association",
        type: "quantitative",
        scale: { domain: [-1, 1], scheme: "redblue" },
      },
    },
  };
}

/** Points of two columns of numbers. */
export function pairChart(
  points: readonly { readonly x: number; readonly y: number }[],
  [x, y]: readonly [string, string],
): VegaLiteSpec {
  const axis = (field: string, title: string) => ({
    field,
    title: nameText(title),
    type: "quantitative",
    scale: { zero: false },
  });
  return {
    $schema,
    width: 420,
    height: 300,
    data: { values: points },
    mark: { type: "point", filled: true, opacity: 0.4, size: 25, tooltip: true },
    encoding: { x: axis("x", x), y: axis("y", y) },
  };
}

function axisType({ type }: ColumnProfile): object {
  return type === "date"
    ? { type: "temporal", timeUnit: "utcyearmonthdate" }
    : { type: "quantitative" };
}

function titleOf({ name, type }: ColumnProfile): string {
  return type === "text" ? `${nameText(name)} (characters)` : nameText(name);
}
