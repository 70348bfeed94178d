import { AutomlError } from "../../core/errors.ts";
import type { RowIndex, Rows } from "../../core/split.ts";
import { sharedInt32, type Table } from "../../core/table.ts";
import type { EnsembleSpec, TrialSpec } from "../../core/trial-spec.ts";
import { fitEnsemble, predictFitted, type FittedEnsemble } from "../../ensemble/ensemble-model.ts";
import { ensembleFeatures } from "../../ensemble/ensemble-spec.ts";
import { fitTrial, type FittedTrial } from "../../ensemble/trial-model.ts";
import type { Feature, Row } from "../../preprocess/features/feature.ts";
import { completeEnsemble, completeTrial } from "./complete-trial.ts";
import { typedEnsemble, type Ensemble } from "./ensemble.ts";
import type { LoadedTable, TableWith } from "./read-table.ts";
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

/** An ensemble fitted on some rows, whatever its columns are. */
export interface AnyFittedEnsemble {
  readonly kind: "fitted-ensemble";
  readonly ensemble: Ensemble;
  /** How many rows its members were fitted on. */
  readonly rows: number;
}

/** What predicts rows with these columns. */
export interface Predictor<F extends readonly Feature[]> {
  /** One row in, one number out, on the target's own scale. Null stands for a missing value. */
  predict(row: Row<F>): number;
  /** One prediction per row of the table. */
  predictTable(table: TableWith<F>): Float64Array;
}

/** A trial fitted on some rows, ready to predict others. */
export interface Fitted<F extends readonly Feature[]> extends AnyFitted, Predictor<F> {
  readonly trial: Trial<F>;
}

/** An ensemble fitted on some rows, ready to predict others. */
export interface FittedBlend<F extends readonly Feature[]> extends AnyFittedEnsemble, Predictor<F> {
  readonly ensemble: Ensemble<F>;
}

/**
 * Fits a trial, or every member of an ensemble, on rows of a table: `parts.training` to confirm on the test rows, `parts.all` for the model to use.
 *
 * @example
 * const final = await fit(trial, table, parts.all);
 * final.predict({ sqft: 1420, zip: "z95823" });
 */
export function fit<F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
  table: TableWith<F>,
  rows: Rows,
): Promise<Fitted<F>>;
export function fit<F extends readonly Feature[]>(
  ensemble: Ensemble<F>,
  table: TableWith<F>,
  rows: Rows,
): Promise<FittedBlend<F>>;
export async function fit(
  what: Trial | Ensemble,
  table: LoadedTable,
  { index }: Rows,
): Promise<AnyFitted | AnyFittedEnsemble> {
  const session = sessionOf(table);
  if (!("members" in what)) {
    const spec = completeTrial(what, table);
    const fitted = fitTrial(spec, index, session);
    return new ScriptTrial({ fitted, spec, trainedOn: index, table });
  }
  const spec = completeEnsemble(what, table);
  const fitted = fitEnsemble(spec, index, session);
  return new ScriptEnsemble({ fitted, spec, trainedOn: index, table });
}

/** Behind what `fit` gives: what saving, scoring and predicting need. */
abstract class ScriptFit<O extends OpenedAny> {
  readonly rows: number;
  readonly #opened: O;

  constructor(opened: O) {
    this.rows = opened.trainedOn.length;
    this.#opened = opened;
  }

  predict(row: object): number {
    const { fitted, spec } = this.#opened;
    const features = "members" in spec ? ensembleFeatures(spec) : spec.features;
    return predictFitted(fitted, tableOfRow(row, { features }), sharedInt32(1))[0]!;
  }

  predictTable(table: Table): Float64Array {
    const rows = sharedInt32(table.rows);
    for (let row = 0; row < rows.length; row++) rows[row] = row;
    return predictFitted(this.#opened.fitted, table, rows);
  }

  static open(value: object): OpenedAny {
    if (value instanceof ScriptFit) return value.#opened as OpenedAny;
    throw new AutomlError("AUTOML_SPEC_INVALID", "This is not what fit(...) gave.", {
      hint: "const fitted = await fit(trial, table, parts.training);",
    });
  }
}

class ScriptTrial extends ScriptFit<OpenedFit> implements AnyFitted {
  readonly kind = "fitted";
  readonly trial: Trial;

  constructor(opened: OpenedFit) {
    super(opened);
    this.trial = typed(opened.spec);
  }
}

class ScriptEnsemble extends ScriptFit<OpenedEnsemble> implements AnyFittedEnsemble {
  readonly kind = "fitted-ensemble";
  readonly ensemble: Ensemble;

  constructor(opened: OpenedEnsemble) {
    super(opened);
    this.ensemble = typedEnsemble(opened.spec);
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

interface OpenedEnsemble extends Omit<OpenedFit, "fitted" | "spec"> {
  readonly fitted: FittedEnsemble;
  readonly spec: EnsembleSpec;
}

type OpenedAny = OpenedFit | OpenedEnsemble;

/** What `fit` gave, of a trial or of an ensemble. */
export function openAny(fitted: AnyFitted | AnyFittedEnsemble): OpenedAny {
  return ScriptFit.open(fitted);
}

/** The same for what looks into the model of a single trial. */
export function openFit(fitted: AnyFitted): OpenedFit {
  const opened = ScriptFit.open(fitted);
  if (isSingle(opened)) return opened;
  throw new AutomlError(
    "AUTOML_SPEC_INVALID",
    "This looks into one model; an ensemble has several.",
    {
      hint: "Fit one of its members: await fit(blend.members[0].spec, table, parts.training).",
    },
  );
}

function isSingle(opened: OpenedAny): opened is OpenedFit {
  return !("members" in opened.spec);
}
