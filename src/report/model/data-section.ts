import type { CheckRecord, ColumnRecord, RunRecord } from "../../core/run-record.ts";
import { isConverted } from "../../core/schema.ts";
import type { SplitSpec } from "../../core/split.ts";
import { byImportance } from "../../data/checks/code-table.ts";
import { formatCount, formatPercent, plural } from "../format.ts";
import { type ShortNames, visibleName } from "../names.ts";
import type { ReportContext } from "./context.ts";
import { buildProfile } from "./profile-section.ts";
import type { CheckModel, ColumnModel, DataModel, Fact } from "./report-model.ts";
import { fileName } from "./summary.ts";

/** What this part of a page is made from: a report has more, the page of an exploration nothing else. */
export interface DataContext {
  readonly names: ShortNames;
  readonly sentence: (text: string) => string;
  readonly record: Pick<RunRecord, "data" | "target" | "columns" | "checks"> & {
    /** Null where nothing was drawn. */
    readonly seed: number | null;
  };
}

/** The data: what was read, what each column is and why, what was left out, how the rows were divided. */
export function buildData(context: ReportContext): DataModel {
  const { record, input } = context;
  const profile = input.profile ?? null;
  const isShown = profile !== null && !(profile.samples && context.noSamples);
  const part =
    record.split.test > 0 ? "{rows} of the training part; the test rows stay closed" : "{rows}";
  return {
    ...buildReading(context),
    split: {
      text: splitText(record.split),
      why: context.sentence(record.split.why),
      parts: splitParts(record.split),
    },
    // A profile with cell values is not for a page without them.
    profile: isShown ? buildProfile(profile, context.names, part) : null,
  };
}

/** What was read, what each column is and why, what was left out. */
export function buildReading(
  context: DataContext,
): Pick<DataModel, "facts" | "readingNotes" | "leftOut" | "converted" | "checks" | "columns"> {
  const { record } = context;
  return {
    facts: dataFacts(context),
    readingNotes: (record.data.notes ?? []).map((note) => context.sentence(note)),
    leftOut: record.columns
      .filter((column) => column.role !== "feature" && column.role !== "target")
      .map((column) => ({
        name: context.names.of(column.name),
        role: column.role,
        reason: context.sentence(column.reason),
      })),
    converted: record.columns
      .filter(
        (column) => (column.role === "feature" || column.role === "target") && isConverted(column),
      )
      .map((column) => ({
        name: context.names.of(column.name),
        type: column.type,
        reason: context.sentence(column.reason),
      })),
    checks: byImportance(record.checks).map((check) => checkModel(check, context)),
    columns: record.columns.map((column) => columnModel(column, context)),
  };
}

/** Columns and rows named in a finding; run.json has them all. */
const namedColumns = 20;

function checkModel(check: CheckRecord, context: DataContext): CheckModel {
  const { columns = [], rows = [], column } = check;
  const names = columns.slice(0, namedColumns).map((name) => context.names.of(name));
  const more = columns.length - names.length;
  return {
    code: check.code,
    severity: check.severity,
    // Most messages name their column; the others get it in front.
    column: column === null || check.message.includes(column) ? null : context.names.of(column),
    message: context.sentence(check.message),
    action: context.sentence(check.action),
    evidence: context.sentence(check.evidence ?? ""),
    columns:
      columns.length < 2
        ? ""
        : `${names.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`,
    rows: rows.join(", "),
  };
}

function dataFacts(context: DataContext): Fact[] {
  const { record } = context;
  const { data } = record;
  return [
    {
      label: "File",
      text: context.sentence(fileName(data.path)),
      note: `SHA-256 ${data.sha256.slice(0, 12)}…`,
    },
    {
      label: "Rows",
      text: formatCount(data.rows),
      note: rowsNote(data),
    },
    {
      label: "Columns",
      text: formatCount(data.columns),
      note: plural(record.columns.filter((column) => column.role === "feature").length, "feature"),
    },
    {
      label: "Target",
      text: context.names.of(record.target.name),
      note: context.sentence(record.target.why),
    },
    ...(record.seed === null ? [] : [{ label: "Seed", text: String(record.seed) }]),
    ...fileFacts(context),
  ];
}

