import type { ExampleCell } from "../../core/run-record.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import { inputColumns } from "../../preprocess/features/feature-specs.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { shorten } from "../syntax/comment-text.ts";
import { layoutField, literal } from "../syntax/expression.ts";
import { propertyKey } from "../syntax/literals.ts";
import { textWidth } from "../syntax/text-width.ts";
import { mostSingleLines } from "./feature-list.ts";

/** A row with more or wider names than this is no example to read: the script predicts the table instead. */
const widestName = 60;

const longestText = 48;

/** A column that a row holds: of a feature line, or only read by an expression. */
interface Input {
  readonly column: string;
  readonly kind: FeatureSpec["kind"];
}

/**
 * The lines of the row literal that the script predicts, one per column; null when the table is too wide for one. Cells
 * that are not given, or not of the column's type, are null: a missing cell.
 */
export function exampleLines(
  features: readonly FeatureSpec[],
  example: readonly ExampleCell[] | null,
): string[] | null {
  const inputs = inputsOf(features);
  const tooWide = inputs.some(({ column }) => textWidth(propertyKey(column)) > widestName);
  if (tooWide || inputs.length === 0 || inputs.length > mostSingleLines) return null;
  const cells = new Map(example?.map(({ column, value }) => [column, value]));
  const lines = inputs.map(({ column, kind }) => ({
    code: `${layoutField(column, literal(typedCell(kind, cells.get(column) ?? null)), 2)},`,
    note: example === null ? placeholder(kind) : "",
  }));
  return alignNotes(lines);
}

function inputsOf(features: readonly FeatureSpec[]): Input[] {
  const read = features.filter(({ kind }) => kind !== "derived");
  const names = new Set(read.map(({ column }) => column));
  const computedFrom = inputColumns(features).filter((column) => !names.has(column));
  return [...read, ...computedFrom.map((column) => ({ column, kind: "derived" as const }))];
}

function typedCell(kind: Input["kind"], value: ExampleCell["value"]): ExampleCell["value"] {
  switch (kind) {
    case "numeric":
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "category":
    case "date":
      return typeof value === "string" && value.length <= longestText ? value : null;
    case "derived":
      return typeof value === "string" && value.length > longestText ? null : value;
    case "text":
      return typeof value === "string" ? shorten(value, longestText) : null;
  }
}

function placeholder(kind: Input["kind"]): string {
  switch (kind) {
    case "numeric":
      return "a number";
    case "boolean":
      return "true or false";
    case "category":
      return "a level of the column";
    case "date":
      return "a date, written as in the file";
    case "text":
      return "text";
    case "derived":
      return "what the computed columns take";
  }
}
