import { stableStringify } from "../../core/json.ts";
import type { ColumnRecord } from "../../core/run-record.ts";
import type { FeatureSpec, TrialSpec } from "../../core/trial-spec.ts";
import { inputColumns } from "../../preprocess/features/feature-specs.ts";
import { featureList, mostSingleLines } from "../script/feature-list.ts";
import {
  FeatureMakers,
  groupFeatures,
  groupLines,
  isAlone,
  smallestGroup,
} from "../script/feature-groups.ts";
import { featureExpression } from "../script/feature-line.ts";
import { notedFeature } from "../script/noted-feature.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { commentLines } from "../syntax/comment-text.ts";
import { list, name, type Expression } from "../syntax/expression.ts";
import { textWidth } from "../syntax/text-width.ts";

const lineWidth = 100;

/** The feature lists of an ensemble's members, each written once. */
export interface MemberFeatures {
  readonly makers: readonly string[];
  /** Statements, one block each. */
  readonly statements: readonly string[];
  /** For every member, the variable that holds its features. */
  readonly variables: readonly string[];
  /** What the table is read for: every column that any member takes. */
  readonly read: Expression;
  /** All columns stand on lines of their own. */
  readonly single: boolean;
}

/** One list and the members that use it. */
interface Preparation {
  readonly features: readonly FeatureSpec[];
  readonly members: number[];
}

/**
 * Members that prepare all columns alike share one list. Of several lists, the lines they have in common stand in
 * `common`, and each list adds its own.
 * @param labels of the members, for comments: "017 (ridge)"
 * @param grouped columns alike stand together, to save lines
 */
export function memberFeatures(
  specs: readonly TrialSpec[],
  labels: readonly string[],
  columns: readonly ColumnRecord[],
  grouped: boolean,
): MemberFeatures {
  const makers = new FeatureMakers();
  const preparations = preparationsOf(specs);
  const [first] = preparations;
  if (preparations.length === 1 && first !== undefined) {
    const variables = specs.map(() => "features");
    return { ...oneList(first.features, columns, grouped, makers), variables };
  }
  const common = commonFeatures(preparations);
  const isGrouped = grouped || common.length > mostSingleLines;
  const groups = isGrouped ? sharedGroups(preparations, common) : [];
  const inGroups = new Set(groups.flat().map(({ column }) => column));
  const variables = preparations.map((_, i) => `features${letter(i)}`);
  // What is known of a column is said once.
  const told = new Set(common.map(({ column }) => column));
  const lists = preparations.map(({ features, members }, i) => {
    const own = without(features, common).filter(({ column }) => !inGroups.has(column));
    const lines = [
      ...(common.length === 0 ? [] : ["  ...common,"]),
      ...groups.flatMap((group, position) => groupUse(group, position, features, makers)),
      ...(isGrouped
        ? groupFeatures(own, columns, makers)
        : alignNotes(own.map((spec) => notedFeature(spec, told.has(spec.column) ? [] : columns)))),
    ];
    for (const { column } of own) told.add(column);
    const users = `For ${enumerate(members.map((member) => labels[member] ?? ""))}.`;
    return [
      ...commentLines(users, "// ", lineWidth),
      listStatement(variables[i] ?? "", lines),
    ].join("\n");
  });
  const statements = [
    ...(common.length === 0
      ? []
      : [commonStatement(common, preparations, columns, isGrouped, makers)]),
    ...(groups.length === 0 ? [] : [groupStatements(groups, makers)]),
    ...lists,
  ];
  return {
    makers: makers.declarations,
    statements,
    variables: specs.map(
      (_, member) =>
        variables[preparations.findIndex(({ members }) => members.includes(member))] ?? "",
    ),
    read: readList(preparations, variables),
    single: !isGrouped,
  };
}

function oneList(
  features: readonly FeatureSpec[],
  columns: readonly ColumnRecord[],
  grouped: boolean,
  makers: FeatureMakers,
): Omit<MemberFeatures, "variables"> {
  const isGrouped = grouped || features.length > mostSingleLines;
  const { lines } = featureList(features, columns, { grouped: isGrouped, makers });
  return {
    makers: makers.declarations,
    statements: [listStatement("features", lines)],
    read: name("features"),
    single: !isGrouped,
  };
}

function preparationsOf(specs: readonly TrialSpec[]): Preparation[] {
  const found = new Map<string, Preparation>();
  for (const [member, { features }] of specs.entries()) {
    const key = [...features].map(stableStringify).sort().join("\n");
    const known = found.get(key);
    if (known === undefined) found.set(key, { features, members: [member] });
    else known.members.push(member);
  }
  return [...found.values()];
}

/** Lines that stand in every list, in the order of the first. */
function commonFeatures([first, ...others]: readonly Preparation[]): FeatureSpec[] {
  const keys = others.map(({ features }) => new Set(features.map(stableStringify)));
  return (first?.features ?? []).filter((spec) => {
    const key = stableStringify(spec);
    return keys.every((each) => each.has(key));
  });
}

