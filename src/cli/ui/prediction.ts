import type { PredictSummary } from "../../app/predict.ts";
import type { PredictionNotes } from "../../app/prediction-notes.ts";
import { displayWidth, pad, truncate, wrap } from "./display-width.ts";
import { formatCount, formatNumber, plural } from "../../report/format.ts";
import type { Paint } from "./paint.ts";
import { fileName } from "./paths.ts";
import { printable } from "./printable.ts";

type Prediction = Pick<PredictSummary, "rows" | "out" | "reading" | keyof PredictionNotes>;

/** Names listed before the rest is only counted. */
const listed = 8;

export function renderPrediction(
  summary: Prediction,
  view: {
    readonly data: string;
    readonly width: number;
    readonly paint: Paint;
  },
): string {
  const rows = plural(summary.rows, "row");
  const names = [fileName(view.data), ...(summary.out === null ? [] : [fileName(summary.out)])];
  const labels = names.map((name) => truncate(printable(name), 40));
  const column = Math.max(...labels.map(displayWidth)) + 3;
  const fact = (i: number, text: string): string => `  ${pad(labels[i]!, column, "left")}${text}`;
  const { warning } = view.paint;
  const notes = [
    ...(summary.reading ?? []).map(printable),
    ...summary.unreadable.map(unreadableNote),
    ...summary.unseen.map(unseenNote),
    ...summary.outside.map(outsideNote),
    ...(summary.empty === null ? [] : [emptyNote(summary.empty)]),
  ].flatMap((text) => wrap(text, view.width - 3));
  const lines = [
    fact(0, rows),
    ...wrap(matchedNote(summary), view.width - 3).map((line) => `  ${line}`),
    ...notes.map((line) => `  ${warning(line)}`),
    ...(summary.out === null ? [] : [fact(1, `${rows}: prediction`)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** A file that lacks a column of the model gives no prediction at all, so all of them matched. */
function matchedNote({ matched, extra }: Prediction): string {
  const found = `matched ${formatCount(matched)} of ${plural(matched, "column")}.`;
  if (extra.length === 0) return found;
  return `${found}  ${formatCount(extra.length)} extra ignored: ${nameList(extra)}`;
}

function unseenNote({ column, levels, rows, examples }: Prediction["unseen"][number]): string {
  const some = examples.map(short).join(", ");
  const more = levels > examples.length ? ", ..." : "";
  const example = some === "" ? "" : ` (${some}${more})`;
  const count = plural(levels, "level");
  return `${short(column)}: ${count} never seen in training, ${plural(rows, "row")}${example}`;
}

/** How the value of a cell is called, by the type it was read as. */
const values = {
  numeric: "a number",
  boolean: "true or false",
  date: "a date",
  category: "a category",
  text: "text",
} as const;

function unreadableNote({ column, type, cells }: Prediction["unreadable"][number]): string {
  return `${short(column)}: ${plural(cells, "cell")} cannot be read as ${values[type]}: treated as missing`;
}

function outsideNote({ column, rows, kind, low, high }: Prediction["outside"][number]): string {
  const text = kind === "date" ? dateText : (value: number): string => formatNumber(value, 6);
  const range = `${text(low)} ... ${text(high)}`;
  return `${short(column)}: ${plural(rows, "row")} outside ${range}: prediction is an extrapolation`;
}

function emptyNote({ rows, examples }: NonNullable<Prediction["empty"]>): string {
  const numbers = `${examples.map(formatCount).join(", ")}${rows > examples.length ? ", ..." : ""}`;
  const which = `${plural(rows, "row is", "rows are")} empty in every column of the model (${numbers})`;
  return `${which}: the prediction rests on nothing`;
}

/** Milliseconds since 1970 as a day, with the time of day where there is one. */
function dateText(milliseconds: number): string {
  const [day = "", time = ""] = new Date(milliseconds).toISOString().split(/[T.Z]/);
  return time === "00:00:00" ? day : `${day} ${time}`;
}

function nameList(names: readonly string[]): string {
  const some = names.slice(0, listed).map(short).join(", ");
  return names.length > listed ? `${some} and ${formatCount(names.length - listed)} more` : some;
}

function short(name: string): string {
  return truncate(printable(name), 30);
}
