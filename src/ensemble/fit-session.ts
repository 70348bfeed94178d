import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { contentKey } from "../core/json.ts";
import { createMatrix, type Matrix } from "../core/matrix.ts";
import type { RowIndex } from "../core/split.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { TargetSpec, TrialSpec } from "../core/trial-spec.ts";
import { AutomlError } from "../core/errors.ts";
import type { FitContext } from "../models/contract/family.ts";
import { customDefinition } from "../models/custom.ts";
import { findFamily } from "../models/registry.ts";
import { drawRows } from "./fidelity.ts";
import { drawByWeight } from "./draw-by-weight.ts";
import { inputRanges, type InputRange } from "./input-ranges.ts";
import {
  applyPreparation,
  fitPreparation,
  type FittedPreparation,
} from "../preprocess/preparation.ts";
import { applySteps, fitSteps, type FittedStep } from "../preprocess/steps/steps.ts";
import { fitTarget, transformTarget, type FittedTarget } from "../preprocess/target/target.ts";

/** Everything that precedes the model on one set of training rows: fitted state and the matrix it gave. */
export interface PreparedRows {
  /** The rows it was all fitted on: those asked for, or the draw of them that the trial's fidelity leaves. */
  readonly rows: RowIndex;
  readonly preparation: FittedPreparation;
  readonly steps: readonly FittedStep[];
  readonly target: FittedTarget;
  readonly x: Matrix;
  /** Target on the transformed scale, one value per row of `x`. */
  readonly y: Float64Array;
  /** With the rows' weights, for families that take them. */
  readonly context: FitContext;
  /** Weights of the rows, 1 on average; undefined: all rows count alike. */
  readonly weights: Float64Array | undefined;
  /** Matrix and target for a family without a use for weights: rows drawn by weight. Made when first asked for. */
  readonly drawn: () => Pick<PreparedRows, "x" | "y" | "context">;
  /** What the numeric columns held: beyond it, a prediction is an extrapolation. */
  readonly ranges: readonly InputRange[];
  /** Matrices of other rows under the same state, by row index. */
  readonly applied: WeakMap<RowIndex, Matrix>;
}

/**
 * Prepared matrices and what families derive from them (bins, Gram matrices), shared by all trials that prepare the
 * same rows of the same table alike. Least recently used entries are dropped beyond `maxBytes`; dropping one costs
 * time and never changes a bit.
 */
export class FitSession {
  readonly table: Table;
  readonly #maxBytes: number;
  readonly #entries = new Map<string, { prepared: PreparedRows; bytes: number }>();
  readonly #rowKeys = new WeakMap<RowIndex, string>();
  readonly #draws = new WeakMap<RowIndex, Map<number, RowIndex>>();
  #bytes = 0;

  readonly #checkpoint: () => void;
  readonly #threads: () => number;

  /**
   * @param options.checkpoint what families call between rounds; throws to end a fit
   * @param options.threads how many threads a fit that begins now may use; default all cores
   */
  constructor(
    table: Table,
    options: { maxBytes?: number; checkpoint?: () => void; threads?: () => number } = {},
  ) {
    this.table = table;
    this.#maxBytes = options.maxBytes ?? 1 << 30;
    this.#checkpoint = options.checkpoint ?? (() => {});
    this.#threads = options.threads ?? availableParallelism;
  }

