import { AutomlError } from "../../core/errors.ts";
import type { RowIndex, Rows } from "../../core/split.ts";
import { sharedInt32, type Table } from "../../core/table.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { fitTrial, predictTrial, type FittedTrial } from "../../ensemble/trial-model.ts";
import type { Feature, Row } from "../../preprocess/features/feature.ts";
import { completeTrial } from "./complete-trial.ts";
import type { TableWith } from "./read-table.ts";
import { tableOfRow } from "./row-table.ts";
import { sessionOf } from "./table-session.ts";
import { typed, type Trial } from "./trial.ts";

/** A trial fitted on some rows, whatever its columns are. */
export interface AnyFitted {
  readonly kind: "fitted";
  readonly trial: Trial;
  /** How many rows it was fitted on. */
  readonly rows: number;
}

/** A trial fitted on some rows, ready to predict others. */
export interface Fitted<F extends readonly Feature[]> extends AnyFitted {
  readonly trial: Trial<F>;
  /** One row in, one number out, on the target's own scale. Null stands for a missing value. */
  predict(row: Row<F>): number;
  /** One prediction per row of the table. */
  predictTable(table: TableWith<F>): Float64Array;
}

/**
 * Fits a trial on rows of a table: `parts.training` to confirm on the test rows, `parts.all` for the model to use.
 *
 * @example
 * const final = await fit(trial, table, parts.all);
 * final.predict({ sqft: 1420, zip: "z95823" });
 */
export async function fit<F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
  table: TableWith<F>,
  rows: Rows,
): Promise<Fitted<F>> {
  const spec = completeTrial(trial, table);
  const fitted = fitTrial(spec, rows.index, sessionOf(table));
  return new FittedScriptTrial<F>(fitted, rows.index, table);
}

/** Behind `Fitted`: what saving and scoring need besides. */
class FittedScriptTrial<F extends readonly Feature[]> implements Fitted<F> {
  readonly kind = "fitted";
  readonly trial: Trial<F>;
  readonly rows: number;
  readonly #fitted: FittedTrial;
  readonly #trainedOn: RowIndex;
  readonly #table: Table;

  constructor(fitted: FittedTrial, trainedOn: RowIndex, table: Table) {
    this.trial = typed<F, object>(fitted.spec);
    this.rows = trainedOn.length;
    this.#fitted = fitted;
    this.#trainedOn = trainedOn;
    this.#table = table;
  }

  predict(row: Row<F>): number {
    const table = tableOfRow(row, this.#fitted.spec);
    return predictTrial(this.#fitted, table, sharedInt32(1))[0]!;
  }

  predictTable(table: Table): Float64Array {
    const rows = sharedInt32(table.rows);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    return predictTrial(this.#fitted, table, rows);
  }

  static open(value: AnyFitted): OpenedFit {
    if (value instanceof FittedScriptTrial) {
      const { spec } = value.#fitted;
      return { fitted: value.#fitted, spec, trainedOn: value.#trainedOn, table: value.#table };
    }
    throw new AutomlError("AUTOML_SPEC_INVALID", "This is not what fit(...) gave.", {
      hint: "const fitted = await fit(trial, table, parts.training);",
    });
  }
}

/** A fit with its insides. */
export interface OpenedFit {
  readonly fitted: FittedTrial;
  readonly spec: TrialSpec;
  readonly trainedOn: RowIndex;
  /** The table that `trainedOn` are rows of. */
  readonly table: Table;
}

export function openFit(fitted: AnyFitted): OpenedFit {
  return FittedScriptTrial.open(fitted);
}
