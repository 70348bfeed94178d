import type { ColumnRecord } from "../../core/run-record.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { alignNotes, type NotedLine } from "../syntax/aligned-notes.ts";
import { nameText, phrase, shorten } from "../syntax/comment-text.ts";
import { FeatureMakers, groupFeatures } from "./feature-groups.ts";
import { stringLiteral } from "../syntax/literals.ts";
import { notedFeature } from "./noted-feature.ts";
import { reasonedLine, sharedReason, togetherLines } from "./reason-lines.ts";

/** The lines between the brackets of `const features = [ ... ]`, and what stands in front of them. */
export interface FeatureList {
  /** Declarations of the functions that make many lines alike; empty for narrow tables. */
  readonly makers: readonly string[];
  readonly lines: readonly string[];
}

export interface FeatureListOptions {
  /** Columns alike together, however few they are. */
  readonly grouped?: boolean;
  /** False: no line for the reader's own computed column. */
  readonly hint?: boolean;
  /** The functions that other lists of the script use. */
  readonly makers?: FeatureMakers;
}

/** Up to this many features, each has a line of its own. */
export const mostSingleLines = 40;

/** More columns left out than this are named together, reason by reason. */
const mostDroppedLines = 12;

/** Words the expression language takes for itself. */
const expressionWords = new Set(["log", "log1p", "exp", "sqrt", "abs", "min", "max", "days"]);

/** Features in their order, columns left out where the file has them, and a line for the reader's own idea. */
export function featureList(
  features: readonly FeatureSpec[],
  columns: readonly ColumnRecord[],
  {
    grouped = features.length > mostSingleLines,
    hint: hasHint = true,
    makers = new FeatureMakers(),
  }: FeatureListOptions = {},
): FeatureList {
  const dropped = droppedColumns(features, columns);
  const hint = hasHint ? hintLines(features) : [];
  if (grouped || dropped.length > mostDroppedLines) {
    const lines = grouped
      ? groupFeatures(features, columns, makers)
      : alignNotes(features.map((spec) => notedFeature(spec, columns)));
    return {
      makers: makers.declarations,
      lines: [...lines, ...droppedTogether(dropped), ...hint],
    };
  }
  const lines = inFileOrder(features, dropped, columns);
  return { makers: [], lines: [...alignNotes(lines), ...hint] };
}

function droppedColumns(
  features: readonly FeatureSpec[],
  columns: readonly ColumnRecord[],
): ColumnRecord[] {
  const used = new Set(
    features.filter(({ kind }) => kind !== "derived").map(({ column }) => column),
  );
  return columns.filter(({ name, role }) => role !== "target" && !used.has(name));
}

function whyDropped({ role, reason }: ColumnRecord): string {
  if (role === "feature") return "not used by this trial";
  const why = phrase(reason);
  if (why === "") return role;
  return role === "excluded" ? why : `${role}; ${why}`;
}

/** Spec lines keep their order; a dropped column stands behind the feature that is in front of it in the file. */
function inFileOrder(
  features: readonly FeatureSpec[],
  dropped: readonly ColumnRecord[],
  columns: readonly ColumnRecord[],
): NotedLine[] {
  const place = new Map(columns.map(({ name }, i) => [name, i]));
  const waiting = [...dropped];
  const lines: NotedLine[] = [];
  for (const spec of features) {
    const position = spec.kind === "derived" ? Infinity : (place.get(spec.column) ?? -1);
    while (waiting[0] !== undefined && (place.get(waiting[0].name) ?? 0) < position) {
      lines.push(droppedLine(waiting[0]));
      waiting.shift();
    }
    lines.push(notedFeature(spec, columns));
  }
  return [...lines, ...waiting.map(droppedLine)];
}

/** Uncommented, it is a feature again. */
function droppedLine(column: ColumnRecord): NotedLine {
  const written = column.format ?? (column.type === "date" ? "%Y-%m-%d" : undefined);
  const format = written === undefined ? "" : `, ${stringLiteral(written)}`;
  const name = stringLiteral(shorten(column.name, 60));
  return reasonedLine(`  // column.${column.type}(${name}${format}),`, leftOut(whyDropped(column)));
}

/** "left out: why", said once. */
function leftOut(why: string): string {
  return why.startsWith("left out") ? why : `left out: ${why}`;
}

/** Many dropped columns: a comment per reason with the names it is true of. */
function droppedTogether(dropped: readonly ColumnRecord[]): string[] {
  const items = dropped.map((column) => ({
    name: `"${nameText(column.name)}"`,
    why: whyDropped({ ...column, reason: sharedReason(column.reason) }),
  }));
  return togetherLines(items, ["left", "out:"]);
}

/** A line for the reader's own idea, from two columns of this table when there are two with plain names. */
function hintLines(features: readonly FeatureSpec[]): string[] {
  const words = features
    .filter(({ kind, column }) => kind === "numeric" && /^[A-Za-z_]\w*$/.test(column))
    .map(({ column }) => column)
    .filter((word) => word.length <= 20 && !expressionWords.has(word));
  const [first = "a", second = "b"] = words.length >= 2 ? words : [];
  return [
    "  // Your own, from + - * /, log, sqrt, abs, min, max and days(a, b):",
    `  // column.derived("ratio", ${stringLiteral(`${first} / ${second}`)}),`,
  ];
}