  /** Target values of the rows on the original scale. */
  truth(target: string, rows: RowIndex): Float64Array {
    const values = this.wholeTruth(target);
    const y = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) y[i] = values[rows[i]!]!;
    return y;
  }

  /** Target values of all rows of the table, those in no part of a split included: not to be written to. */
  wholeTruth(target: string): Float64Array {
    const column = findColumn(this.table, target);
    if (column?.type === "numeric") return column.values;
    throw new AutomlError("AUTOML_TARGET_UNKNOWN", `The table has no numeric column "${target}".`);
  }

  /** Weights of all rows of the table, as they stand there; undefined where the target names none. */
  weights({ weight }: TargetSpec): Float64Array | undefined {
    if (weight === undefined) return undefined;
    const column = findColumn(this.table, weight);
    if (column?.type === "numeric") return column.values;
    throw new AutomlError(
      "AUTOML_WEIGHT_INVALID",
      `The table has no column of numbers "${weight}" to weight the rows by.`,
      { hint: "Read it by naming it in the target that is given to readTable." },
    );
  }

  /** Fits preparation, steps and target transform on the rows, or gives what was fitted before. */
  prepare(spec: TrialSpec, allRows: RowIndex): PreparedRows {
    const rows = this.#rowsFor(spec, allRows);
    const steps = spec.model.steps ?? [];
    // A constant needs no matrix, and its lines are not even looked at.
    const lines = ignoresInputs(spec) ? null : spec.features;
    const key = `${this.#rowsKey(rows)}:${contentKey([lines, spec.target, steps])}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.prepared;
    }
    // Before what is new comes on top of it.
    this.#makeRoom(keptFor(rows.length * (lines?.length ?? 0)));
    const truth = this.truth(spec.target.column, rows);
    const target = fitTarget(spec.target, truth);
    const y = transformTarget(target, truth);
    const features = lines === null ? noFeatures(rows) : fitPreparation(lines, this.table, rows, y);
    const matrix = fitSteps(steps, features.matrix);
    const weights = meanOne(this.weights(spec.target), rows);
    const prepared: PreparedRows = {
      rows,
      preparation: features.state,
      steps: matrix.state,
      target,
      x: matrix.matrix,
      y,
      context: createFitContext(this.#checkpoint, this.#threads, weights),
      weights,
      drawn: this.#drawing(matrix.matrix, y, weights),
      ranges: inputRanges(spec.features, this.table, rows),
      applied: new WeakMap(),
    };
    const bytes = keptFor(prepared.x.data.length);
    this.#makeRoom(bytes);
    this.#entries.set(key, { prepared, bytes });
    this.#bytes += bytes;
    return prepared;
  }

  /** The matrix of other rows under a prepared state. */
  apply(prepared: PreparedRows, rows: RowIndex): Matrix {
    const known = prepared.applied.get(rows);
    if (known !== undefined) return known;
    const matrix = applySteps(
      prepared.steps,
      applyPreparation(prepared.preparation, this.table, rows),
    );
    prepared.applied.set(rows, matrix);
    return matrix;
  }

  /** Target of other rows on the scale of a prepared state. */
  transformedTruth(spec: TrialSpec, prepared: PreparedRows, rows: RowIndex): Float64Array {
    return transformTarget(prepared.target, this.truth(spec.target.column, rows));
  }

  #drawing(x: Matrix, y: Float64Array, weights: Float64Array | undefined): PreparedRows["drawn"] {
    let drawn: ReturnType<PreparedRows["drawn"]> | undefined;
    return () => {
      drawn ??= {
        ...(weights === undefined ? { x, y } : drawByWeight(x, y, weights)),
        context: createFitContext(this.#checkpoint, this.#threads, undefined),
      };
      return drawn;
    };
  }

  /** Drops what was used longest ago until so many bytes may be added; the new is kept however large. */
  #makeRoom(bytes: number): void {
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes + bytes <= this.#maxBytes) break;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }

  /** The rows that a fit of the trial's fidelity gets: the same array every time. */
  #rowsFor({ fidelity }: TrialSpec, rows: RowIndex): RowIndex {
    if (fidelity === undefined) return rows;
    const draws = this.#draws.get(rows) ?? new Map<number, RowIndex>();
    this.#draws.set(rows, draws);
    const drawn = draws.get(fidelity.rows) ?? drawRows(rows, fidelity);
    draws.set(fidelity.rows, drawn);
    return drawn;
  }

  #rowsKey(rows: RowIndex): string {
    let key = this.#rowKeys.get(rows);
    if (key === undefined) {
      // Hashed as bytes: a million numbers as text take half a second.
      key = createHash("sha256").update(rows.slice()).digest("hex").slice(0, 24);
      this.#rowKeys.set(rows, key);
    }
    return key;
  }
}

function ignoresInputs({ model }: TrialSpec): boolean {
  return customDefinition(model) === undefined && findFamily(model.kind).ignoresInputs === true;
}

/** The preparation of a model that looks at no feature. */
function noFeatures(rows: RowIndex): ReturnType<typeof fitPreparation> {
  return {
    state: { kind: "preparation", version: 1, features: [] },
    matrix: createMatrix(rows.length, []),
  };
}

/** Three times the matrix: bins, validation matrices and Gram matrices come on top of it. */
function keptFor(cells: number): number {
  return 3 * 8 * cells;
}

/** Weights of some rows as shares of their mean; undefined where they are all the same. */
function meanOne(weights: Float64Array | undefined, rows: RowIndex): Float64Array | undefined {
  if (weights === undefined) return undefined;
  const taken = Float64Array.from(rows, (row) => weights[row]!);
  if (taken.every((weight) => weight === taken[0])) return undefined;
  let sum = 0;
  for (const weight of taken) {
    if (!(weight > 0 && weight < Infinity)) {
      throw new AutomlError("AUTOML_WEIGHT_INVALID", `A row to fit on has the weight ${weight}.`, {
        hint: "Rows without a weight above 0 are in no part of a split.",
      });
    }
    sum += weight;
  }
  return taken.map((weight) => weight * (taken.length / sum));
}

/** A context with a memo of its own. */
function createFitContext(
  checkpoint: () => void,
  threads: () => number,
  weights: Float64Array | undefined,
): FitContext {
  const memo = new Map<string, unknown>();
  return {
    memo<T>(key: string, make: () => T): T {
      if (!memo.has(key)) memo.set(key, make());
      return memo.get(key) as T;
    },
    checkpoint,
    get threads(): number {
      return threads();
    },
    ...(weights === undefined ? {} : { weights }),
  };
}
