import type { Exploration } from "../../app/explore.ts";
import type { TrainEvent } from "../../core/events.ts";
import type { ColumnRecord } from "../../core/run-record.ts";
import { findProfile, type Relation } from "../../data/profile/profile.ts";
import { shellWord } from "../../report/commands.ts";
import { formatCount, formatFixed, formatPercent } from "../../report/format.ts";
import { checksFact, dataFact, targetFact } from "./data-facts.ts";
import { displayWidth, pad, truncate, wrap } from "./display-width.ts";
import { factLines, textColumn, type Fact } from "./facts.ts";
import { runPath } from "./next-steps.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./table.ts";

/** Columns that are listed; the page has all. */
const mostColumns = 40;
const nameWidth = 20;

interface ExplorationView {
  readonly width: number;
  readonly workingDirectory: string;
  readonly command: string;
  /** The file as the user named it. */
  readonly data: string;
}

/** What was found, in the order in which one asks: the file, the target, findings, every column, where to go on. */
export function renderExploration(
  exploration: Exploration,
  events: readonly TrainEvent[],
  view: ExplorationView,
): string {
  const facts = events.flatMap(factsOf);
  const column = textColumn(facts[0]?.label ?? "");
  const lines = [
    "",
    ...facts.flatMap((fact) => factLines(fact, column, view.width)),
    "",
    ...columnLines(exploration, rowsRead(exploration, events), view.width),
    "",
    ...nextLines(exploration, view),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Missing cells were counted over all rows that were read, those without a target among them. */
function rowsRead({ profile }: Exploration, events: readonly TrainEvent[]): number {
  const read = events.find((event) => event.type === "data-read");
  return read === undefined ? profile.rows : read.rows;
}

function factsOf(event: TrainEvent): Fact[] {
  if (event.type === "data-read") return [dataFact(event)];
  if (event.type === "target") return [targetFact(event)];
  const checks = event.type === "checks" ? checksFact(event.checks) : undefined;
  return checks === undefined ? [] : [checks];
}

/** A line or two for each column: what it is, what goes with the target, and why it was read so. */
function columnLines(
  { columns, profile, target }: Exploration,
  rows: number,
  width: number,
): string[] {
  const shown = columns.slice(0, mostColumns);
  const cells = shown.map((column) => {
    const relation = findProfile(profile, column.name)?.relation ?? null;
    return [
      truncate(printable(column.name), nameWidth),
      column.role === "feature" ? column.type : column.role,
      missingText(column, rows),
      relation === null ? "" : shortRelation(relation),
    ];
  });
  const goal = target === null ? "" : truncate(`with ${printable(target.name)}`, 16);
  const [head = "", ...lines] = tableLines(
    [
      { title: "column", align: "left" },
      { title: "type", align: "left" },
      { title: "missing", align: "right" },
      { title: goal, align: "left" },
    ],
    cells,
  );
  const start = Math.max(...[head, ...lines].map(displayWidth)) + 3;
  let isCut = false;
  const told = lines.flatMap((line, i) => {
    const reason = wrap(printable(shown[i]!.reason), Math.max(24, width - start));
    if (reason.length > 2) isCut = true;
    const cut = reason.length > 2 ? [reason[0]!, `${reason[1]!} …`] : reason;
    return (cut.length === 0 ? [""] : cut).map((text, n) =>
      `${pad(n === 0 ? line : "", start, "left")}${text}`.trimEnd(),
    );
  });
  const rest = columns.length - shown.length;
  const more = rest > 0 ? [`  and ${formatCount(rest)} more, in the page`] : [];
  const legend = [
    ...(target === null
      ? []
      : relationLegend(
          cells.map((row) => row[3]!),
          goal,
        )),
    ...(isCut ? ["…: the whole reason stands in the page"] : []),
  ];
  return [
    `${pad(head, start, "left")}why`,
    ...told,
    ...more,
    ...(legend.length === 0 ? [] : ["", ...legend.flatMap((line) => indented(line, width))]),
  ];
}

/** What the numbers below "with the target" are; there are two kinds. */
function relationLegend(texts: readonly string[], goal: string): string[] {
  const shares = texts.some((text) => text.endsWith("%"));
  const ranks = texts.some((text) => /[0-9]$/.test(text));
  const kinds = [
    ...(ranks ? ["numbers like 0.71 are correlations of ranks, −1 to 1"] : []),
    ...(shares
      ? ["shares like 16 % are the part of its variance that the column alone explains"]
      : []),
  ];
  return kinds.length === 0 ? [] : [`${goal}: ${kinds.join("; ")}`];
}

function indented(text: string, width: number): string[] {
  return wrap(text, width - 4).map((line) => `  ${line}`);
}

/** "0.71" and "-0.36" are rank correlations, "16 %" is the share of the target that levels explain. */
function shortRelation({ spearman, ratio, strength }: Relation): string {
  if (strength < 0.05) return "–";
  if (spearman === null || Math.abs(spearman) < ratio / 2) return formatPercent(ratio ** 2, 0);
  return formatFixed(spearman, 2);
}

function missingText({ missing }: ColumnRecord, rows: number): string {
  return missing === 0 ? "0" : `${formatCount(missing)} (${formatPercent(missing / rows, 0)})`;
}

function nextLines({ directory, files, target }: Exploration, view: ExplorationView): string[] {
  const folder = runPath(directory, view.workingDirectory);
  const { command, data } = view;
  const rows = [
    ["page", `${folder}/explore.html`],
    ...(files.includes("explore.ts")
      ? [["script", `${command} run ${shellWord(`${folder}/explore.ts`)}`]]
      : []),
    ...(target === null || target.name.startsWith("-")
      ? []
      : [["train", `${command} train ${shellWord(data)} --target ${shellWord(target.name)}`]]),
  ];
  const columns = [1, 2].map(() => ({ title: "", align: "left" as const }));
  return tableLines(columns, rows).map(printable);
}
