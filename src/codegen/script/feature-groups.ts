import type { ColumnRecord } from "../../core/run-record.ts";
import { stableStringify } from "../../core/json.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { flat, name, spaces } from "../syntax/expression.ts";
import { isBare, lineOf } from "./feature-line.ts";
import { stringLiteral } from "../syntax/literals.ts";
import { notedFeature } from "./noted-feature.ts";
import { textWidth } from "../syntax/text-width.ts";

const lineWidth = 100;

/** Fewer columns alike than this keep their own lines. */
const smallestGroup = 3;

/** Names (as literals) that are wider keep their own line, where it may be broken. */
const longestName = 60;

/**
 * The features of a wide table: columns prepared alike stand together as `...column.each([names], maker)`, as many names
 * as fit on each line; only what differs has a line of its own. The order of lines means nothing, because fits
 * use the order of the file.
 */
export function groupFeatures(
  features: readonly FeatureSpec[],
  columns: readonly ColumnRecord[],
): { makers: string[]; lines: string[] } {
  const groups = new Map<string, FeatureSpec[]>();
  for (const spec of features) {
    const key = isAlone(spec) ? `alone ${spec.column}` : stableStringify({ ...spec, column: "" });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [spec]);
    else group.push(spec);
  }
  const makers: string[] = [];
  const lines: string[] = [];
  const single: FeatureSpec[] = [];
  const counts = new Map<string, number>();
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length < smallestGroup) {
      single.push(...group);
      continue;
    }
    const maker = makerOf(first, counts);
    if (maker.declaration !== null) makers.push(maker.declaration);
    const names = group.map(({ column }) => column);
    if (lines.length > 0) lines.push("");
    lines.push(`  // ${group.length} columns alike`, ...eachLines(names, maker.name));
  }
  if (single.length > 0 && lines.length > 0) lines.push("");
  lines.push(...alignNotes(single.map((spec) => notedFeature(spec, columns))));
  return { makers, lines };
}

/** Lines that hold something of their own (an expression, a list of levels) or a name too long to share a line. */
function isAlone(spec: FeatureSpec): boolean {
  if (spec.kind === "derived" || textWidth(stringLiteral(spec.column)) > longestName) return true;
  return spec.kind === "category" && spec.encode?.by === "ordinal";
}

/** The function that makes a group's lines: the builder itself, or one declared in front of the list. */
function makerOf(
  spec: FeatureSpec,
  counts: Map<string, number>,
): { name: string; declaration: string | null } {
  if (isBare(spec)) return { name: `column.${spec.kind}`, declaration: null };
  const count = (counts.get(spec.kind) ?? 0) + 1;
  counts.set(spec.kind, count);
  const makerName = `${spec.kind}Column${count === 1 ? "" : count}`;
  const body = flat(lineOf(spec, name("name")));
  const start = `const ${makerName} = <const N extends string>(name: N) =>`;
  const fits = start.length + 1 + textWidth(body) + 1 <= lineWidth;
  return { name: makerName, declaration: `${start}${fits ? " " : "\n  "}${body};` };
}

function eachLines(names: readonly string[], maker: string): string[] {
  const start = `${spaces(2)}...column.each([`;
  const end = `], ${maker}),`;
  const lines: string[] = [];
  let inside = "";
  for (const each of names) {
    const code = stringLiteral(each);
    const longer = inside === "" ? code : `${inside}, ${code}`;
    if (inside !== "" && textWidth(start + longer + end) > lineWidth) {
      lines.push(start + inside + end);
      inside = code;
    } else {
      inside = longer;
    }
  }
  lines.push(start + inside + end);
  return lines;
}
