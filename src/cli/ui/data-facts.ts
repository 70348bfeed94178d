import type { TrainEvent } from "../../core/events.ts";
import type { CheckRecord, ColumnRecord } from "../../core/run-record.ts";
import type { ColumnType } from "../../core/table.ts";
import { byImportance } from "../../data/checks/code-table.ts";
import { displayWidth, truncate } from "./display-width.ts";
import type { Fact } from "./facts.ts";
import { joinSentences } from "../../report/check-words.ts";
import { shellWord } from "../../report/commands.ts";
import { formatCount, formatPercent, plural } from "../../report/format.ts";
import { formatClock } from "./number-format.ts";
import { fileName } from "./paths.ts";
import { printable } from "./printable.ts";

/** What was read and decided before anything is trained, as facts to print. */

type EventOf<T extends TrainEvent["type"]> = Extract<TrainEvent, { type: T }>;

const typeNames: { readonly [K in ColumnType]: readonly [one: string, many: string] } = {
  numeric: ["numeric", "numeric"],
  category: ["category", "categories"],
  boolean: ["yes or no", "yes or no"],
  date: ["date", "dates"],
  text: ["text", "texts"],
};

/** Names longer than this are cut in lists. */
const nameWidth = 30;
/** Dropped columns and findings listed before the rest is only counted. */
const listed = 8;
const listedChecks = 3;

export function dataFact(event: EventOf<"data-read">): Fact {
  const size = `${plural(event.rows, "row")}, ${plural(event.columns, "column")}`;
  const isSample = event.rows < event.fileRows;
  const sample = `a sample, ${formatPercent(event.rows / event.fileRows)} of ${plural(event.fileRows, "row")}, drawn by their numbers`;
  return {
    label: printable(fileName(event.path)),
    lines: [
      `${size}, ${printable(event.format)}`,
      ...(isSample ? [sample] : []),
      ...cutList(event.notes.map(printable)),
    ],
    note: formatClock(event.seconds),
    noteRight: true,
  };
}

export function targetFact(event: EventOf<"target">): Fact {
  const line = `${shortName(event.name)}  (${printable(event.why)})`;
  // A name that looks like a flag makes no line to paste.
  return event.runnerUp === null || event.runnerUp.startsWith("-")
    ? { label: "target", lines: [line] }
    : {
        label: "target",
        lines: [line],
        note: `other: --target ${printable(shellWord(event.runnerUp))}`,
      };
}

/** Features by type, then what was left out with its reason; `room` is the width of two lines of names. */
export function columnFacts(columns: readonly ColumnRecord[], room: number): Fact[] {
  const features = columns.filter((column) => column.role === "feature");
  const lines = (Object.keys(typeNames) as ColumnType[]).flatMap((type) => {
    const some = features.filter((column) => column.type === type);
    if (some.length === 0) return [];
    const [one, many] = typeNames[type];
    const head = `${formatCount(some.length)} ${some.length === 1 ? one : many}`;
    const names = some.map((column) =>
      type === "category"
        ? `${shortName(column.name)} ${formatCount(column.distinct)}`
        : shortName(column.name),
    );
    return [`${head} (${listNames(names, 2 * room - displayWidth(head) - 8)})`];
  });
  if (lines.length === 0) lines.push("none");
  const dropped = columns.filter((column) => column.role !== "feature" && column.role !== "target");
  if (dropped.length === 0) return [{ label: "columns", lines, note: "nothing dropped" }];
  return [
    { label: "columns", lines, note: `${formatCount(dropped.length)} dropped` },
    { label: "dropped", lines: cutList(dropped.map(droppedLine)) },
  ];
}

function droppedLine(column: ColumnRecord): string {
  return `${shortName(column.name)}: ${printable(column.reason)}`;
}

/** The findings that matter most; all of them stand in the report, with what they rest on. */
export function checksFact(checks: readonly CheckRecord[]): Fact | undefined {
  if (checks.length === 0) return undefined;
  const lines = byImportance(checks)
    .slice(0, listedChecks)
    .map((check) => printable(joinSentences(check.message, check.action)));
  const rest = checks.length - lines.length;
  return {
    label: "checks",
    lines: rest > 0 ? [...lines, `and ${formatCount(rest)} more in the report`] : lines,
  };
}

export function rowsFact(event: EventOf<"split">): Fact {
  const { spec, training, test } = event;
  const repeats = spec.repeats > 1 ? ` x ${spec.repeats}` : "";
  const validated =
    spec.folds > 1
      ? ` training in ${spec.folds} folds${repeats}`
      : ` training, ${formatPercent(spec.validation ?? 0, 0)} of them for validation`;
  const tested = test > 0 ? `${formatCount(test)} test, put aside` : "no test part";
  const counts = `${formatCount(training)}${validated}, ${tested}`;
  const lines = spec.kind === "random" ? [counts] : [counts, printable(event.why)];
  return "seed" in spec && spec.seed !== undefined
    ? { label: "rows", lines, note: `seed ${spec.seed}` }
    : { label: "rows", lines };
}

/** The sentence before the progress bar. */
export function limitsLine(event: EventOf<"started">): string {
  const limits: string[] = [];
  if (event.seconds !== null) limits.push(formatLimit(event.seconds));
  if (event.trials !== null) limits.push(plural(event.trials, "trial"));
  const budget = limits.length > 0 ? `${limits.join(" or ")} at most, ` : "";
  const workers = plural(event.workers, "worker");
  return `${budget}${workers}. Ctrl-C stops early and keeps everything.`;
}

function formatLimit(seconds: number): string {
  return Number.isInteger(seconds) && seconds < 120 ? `${seconds} s` : formatClock(seconds);
}

function shortName(name: string): string {
  return truncate(printable(name), nameWidth);
}

/** As many names as fit into `room` cells, then how many more there are. */
function listNames(names: readonly string[], room: number): string {
  let text = "";
  for (const [i, name] of names.entries()) {
    const longer = i === 0 ? name : `${text}, ${name}`;
    const more = names.length - i - 1;
    const tail = more > 0 ? `, ${formatCount(more)} more` : "";
    if (i > 0 && displayWidth(longer) + displayWidth(tail) > room)
      return `${text}, ${formatCount(names.length - i)} more`;
    text = longer;
  }
  return text;
}

function cutList(lines: readonly string[]): string[] {
  if (lines.length <= listed) return [...lines];
  const rest = lines.length - listed;
  return [...lines.slice(0, listed), `and ${formatCount(rest)} more, in the report`];
}