function rowsNote(data: RunRecord["data"]): string {
  const { rowsWithoutTarget, sampledFraction, fileRows, brokenRows = 0 } = data;
  const notes: string[] = [];
  if (rowsWithoutTarget > 0)
    notes.push(`${plural(rowsWithoutTarget, "row")} without a target left out`);
  if (brokenRows > 0) {
    notes.push(
      `${plural(brokenRows, "row")} left out that ${brokenRows === 1 ? "does" : "do"} not fit the header`,
    );
  }
  if (sampledFraction < 1) {
    const all = fileRows === undefined ? "the file" : `the ${plural(fileRows, "row")} of the file`;
    notes.push(`a sample of ${formatPercent(sampledFraction)} of ${all}, drawn by their numbers`);
  }
  return notes.length === 0 ? "every row has a target" : notes.join("; ");
}

function fileFacts({ record, sentence }: DataContext): Fact[] {
  const { files = [] } = record.data;
  if (files.length < 2) return [];
  return [{ label: "Files", text: formatCount(files.length), note: sentence(files.join(", ")) }];
}

function splitText(split: SplitSpec): string {
  const rest = 1 - split.test;
  const training =
    split.folds > 1
      ? `${plural(split.folds, "fold")}${split.repeats > 1 ? `, repeated ${split.repeats} times` : ""}`
      : `one validation part of ${formatPercent(split.validation ?? 0, 0)}`;
  const test =
    split.test > 0
      ? `${formatPercent(split.test, 0)} of the rows put aside as the test part`
      : "no test part";
  return `${test}; ${formatPercent(rest, 0)} for training in ${training}; ${howText(split)}`;
}

function howText(split: SplitSpec): string {
  switch (split.kind) {
    case "random": {
      const how = split.stratify ? "stratified by the target" : "at random";
      const copies = split.copies === undefined ? "" : ", copies of a row together";
      return `${how}${copies}, seed ${split.seed}`;
    }
    case "time":
      return "in the order of time, each part after the rows that its model is fitted on";
    case "group":
      return `whole groups in every part, seed ${split.seed}`;
    case "column":
      return split.seed === undefined
        ? "as a column says"
        : `as a column says, folds at random, seed ${split.seed}`;
  }
}

function splitParts(split: SplitSpec): NonNullable<DataModel["split"]>["parts"] {
  const rest = 1 - split.test;
  const parts: { kind: "fold" | "test" | "train" | "validation"; share: number }[] = [];
  if (split.folds > 1) {
    const shown = Math.min(split.folds, 20);
    // By time the oldest rows are in no fold's validation part.
    const validated = split.kind === "time" ? rest * split.validation : rest;
    if (validated < rest) parts.push({ kind: "train", share: rest - validated });
    for (let i = 0; i < shown; i++) parts.push({ kind: "fold", share: validated / shown });
  } else {
    const validation = Math.min(rest, split.validation ?? 0);
    parts.push(
      { kind: "train", share: rest - validation },
      { kind: "validation", share: validation },
    );
  }
  if (split.test > 0) parts.push({ kind: "test", share: split.test });
  return parts;
}

function columnModel(column: ColumnRecord, context: DataContext): ColumnModel {
  const name = context.names.of(column.name);
  const all = context.record.data.rows + context.record.data.rowsWithoutTarget;
  const share = all > 0 ? column.missing / all : 0;
  return {
    name,
    ...(name === column.name ? {} : { full: visibleName(column.name) }),
    type: column.type,
    role: column.role,
    reason: context.sentence(column.reason),
    missing: {
      text: column.missing === 0 ? "0" : `${formatCount(column.missing)} (${formatPercent(share)})`,
      value: column.missing,
    },
    distinct: { text: formatCount(column.distinct), value: column.distinct },
  };
}
