import type { Matrix } from "../../core/matrix.ts";
import type { StepSpec } from "../../core/trial-spec.ts";
import type { OptionalSpace, SearchSpace } from "./search-space.ts";
import type { ModelStructure } from "./structure.ts";

/** What a family can take. Everything else gets a default preparation before it reaches the family. */
export interface Needs {
  /** True: NaN is a value it understands. */
  readonly missing: boolean;
  /** "native": codes of a category column; "numbers": categories must be encoded as numbers first. */
  readonly categories: "native" | "numbers";
}

/** The size of a training matrix, known before it is made. */
export interface Shape {
  readonly rows: number;
  readonly columns: number;
}

/** Cost of one fit, counted and not measured: the same on every machine. */
export interface Cost {
  /** Work units: 1 is one elementary update (a histogram cell, a multiply-add), very roughly a nanosecond. */
  readonly units: number;
  /** Peak bytes held beyond the matrix itself, by one thread that fits, predicts and saves the model. */
  readonly bytes: number;
}

export interface FitContext {
  /**
   * Keeps a value derived from the training matrix alone (bins, sorted columns, a Gram matrix) for other trials with
   * the same matrix. The key must name everything but the matrix that the value depends on.
   */
  memo<T>(key: string, make: () => T): T;
  /**
   * To be called between rounds, trees and passes: throws when the fit is not wanted any more. It never changes a fit
   * that goes on.
   */
  checkpoint(): void;
  /** How many threads a fit may use: 1 while other fits run beside it. It never changes a bit of the model. */
  readonly threads: number;
  /**
   * How much each training row counts: finite, at least 0, not all 0; 2 is like the row twice, 0 as if it were not there
   * (its values still shape bins). For families with `takesWeights`; others get rows drawn by weight instead.
   */
  readonly weights?: Float64Array;
}

export interface ValidationPart {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** How much each row counts in the validation loss; left out: all the same. */
  readonly weights?: Float64Array;
}

/** Families that are built round by round and can stop early (boosting). */
export interface Rounds<P extends object> {
  /** The parameter that counts rounds; its default is the upper limit while searching. */
  readonly parameter: keyof P & string;
  /**
   * Fits until the validation loss has not improved for a while. `best` is the number of rounds with the lowest loss;
   * the structure may hold more. Its first k rounds are bit for bit the model that `fit` gives for k rounds.
   */
  fitUntil(
    x: Matrix,
    y: Float64Array,
    validation: ValidationPart,
    params: P,
    context: FitContext,
  ): { readonly structure: ModelStructure; readonly best: number; readonly rounds: number };
  /** The model of the first `rounds` rounds. */
  truncate(structure: ModelStructure, rounds: number): ModelStructure;
}

/**
 * A family of models: one folder, one line in the registry. `fit` is a pure function of its arguments (`params.seed`
 * is the only randomness), `y` is on the transformed scale and finite, `x` meets `needs`. Must cope with constant
 * columns, one row, one column and more columns than rows; throws AutomlError AUTOML_PARAMETER_INVALID for a parameter
 * outside its meaning.
 */
export interface Family<P extends object = object> {
  /** camelCase, the key in the registry and the name after `models.`. */
  readonly name: string;
  /** Lower-case name for people: "gradient boosting". */
  readonly label: string;
  /** One sentence: what it is and when it is good. */
  readonly summary: string;
  readonly needs: Needs;
  /** Matrix steps that a trial of this family gets by default. */
  readonly steps: readonly StepSpec[];
  readonly space: SearchSpace<P>;
  /** Parameters that may be left out. */
  readonly options?: OptionalSpace<P>;
  /** The cheapest sensible parameters: the first trial of the family. */
  readonly start: P;
  cost(shape: Shape, params: P): Cost;
  /** Most work units a fit may cost before the family refuses (slow library models); undefined: no limit of its own. */
  readonly maxUnits?: number;
  /** `fit` honours the context's weights. Left out: it is given weighted rows more than once, or not at all. */
  readonly takesWeights?: true;
  /** A constant: it is given a matrix without columns, which costs nothing to prepare. */
  readonly ignoresInputs?: true;
  fit(x: Matrix, y: Float64Array, params: P, context: FitContext): ModelStructure;
  readonly rounds?: Rounds<P>;
  /**
   * The model that `fit` gives, and for each training row the mean of the trees that were not grown on it: an honest
   * prediction without a validation part. NaN where every tree saw the row.
   */
  outOfBag?(
    x: Matrix,
    y: Float64Array,
    params: P,
    context: FitContext,
  ): { readonly structure: ModelStructure; readonly predictions: Float64Array };
}
