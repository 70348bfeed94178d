import { availableParallelism } from "node:os";
import { contentKey } from "../core/json.ts";
import type { Matrix } from "../core/matrix.ts";
import type { RowIndex } from "../core/split.ts";
import { findColumn, type Table } from "../core/table.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import { AutomlError } from "../core/errors.ts";
import type { FitContext } from "../models/contract/family.ts";
import { drawRows } from "./fidelity.ts";
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
  readonly context: FitContext;
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
    const column = findColumn(this.table, target);
    if (column === undefined || column.type !== "numeric") {
      throw new AutomlError(
        "AUTOML_TARGET_UNKNOWN",
        `The table has no numeric column "${target}".`,
      );
    }
    const y = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) y[i] = column.values[rows[i]!]!;
    return y;
  }

  /** Fits preparation, steps and target transform on the rows, or gives what was fitted before. */
  prepare(spec: TrialSpec, allRows: RowIndex): PreparedRows {
    const rows = this.#rowsFor(spec, allRows);
    const steps = spec.model.steps ?? [];
    const key = `${this.#rowsKey(rows)}:${contentKey([spec.features, spec.target, steps])}`;
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.prepared;
    }
    // Before what is new comes on top of it.
    this.#makeRoom(keptFor(rows.length * spec.features.length));
    const truth = this.truth(spec.target.column, rows);
    const target = fitTarget(spec.target, truth);
    const y = transformTarget(target, truth);
    const features = fitPreparation(spec.features, this.table, rows, y);
    const matrix = fitSteps(steps, features.matrix);
    const prepared: PreparedRows = {
      rows,
      preparation: features.state,
      steps: matrix.state,
      target,
      x: matrix.matrix,
      y,
      context: createFitContext(this.#checkpoint, this.#threads),
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
      key = contentKey(Array.from(rows));
      this.#rowKeys.set(rows, key);
    }
    return key;
  }
}

/** Three times the matrix: bins, validation matrices and Gram matrices come on top of it. */
function keptFor(cells: number): number {
  return 3 * 8 * cells;
}

/** A context with a memo of its own. */
function createFitContext(checkpoint: () => void, threads: () => number): FitContext {
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
  };
}
