import { notebookFile, type Kernel } from "../notebook/notebook-file.ts";
import { columnsOutput, type RecordedOutput } from "../notebook/recorded-outputs.ts";
import { textTable } from "../notebook/text-table.ts";
import { fileName } from "../script/file-name.ts";
import { nameText } from "../syntax/comment-text.ts";
import { renderTemplate } from "../templates.ts";
import type { ProfileDisplay } from "./display.ts";
import type { ExploreInput } from "./explore-input.ts";
import { describeAssociations, describeColumn, describeProfile } from "./profile-displays.ts";
import { renderExplore, shownColumns, targetProfile } from "./render-explore.ts";

/** The exploration as a notebook: explore.ts cut at its headings, with texts and charts of the recorded profile. Pure. */
export function renderExploreNotebook(
  input: ExploreInput,
  options: { readonly kernel: Kernel; readonly script?: string },
): string {
  const { kernel } = options;
  const title = renderTemplate("notebook/explore-title.md.hbs", {
    deno: kernel === "deno",
    dataFile: nameText(fileName(input.data.path)),
    toolVersion: input.toolVersion,
  });
  return notebookFile({
    title: title.trimEnd(),
    script: options.script ?? renderExplore(input),
    kernel,
    outputsOf: (code) => outputsOf(code, input),
  });
}

function outputsOf(code: string, input: ExploreInput): RecordedOutput[] {
  const { profile, target, columns } = input;
  const has = (line: string): boolean => code.split("\n").includes(line);
  if (has("show(table);")) {
    const features = columns.filter(({ role }) => role === "feature").map(({ name }) => name);
    return [columnsOutput(input, features, target.name)];
  }
  if (has("show(data);")) return recorded(describeProfile(profile));
  if (has("show(explore.column(data, outcome.column));")) {
    const found = targetProfile(input);
    return found === undefined ? [] : recorded(describeColumn(profile, found));
  }
  if (has("show(explore.associations(data));")) return recorded(describeAssociations(profile));
  const isColumns = code.startsWith("show(explore.column(data, ");
  if (!isColumns) return [];
  return shownColumns(input).flatMap((column) => recorded(describeColumn(profile, column)));
}

/** Text and chart as `show` sends them: one below the other. */
function recorded({ title, table, notes, chart }: ProfileDisplay): RecordedOutput[] {
  const text = [
    title,
    ...(table === undefined ? [] : textTable([table.head, ...table.rows], table.right)),
    ...notes,
  ];
  return [{ text }, ...(chart === undefined ? [] : [{ text: ["[chart]"], chart }])];
}