function without(
  features: readonly FeatureSpec[],
  others: readonly FeatureSpec[],
): readonly FeatureSpec[] {
  const keys = new Set(others.map(stableStringify));
  return features.filter((spec) => !keys.has(stableStringify(spec)));
}

/**
 * Columns that are prepared alike in every list, though not in the same way in all of them: as the first list that has
 * them prepares them. Only where there are enough of them to be worth a name.
 */
function sharedGroups(
  preparations: readonly Preparation[],
  common: readonly FeatureSpec[],
): FeatureSpec[][] {
  const lines = preparations.map(
    ({ features }) => new Map(features.map((spec) => [spec.column, spec])),
  );
  const groups = new Map<string, FeatureSpec[]>();
  const done = new Set(common.map(({ column }) => column));
  for (const spec of preparations.flatMap(({ features }) => features)) {
    if (done.has(spec.column)) continue;
    done.add(spec.column);
    const uses = lines.map((list) => list.get(spec.column));
    const used = uses.filter((use) => use !== undefined);
    if (used.length < 2 || used.some(isAlone)) continue;
    const key = stableStringify(uses.map((use) => (use === undefined ? null : nameless(use))));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [spec]);
    else group.push(spec);
  }
  return [...groups.values()].filter((group) => group.length >= smallestGroup);
}

function nameless(spec: FeatureSpec): object {
  return { ...spec, column: "" };
}

function groupStatements(groups: readonly FeatureSpec[][], makers: FeatureMakers): string {
  const statements = groups.map((group, i) =>
    listStatement(`group${i + 1}`, groupLines(group, makers)),
  );
  return ["// Alike in each list, but not the same in all of them.", ...statements].join("\n");
}

/** How a list takes the columns of a group: as they are, or prepared in its own way. */
function groupUse(
  group: readonly FeatureSpec[],
  position: number,
  features: readonly FeatureSpec[],
  makers: FeatureMakers,
): string[] {
  const [first] = group;
  const own = features.find(({ column }) => column === first?.column);
  if (first === undefined || own === undefined) return [];
  const variable = `group${position + 1}`;
  const isSame = stableStringify(nameless(own)) === stableStringify(nameless(first));
  return [isSame ? `  ...${variable},` : `  ...column.each(${variable}, ${makers.of(own)}),`];
}

function commonStatement(
  common: readonly FeatureSpec[],
  preparations: readonly Preparation[],
  columns: readonly ColumnRecord[],
  grouped: boolean,
  makers: FeatureMakers,
): string {
  // What only some of the lists hold is not left out.
  const elsewhere = new Set(
    preparations.flatMap(({ features }) => features).map(({ column }) => column),
  );
  const own = new Set(common.map(({ column }) => column));
  const shown = columns.filter(({ name: column }) => own.has(column) || !elsewhere.has(column));
  const { lines } = featureList(common, shown, { grouped, makers });
  return `// What all members prepare alike.\n${listStatement("common", lines)}`;
}

function listStatement(variable: string, lines: readonly string[]): string {
  // Without comments, what fits on one line stands there.
  const elements = lines.map((line) => line.trim().replace(/,$/, ""));
  const oneLine = `const ${variable} = [${elements.join(", ")}];`;
  const isPlain = lines.every(
    (line) => /^ {2}\S/.test(line) && line.endsWith(",") && !line.includes("\n"),
  );
  if (isPlain && textWidth(oneLine) <= lineWidth) return oneLine;
  return `const ${variable} = [\n${lines.join("\n")}\n];`;
}

/** The list with the most columns, and whatever column it lacks. */
function readList(preparations: readonly Preparation[], variables: readonly string[]): Expression {
  const inputs = preparations.map(({ features }) => inputColumns(features));
  const most = Math.max(...inputs.map((names) => names.length));
  const widest = inputs.findIndex((names) => names.length === most);
  const variable = variables[widest] ?? "";
  const known = new Set(inputs[widest]);
  const missing = [...new Set(inputs.flat())].filter((column) => !known.has(column));
  if (missing.length === 0) return name(variable);
  const lines = preparations.flatMap(({ features }) => features);
  return list([
    name(`...${variable}`),
    ...missing.map((column) => featureExpression(bareLine(column, lines))),
  ]);
}

function bareLine(column: string, lines: readonly FeatureSpec[]): FeatureSpec {
  const line = lines.find((spec) => spec.kind !== "derived" && spec.column === column);
  // Columns that only computed ones read are numbers.
  if (line === undefined || line.kind === "derived") return { kind: "numeric", column };
  if (line.kind === "date") return { kind: "date", column, format: line.format };
  if (line.kind === "category" && line.notMissing !== undefined)
    return { kind: line.kind, column, notMissing: line.notMissing };
  const format = "format" in line && line.format !== undefined ? { format: line.format } : {};
  return { kind: line.kind, column, ...format };
}

/** A, B, C ... */
function letter(position: number): string {
  return String.fromCharCode(65 + position);
}

/** "a, b and c". */
export function enumerate(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
