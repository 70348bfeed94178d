import type {
  BooleanSpec,
  CategoryEncoding,
  CategorySpec,
  DatePart,
  DateSpec,
  DerivedSpec,
  NumericSpec,
  TextSpec,
} from "../../core/trial-spec.ts";
import { featureLine } from "./feature-line.ts";
import type {
  BooleanFeature,
  CategoryFeature,
  DateFeature,
  DerivedFeature,
  Feature,
  NumericFeature,
  WrittenNumber,
  TextFeature,
} from "./feature.ts";

interface TextOptions {
  terms?: number;
  hashed?: number;
  shape?: true;
  numbers?: number;
}

/**
 * Everything a column can be: `column.` and the editor lists the choices.
 *
 * @example
 * const features = [
 *   column.numeric("sqft").impute("median").flagMissing(),
 *   column.category("zip").targetEncode({ smoothing: 12 }),
 *   column.derived("sqftPerBed", "sqft / beds"),
 * ];
 */
export const column = Object.freeze({
  /** Numbers. Where cells hold more than digits and a point, `format` is an example: "$1,234.5", "1234,5 km", "1234.5*". */
  numeric<const N extends string, const T extends string | undefined = undefined>(
    name: N,
    format?: T,
  ): NumericFeature<N, T extends string ? WrittenNumber : number | null> {
    const spec = { kind: "numeric" as const, column: name };
    return numberLine(format === undefined ? spec : { ...spec, format }) as never;
  },
  /**
   * A few to many distinct strings. `notMissing` names cells that would mark a missing value elsewhere and are levels
   * here: "NA" for North America.
   */
  category<const N extends string>(
    name: N,
    options: { notMissing?: readonly string[] } = {},
  ): CategoryFeature<N> {
    const { notMissing } = options;
    const spec = { kind: "category" as const, column: name };
    return categoryLine(
      notMissing === undefined ? spec : { ...spec, notMissing: [...notMissing] },
    ) as CategoryFeature<N>;
  },
  /** True and false. */
  boolean<const N extends string>(name: N): BooleanFeature<N> {
    return booleanLine({ kind: "boolean", column: name }) as BooleanFeature<N>;
  },
  /** Dates; `format` is the strptime format of the file's cells, for example "%Y-%m-%d". */
  date<const N extends string>(name: N, format: string): DateFeature<N> {
    return dateLine({ kind: "date", column: name, format }) as DateFeature<N>;
  },
  /**
   * Free text; `terms` is how many of its most frequent words get a column, `hashed` into how many columns its words and
   * pieces of words are hashed, `shape` adds its digits, capitals, other signs and signs per word, `numbers` so many of
   * the numbers in it. Without any of these and without an encoding it takes the default: 20 terms, and the target as its
   * words tell it.
   */
  text<const N extends string>(name: N, options: TextOptions = {}): TextFeature<N> {
    const { terms, hashed, shape, numbers } = options;
    const spec = {
      kind: "text" as const,
      column: name,
      ...(terms !== undefined && { terms }),
      ...(hashed !== undefined && { hashed }),
      ...(shape !== undefined && { shape }),
      ...(numbers !== undefined && { numbers }),
    };
    return featureLine(textVerbs, spec) as TextFeature<N>;
  },
  /**
   * A number computed from other columns by a small expression language: data, never code, so it is saved, exported,
   * served. `+ - * /`, `x^2` to `x^4`, log, log1p, exp, sqrt, abs, min, max, `days(a, b)` = date a - date b in days.
   * A name that is no plain word stands in double quotes or backticks.
   */
  derived<const N extends string, const E extends string>(
    name: N,
    expression: E,
  ): DerivedFeature<N, E> {
    return numberLine({ kind: "derived", column: name, expression }) as DerivedFeature<N, E>;
  },
  /**
   * Many columns alike in one line: `...column.each(["f1", "f2"], column.numeric)`. Of lines that are there already,
   * the names are taken: the same columns, prepared in another way.
   */
  each<const N extends string, F extends Feature>(
    names: readonly (N | Feature<N>)[],
    make: (name: N) => F,
  ): F[] {
    return names.map((name) => make(typeof name === "string" ? name : name.column));
  },
});

const numericVerbs = Object.freeze({
  impute(this: NumericSpec | DerivedSpec, by: "median" | "mean" | number): unknown {
    return numberLine({ ...this, impute: typeof by === "number" ? by + 0 : by });
  },
  flagMissing(this: NumericSpec | DerivedSpec): unknown {
    return numberLine({ ...this, flagMissing: true });
  },
  clip(this: NumericSpec | DerivedSpec, low: number, high: number): unknown {
    return numberLine({ ...this, clip: { low: storable(low), high: storable(high) } });
  },
  log(this: NumericSpec | DerivedSpec): unknown {
    return numberLine({ ...this, log: true });
  },
});

const categoryVerbs = Object.freeze({
  native(this: CategorySpec): unknown {
    return encoded(this, { by: "native" });
  },
  oneHot(this: CategorySpec, options: { minRows?: number } = {}): unknown {
    const { minRows } = options;
    return encoded(this, { by: "oneHot", ...(minRows !== undefined && { minRows }) });
  },
  targetEncode(this: CategorySpec, options: { smoothing?: number; folds?: number } = {}): unknown {
    const { smoothing, folds } = options;
    return encoded(this, {
      by: "targetEncode",
      ...(smoothing !== undefined && { smoothing: smoothing + 0 }),
      ...(folds !== undefined && { folds }),
    });
  },
  ordinal(this: CategorySpec, levels: readonly string[]): unknown {
    return encoded(this, { by: "ordinal", levels: [...levels] });
  },
  frequency(this: CategorySpec): unknown {
    return encoded(this, { by: "frequency" });
  },
});

const booleanVerbs = Object.freeze({
  impute(this: BooleanSpec, by: "mostFrequent" | boolean): unknown {
    return booleanLine({ ...this, impute: by });
  },
  flagMissing(this: BooleanSpec): unknown {
    return booleanLine({ ...this, flagMissing: true });
  },
});

const dateVerbs = Object.freeze({
  parts(this: DateSpec, ...parts: readonly DatePart[]): unknown {
    return dateLine({ ...this, parts });
  },
  impute(this: DateSpec, by: "median"): unknown {
    return dateLine({ ...this, impute: by });
  },
  flagMissing(this: DateSpec): unknown {
    return dateLine({ ...this, flagMissing: true });
  },
});

// Inside a verb `{ ...this }` copies own properties only: the spec without the verbs.
function numberLine(spec: NumericSpec | DerivedSpec): unknown {
  return featureLine(numericVerbs, spec);
}

function categoryLine(spec: CategorySpec): unknown {
  return featureLine(categoryVerbs, spec);
}

const textVerbs = Object.freeze({
  targetEncode(this: TextSpec, options: { penalty?: number; folds?: number } = {}): unknown {
    return featureLine(textVerbs, { ...this, encode: { by: "targetEncode", ...options } });
  },
});

function encoded(spec: CategorySpec, encode: CategoryEncoding): unknown {
  return categoryLine({ ...spec, encode });
}

function booleanLine(spec: BooleanSpec): unknown {
  return featureLine(booleanVerbs, spec);
}

function dateLine(spec: DateSpec): unknown {
  return featureLine(dateVerbs, spec);
}

/** JSON has neither infinities nor a negative zero; the largest number bounds every value just as well. */
function storable(bound: number): number {
  if (bound === Infinity) return Number.MAX_VALUE;
  return bound === -Infinity ? -Number.MAX_VALUE : bound + 0;
}
