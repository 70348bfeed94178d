import type { Rows } from "../../core/split.ts";
import { sharedInt32, type Table } from "../../core/table.ts";
import type { TargetSpec } from "../../core/trial-spec.ts";
import { trialShapley } from "../../explain/trial-shapley.ts";
import { transformWords } from "../../report/model/parameter-words.ts";
import type { OpenedFit } from "./fit.ts";
import { tableOfRow } from "./row-table.ts";

/** How much each column moves each prediction. Columns are those of the table, and derived ones. */
export interface Shapley {
  readonly kind: "shapley";
  readonly columns: readonly string[];
  readonly rows: number;
  /** Row by row: column c of row r is `values[r * columns.length + c]`. */
  readonly values: Float64Array;
  /** The prediction when no column is known. */
  readonly expected: number;
  /** One per row: `expected` and the row's values, added up. */
  readonly predictions: Float64Array;
  /** What all these numbers are: the target, or "log of" it when that is what the model predicts. */
  readonly scale: string;
}

/** Of one row, or of rows of a table: all when none are given. */
export function shapleyOf(opened: OpenedFit, of: object, rows: Rows | undefined): Shapley {
  const { fitted, spec } = opened;
  const table = isTable(of) ? of : tableOfRow(of, spec);
  const index = (isTable(of) ? rows?.index : undefined) ?? allRows(table);
  const { columns, values, expected, link } = trialShapley(fitted, table, index);
  const predictions = new Float64Array(index.length);
  for (let r = 0; r < index.length; r++) {
    let sum = expected;
    for (let c = 0; c < columns.length; c++) sum += values[r * columns.length + c]!;
    predictions[r] = sum;
  }
  const scale = scaleOf(spec.target, link);
  return { kind: "shapley", columns, rows: index.length, values, expected, predictions, scale };
}

function scaleOf({ column, transform }: TargetSpec, link: "identity" | "log"): string {
  const learned = transform === "none" ? column : `${transformWords[transform]} of ${column}`;
  return link === "log" ? `log of ${learned}` : learned;
}

/** A row may have a column of any name, but none of its values is a list. */
function isTable(of: object): of is Table {
  return "columns" in of && Array.isArray(of.columns);
}

function allRows(table: Table): Rows["index"] {
  const rows = sharedInt32(table.rows);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows;
}
