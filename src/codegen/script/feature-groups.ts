import type { ColumnRecord } from "../../core/run-record.ts";
import { stableStringify } from "../../core/json.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { flat, name, spaces } from "../syntax/expression.ts";
import { isBare, lineOf } from "./feature-line.ts";
import { groupHeading } from "./reason-lines.ts";
import { stringLiteral } from "../syntax/literals.ts";
import { notedFeature } from "./noted-feature.ts";
import { textWidth } from "../syntax/text-width.ts";

const lineWidth = 100;

/** Fewer columns alike than this keep their own lines. */
export const smallestGroup = 3;

/** Names (as literals) that are wider keep their own line, where it may be broken. */
const longestName = 60;

/** The functions that make many lines alike, by what they make: several lists of one script share them. */
export class FeatureMakers {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #declarations: string[] = [];

  /** One statement each, in the order they were first asked for. */
  get declarations(): readonly string[] {
    return this.#declarations;
  }

  /** Name of the function that makes a group's lines: the builder itself, or one that is declared. */
  of(spec: FeatureSpec): string {
    if (isBare(spec)) return `column.${spec.kind}`;
    const body = flat(lineOf(spec, name("name")));
    const known = this.#names.get(body);
    if (known !== undefined) return known;
    const count = (this.#counts.get(spec.kind) ?? 0) + 1;
    this.#counts.set(spec.kind, count);
    const makerName = `${spec.kind}Column${count === 1 ? "" : count}`;
    const start = `const ${makerName} = <const N extends string>(name: N) =>`;
    const fits = start.length + 1 + textWidth(body) + 1 <= lineWidth;
    this.#declarations.push(`${start}${fits ? " " : "\n  "}${body};`);
    this.#names.set(body, makerName);
    return makerName;
  }
}

/**
 * The features of a wide table: columns prepared alike stand together as `...column.each([names], maker)`, as many names
 * as fit on each line; only what differs has a line of its own. The order of lines means nothing, because fits
 * use the order of the file.
 */
export function groupFeatures(
  features: readonly FeatureSpec[],
  columns: readonly ColumnRecord[],
  makers: FeatureMakers,
): string[] {
  const groups = new Map<string, FeatureSpec[]>();
  for (const spec of features) {
    const key = isAlone(spec) ? `alone ${spec.column}` : stableStringify({ ...spec, column: "" });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [spec]);
    else group.push(spec);
  }
  const lines: string[] = [];
  const single: FeatureSpec[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length < smallestGroup) {
      single.push(...group);
      continue;
    }
    if (lines.length > 0) lines.push("");
    const inGroup = new Set(group.map(({ column }) => column));
    lines.push(
      ...groupHeading(
        columns.filter(({ name }) => inGroup.has(name)),
        group.length,
      ),
      ...groupLines(group, makers),
    );
  }
  if (single.length > 0 && lines.length > 0) lines.push("");
  lines.push(...alignNotes(single.map((spec) => notedFeature(spec, columns))));
  return lines;
}

/** The lines of columns that are prepared alike, as many names on each as fit. */
export function groupLines(group: readonly FeatureSpec[], makers: FeatureMakers): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return eachLines(
    group.map(({ column }) => column),
    makers.of(first),
  );
}

/** Lines that hold something of their own (an expression, a list of levels) or a name too long to share a line. */
export function isAlone(spec: FeatureSpec): boolean {
  if (spec.kind === "derived" || textWidth(stringLiteral(spec.column)) > longestName) return true;
  return spec.kind === "category" && spec.encode?.by === "ordinal";
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
