import type { ColumnRecord } from "../../src/core/run-record.ts";
import type { ColumnType } from "../../src/core/table.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";

/** Names that attack whatever prints them without care. */
export const hostileNames = {
  script: "</script><script>alert(1)</script>",
  image: '<img src=x onerror="alert(2)">',
  comment: "<!-- --> ]]> {{model}} {{{model}}}",
  quotes: 'it\'s "quoted" `backticks` ${process.exit(1)} \\',
  prototype: "__proto__",
  integer: "4046",
  lines: "two\nlines\r\u2028and more",
  rightToLeft: "\u202egnp.exe\u200f",
  long: `long ${"x".repeat(10_000)}`,
  target: 'price </title><script>alert("t")</script>',
} as const;

interface Line {
  readonly name: string;
  readonly type: ColumnType;
  readonly reason: string;
  readonly missing?: number;
  readonly distinct: number;
  readonly role?: ColumnRecord["role"];
}

const plain: readonly Line[] = [
  {
    name: "id",
    type: "numeric",
    reason: "A different value in every row",
    distinct: 932,
    role: "identifier",
  },
  { name: "city", type: "category", reason: "37 different words", distinct: 37 },
  { name: "zip", type: "category", reason: 'Text, because of the leading "z"', distinct: 68 },
  { name: "beds", type: "numeric", reason: "Whole numbers 1 … 8", distinct: 8 },
  { name: "baths", type: "numeric", reason: "Numbers", missing: 12, distinct: 9 },
  { name: "sqft", type: "numeric", reason: "Whole numbers 484 … 4 878", missing: 3, distinct: 587 },
  { name: "type", type: "category", reason: "3 different words", distinct: 3 },
  { name: "soldOn", type: "date", reason: "Dates like 2008-05-21", missing: 1, distinct: 5 },
  { name: "pool", type: "boolean", reason: "Only yes and no", distinct: 2 },
  {
    name: "remarks",
    type: "text",
    reason: "Long texts, nearly all different",
    missing: 204,
    distinct: 690,
  },
  { name: "state", type: "category", reason: "CA in every row", distinct: 1, role: "constant" },
  {
    name: "agent",
    type: "category",
    reason: "Left out by --exclude",
    distinct: 211,
    role: "excluded",
  },
];

/** The columns of the made-up table; the target comes last. */
export function fixtureColumns(hostile: boolean): ColumnRecord[] {
  const { target, ...names } = hostileNames;
  const attacks = Object.values(names).map((name): Line => ({
    name,
    type: "numeric",
    reason: `Numbers; the name is ${name}`,
    distinct: 77,
  }));
  const last: Line = {
    name: hostile ? target : "price",
    type: "numeric",
    reason: "The target",
    distinct: 605,
    role: "target",
  };
  return [...plain, ...(hostile ? attacks : []), last].map((line) => ({
    missing: 0,
    role: "feature",
    ...line,
  }));
}

/** A preparation line for every feature of the table. */
export function fixtureFeatures(hostile: boolean): FeatureSpec[] {
  const { target: _target, ...names } = hostileNames;
  const features: FeatureSpec[] = [
    { kind: "category", column: "city", encode: { by: "targetEncode", smoothing: 12, folds: 5 } },
    { kind: "category", column: "zip", encode: { by: "targetEncode", smoothing: 12 } },
    { kind: "numeric", column: "beds" },
    { kind: "numeric", column: "baths", impute: "median", flagMissing: true },
    {
      kind: "numeric",
      column: "sqft",
      clip: { low: 484, high: 4878 },
      log: true,
      impute: "median",
    },
    {
      kind: "category",
      column: "type",
      encode: { by: "ordinal", levels: ["Condo", "Multi-Family", "Residential"] },
    },
    { kind: "date", column: "soldOn", format: "%Y-%m-%d", parts: ["year", "month", "weekday"] },
    { kind: "boolean", column: "pool", impute: "mostFrequent" },
    { kind: "text", column: "remarks", terms: 20 },
  ];
  if (!hostile) return features;
  return [
    ...features,
    ...Object.values(names).map((column): FeatureSpec => ({ kind: "numeric", column })),
  ];
}
