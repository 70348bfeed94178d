import type { ColumnRecord } from "../../core/run-record.ts";
import type { SplitSpec } from "../../core/split.ts";
import { formatCount, formatPercent, plural } from "../format.ts";
import { visibleName } from "../names.ts";
import type { ReportContext } from "./context.ts";
import type { ColumnModel, DataModel, Fact } from "./report-model.ts";
import { fileName } from "./summary.ts";

/** The data: what was read, what each column is and why, what was left out, how the rows were divided. */
export function buildData(context: ReportContext): DataModel {
  const { record } = context;
  return {
    facts: dataFacts(context),
    split: {
      text: splitText(record.split),
      why: context.sentence(record.split.why),
      parts: splitParts(record.split),
    },
    leftOut: record.columns
      .filter((column) => column.role !== "feature" && column.role !== "target")
      .map((column) => ({
        name: context.names.of(column.name),
        role: column.role,
        reason: context.sentence(column.reason),
      })),
    checks: record.checks.map((check) => ({
      code: check.code,
      severity: check.severity,
      // Most messages name their column; the others get it in front.
      column:
        check.column === null || check.message.includes(check.column)
          ? null
          : context.names.of(check.column),
      message: context.sentence(check.message),
      action: context.sentence(check.action),
    })),
    columns: record.columns.map((column) => columnModel(column, context)),
  };
}

function dataFacts(context: ReportContext): Fact[] {
  const { record } = context;
  const { data } = record;
  const without = data.rowsWithoutTarget;
  return [
    {
      label: "File",
      text: context.sentence(fileName(data.path)),
      note: `SHA-256 ${data.sha256.slice(0, 12)}…`,
    },
    {
      label: "Rows",
      text: formatCount(data.rows),
      note: rowsNote(without, data.sampledFraction),
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
    { label: "Seed", text: String(record.seed) },
  ];
}

function rowsNote(withoutTarget: number, sampledFraction: number): string {
  const notes: string[] = [];
  if (withoutTarget > 0) notes.push(`${plural(withoutTarget, "row")} without a target left out`);
  if (sampledFraction < 1) notes.push(`a sample of ${formatPercent(sampledFraction)} of the file`);
  return notes.length === 0 ? "every row has a target" : notes.join("; ");
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
  const how = split.stratify ? "stratified by the target" : "at random";
  return `${test}; ${formatPercent(rest, 0)} for training in ${training}; ${how}, seed ${split.seed}`;
}

function splitParts(split: SplitSpec): DataModel["split"]["parts"] {
  const rest = 1 - split.test;
  const parts: { kind: "fold" | "test" | "train" | "validation"; share: number }[] = [];
  if (split.folds > 1) {
    const shown = Math.min(split.folds, 20);
    for (let i = 0; i < shown; i++) parts.push({ kind: "fold", share: rest / shown });
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

function columnModel(column: ColumnRecord, context: ReportContext): ColumnModel {
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
