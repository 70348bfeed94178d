import { byStrength, findProfile, type ColumnProfile } from "../../data/profile/profile.ts";
import { defaultFeature } from "../../preprocess/complete.ts";
import { FeatureMakers } from "../script/feature-groups.ts";
import { featureList } from "../script/feature-list.ts";
import { fileName } from "../script/file-name.ts";
import { countText } from "../script/number-text.ts";
import { lines, targetStatement } from "../script/script-view.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { readingFields, readingNotes } from "../script/reading-notes.ts";
import { commentLines, commentText, nameText, phrase } from "../syntax/comment-text.ts";
import { call, fields, layout, literal, name, type Expression } from "../syntax/expression.ts";
import { textWidth } from "../syntax/text-width.ts";
import { Code, renderTemplate, type TemplateValue } from "../templates.ts";
import type { ExploreInput } from "./explore-input.ts";
import { frameView } from "./frame-view.ts";
import { relationWords } from "./profile-words.ts";

/** Columns that are shown on a line of their own. */
const mostColumnLines = 25;
/** A wider name makes no line to read. */
const widestName = 56;

/**
 * The exploration of a table as a script of the public vocabulary. Pure: the same input gives the same bytes. Its file
 * is read as the run read it.
 */
export function renderExplore(input: ExploreInput): string {
  return renderTemplate("script/explore.ts.hbs", { ...exploreView(input), ...frameView(input) });
}

function exploreView(input: ExploreInput): { readonly [key: string]: TemplateValue } {
  const { data, columns, target, profile, splitPath } = input;
  const features = columns
    .filter(({ role }) => role === "feature")
    .map((column) => defaultFeature(column));
  const makers = new FeatureMakers();
  const list = featureList(features, columns, { makers, hint: false });
  const format = columns.find((column) => column.name === target.name)?.format;
  const spec = { column: target.name, transform: "none" as const };
  const shown = shownColumns(input);
  const pair = pairOf(input);
  return {
    dataFile: nameText(fileName(data.path)),
    toolVersion: input.toolVersion,
    isRun: splitPath !== null,
    splitPath,
    imports: new Code(importLine(input)),
    makers: lines(list.makers),
    features: lines(list.lines),
    targetNotes: lines(targetNotes(input)),
    target: new Code(
      targetStatement({ target: format === undefined ? spec : { ...spec, format } }),
    ),
    table: new Code(tableStatement(input)),
    options: new Code(layout(rowOptions(input), 0, 40, 2)),
    columnLines: lines(alignNotes(shown.map((column) => columnLine(column)))),
    columnNotes: lines(restNotes(profile.columns.length - 1 - shown.length)),
    pair: pair === null ? null : lines([statement(pairCall(input, pair))]),
    values: pair === null ? null : lines(valueLines(input, pair)),
  };
}

function importLine({ splitPath, frame }: ExploreInput): string {
  const names = ["column", "explore", "readTable", "show", "target"];
  if (splitPath !== null) names.push("split");
  if (frame === "danfo") names.push("toDanfo");
  return `import { ${names.sort().join(", ")} } from "glassbox-automl";`;
}

function targetNotes({ target, data }: ExploreInput): string[] {
  const left =
    data.rowsWithoutTarget === 0
      ? ""
      : ` ${countText(data.rowsWithoutTarget, "row")} without a value of it are left out.`;
  return commentLines(`The target: ${phrase(target.why)}.${left}`, "// ", 100);
}

function tableStatement({ dataPath, data }: ExploreInput): string {
  const start = "const table = await ";
  const settings = fields(
    [
      ["features", name("features")],
      ["target", name("outcome")],
      ...readingFields(data),
      ["sha256", literal(data.sha256)],
    ],
    true,
  );
  const code = layout(call("readTable", literal(dataPath), settings), 0, start.length, 1);
  return [...readingNotes(data), `${start}${code};`].join("\n");
}

/** `{ rows: parts.training, seed: 1 }`: written out, because tslab loses variables in shorthand properties. */
function rowOptions({ splitPath, profile }: ExploreInput): Expression {
  return fields([
    ...(splitPath === null ? [] : [["rows", name("parts.training")] as const]),
    ["seed", literal(profile.seed)],
  ]);
}

/** Columns with a line of their own: the strongest relations, with names that make a line. */
export function shownColumns({ profile }: Pick<ExploreInput, "profile">): ColumnProfile[] {
  return byStrength(profile)
    .filter((column) => column.shape !== null && isShortName(column.name))
    .slice(0, mostColumnLines);
}

function isShortName(text: string): boolean {
  return textWidth(flatName(text)) <= widestName;
}

function flatName(text: string): string {
  return layout(literal(text), 0, 0, 0);
}

function columnLine(column: ColumnProfile): { code: string; note: string } {
  const shown = call("explore.column", name("data"), literal(column.name));
  return { code: statement(call("show", shown)), note: relationWords(column.relation!) };
}

function restNotes(rest: number): string[] {
  if (rest <= 0) return [];
  const text = `${countText(rest, "more column")}: show(explore.column(data, "…")) shows any of them.`;
  return commentLines(text, "// ", 100);
}

/** The column of numbers that goes with the target most. */
function pairOf({ profile }: ExploreInput): ColumnProfile | null {
  const found = byStrength(profile).find(
    (column) => column.type === "numeric" && isShortName(column.name),
  );
  return found === undefined || !isShortName(profile.target ?? "") ? null : found;
}

function pairCall(input: ExploreInput, { name: column }: ColumnProfile): Expression {
  const target = literal(input.profile.target ?? "");
  const pair = call("explore.pair", name("table"), literal(column), target, rowOptions(input));
  return call("show", pair);
}

function valueLines({ splitPath }: ExploreInput, { name: column }: ColumnProfile): string[] {
  const rows = splitPath === null ? "" : ", parts.training";
  const text = `const values = explore.values(table, ${flatName(commentText(column))}${rows});`;
  return textWidth(text) > 110 ? [] : [`// ${text}`];
}

function statement(expression: Expression): string {
  return `${layout(expression, 0, 0, 1)};`;
}

/** The profile of the target. */
export function targetProfile({ profile, target }: ExploreInput): ColumnProfile | undefined {
  return findProfile(profile, target.name);
}
