import type { ColumnSchema } from "../core/schema.ts";
import type { RowIndex } from "../core/split.ts";
import { isNumberColumn, sharedInt32, type Column, type Table } from "../core/table.ts";
import type {
  BooleanSpec,
  CategoryEncoding,
  CategorySpec,
  DatePart,
  DateSpec,
  DerivedSpec,
  FeatureSpec,
  NumericSpec,
  TextSpec,
} from "../core/trial-spec.ts";
import { compileExpression } from "./expression/expression.ts";
import { featureSpecs } from "./features/feature-specs.ts";
import { millisecondsPerDay } from "./preparation/calendar.ts";
import { ColumnSource } from "./preparation/column-source.ts";
import { defaultTerms } from "./preparation/text.ts";
import { quotedList } from "./quoted.ts";

/** What a model's family can take; the same as its `needs`. */
export interface PreparationNeeds {
  /** True: NaN is a value it understands. */
  readonly missing: boolean;
  readonly categories: "native" | "numbers";
}

/** A category of more levels gets its mean target instead of one column per level. */
const mostOneHotLevels = 12;
/** One column per level for all categories together; beyond it the ones with most levels get their mean target. */
const mostOneHotColumns = 400;
/** A category of more levels is rarely split well by its codes. */
const mostNativeLevels = 255;
const defaultTargetEncoding: CategoryEncoding = { by: "targetEncode", smoothing: 10 };

/** The line of a column before any preparation. */
export function defaultFeature(schema: ColumnSchema): FeatureSpec {
  const { name, type, notMissing, levels } = schema;
  if (type === "category") {
    return {
      kind: type,
      column: name,
      ...(notMissing !== undefined && { notMissing }),
      // A declared order is kept by every family.
      ...(levels !== undefined && { encode: { by: "ordinal" as const, levels } }),
    };
  }
  if (type === "date") return { kind: "date", column: name, format: schema.format ?? "%Y-%m-%d" };
  if (type === "numeric" && schema.format !== undefined)
    return { kind: type, column: name, format: schema.format };
  return { kind: type, column: name };
}

/**
 * Adds the default preparation to every line that lacks what the family needs, and never touches what is given and
 * sufficient; completing twice changes nothing more. It depends on the lines and on the table's types, levels and
 * whether values are missing, so the engine and the printed script agree. The notes say in sentences what was added.
 *
 * Throws AUTOML_COLUMN_UNKNOWN, AUTOML_COLUMN_TYPE, AUTOML_EXPRESSION_INVALID, and what `featureSpecs` throws.
 */
export function completeFeatures(
  features: readonly FeatureSpec[],
  needs: PreparationNeeds,
  table: Table,
): { readonly features: FeatureSpec[]; readonly notes: string[] } {
  const specs = featureSpecs(features);
  const completion = new Completion(needs, table, specs);
  return { features: specs.map((spec) => completion.complete(spec)), notes: completion.notes() };
}

class Completion {
  readonly #needs: PreparationNeeds;
  readonly #source: ColumnSource;
  readonly #oneHotLevels: number;
  /** Columns by the sentence that is true of them. */
  readonly #said = new Map<string, string[]>();

  constructor(needs: PreparationNeeds, table: Table, specs: readonly FeatureSpec[]) {
    this.#needs = needs;
    this.#source = new ColumnSource(table);
    this.#oneHotLevels = this.#mostLevelsFor(specs);
  }

  complete(spec: FeatureSpec): FeatureSpec {
    switch (spec.kind) {
      case "numeric":
        return this.#numeric(spec, () => hasMissing(this.#source.column(spec.column)));
      case "derived":
        return this.#numeric(spec, () => derivedHasMissing(spec, this.#source));
      case "boolean":
        return this.#boolean(spec);
      case "category":
        return this.#category(spec);
      case "date":
        return this.#date(spec);
      case "text":
        this.#source.coded(spec.column, "text");
        if (isPrepared(spec)) return spec;
        this.#say(spec, "the target as its words tell it, worked out on other rows");
        return { ...spec, terms: defaultTerms, encode: { by: "targetEncode", penalty: 5 } };
    }
  }

  notes(): string[] {
    return [...this.#said].map(([sentence, columns]) => `${quotedList(columns)}: ${sentence}.`);
  }

  #numeric(spec: NumericSpec | DerivedSpec, isMissing: () => boolean): FeatureSpec {
    if (spec.kind === "numeric") this.#source.numbers(spec.column, "numeric");
    if (this.#needs.missing || spec.impute !== undefined) return spec;
    const flag = this.#flag(spec, isMissing);
    this.#say(spec, "missing values become the median of the training rows");
    return { ...spec, impute: "median", ...flag };
  }

  #boolean(spec: BooleanSpec): FeatureSpec {
    this.#source.numbers(spec.column, "boolean");
    if (this.#needs.missing || spec.impute !== undefined) return spec;
    const flag = this.#flag(spec, () => hasMissing(this.#source.column(spec.column)));
    this.#say(spec, "missing values become the most frequent value of the training rows");
    return { ...spec, impute: "mostFrequent", ...flag };
  }

  #date(spec: DateSpec): FeatureSpec {
    this.#source.numbers(spec.column, "date");
    const column = this.#source.column(spec.column);
    let completed = spec;
    if (spec.parts === undefined) {
      const parts = defaultParts(column);
      completed = { ...completed, parts };
      this.#say(spec, `dates become ${parts.join(", ")}`);
    }
    if (this.#needs.missing || spec.impute !== undefined) return completed;
    const flag = this.#flag(spec, () => hasMissing(column));
    this.#say(spec, "missing dates become the middle date of the training rows");
    return { ...completed, impute: "median", ...flag };
  }

  #category(spec: CategorySpec): FeatureSpec {
    const levels = this.#source.coded(spec.column, "category").levels.length;
    const takesCodes = this.#needs.categories === "native";
    if (spec.encode !== undefined && (spec.encode.by !== "native" || takesCodes)) return spec;
    const encode = this.#encodingFor(levels);
    const replaced =
      spec.encode === undefined ? "" : "this model cannot split on categories as they are, so ";
    this.#say(spec, `${replaced}${sentenceOf(encode)}`);
    return { ...spec, encode };
  }

  #encodingFor(levels: number): CategoryEncoding {
    if (this.#needs.categories === "native") {
      return levels <= mostNativeLevels ? { by: "native" } : defaultTargetEncoding;
    }
    return levels <= this.#oneHotLevels ? { by: "oneHot" } : defaultTargetEncoding;
  }

  /** The most levels that still get a column each, lowered until all such columns together are not too many. */
  #mostLevelsFor(specs: readonly FeatureSpec[]): number {
    const sizes = specs.flatMap((spec) =>
      spec.kind === "category" && (spec.encode === undefined || spec.encode.by === "native")
        ? [this.#source.coded(spec.column, "category").levels.length]
        : [],
    );
    let most = mostOneHotLevels;
    const columns = (): number => sizes.reduce((sum, size) => sum + (size <= most ? size : 0), 0);
    while (most > 2 && columns() > mostOneHotColumns) most -= 1;
    return most;
  }

  #flag(
    spec: { readonly column: string; readonly flagMissing?: true },
    isMissing: () => boolean,
  ): { flagMissing?: true } {
    if (spec.flagMissing === true || !isMissing()) return {};
    this.#say(spec, "one more column marks the rows where the value is missing");
    return { flagMissing: true };
  }

  #say(spec: { readonly column: string }, sentence: string): void {
    const columns = this.#said.get(sentence);
    if (columns === undefined) this.#said.set(sentence, [spec.column]);
    else columns.push(spec.column);
  }
}

/** Whether the line of a text says anything of what is to become of it. */
function isPrepared({ terms, hashed, shape, numbers, encode }: TextSpec): boolean {
  return [terms, hashed, shape, numbers, encode].some((given) => given !== undefined);
}

function sentenceOf(encode: CategoryEncoding): string {
  switch (encode.by) {
    case "native":
      return "used as categories, as they are";
    case "oneHot":
      return "each level becomes a column of 0 and 1";
    default:
      return "each level becomes its mean target, worked out on other rows";
  }
}

/**
 * The same for every family: cycles help trees too, because nights and winters, which the numbers cut in two, come to
 * lie side by side. Measured: see docs/preparation.md.
 */
function defaultParts(column: Column): DatePart[] {
  const withTimes = hasTimes(column);
  return [
    "year",
    "month",
    "day",
    "weekday",
    ...(withTimes ? (["hour"] as const) : []),
    "weekend",
    "elapsed",
    "yearCycle",
    "weekCycle",
    ...(withTimes ? (["dayCycle"] as const) : []),
  ];
}

// Both facts are asked for by every trial and cost a pass over the column, so they are kept beside it.
const missingKnown = new WeakMap<Column, boolean>();
const timesKnown = new WeakMap<Column, boolean>();

function hasMissing(column: Column): boolean {
  return remember(missingKnown, column, () =>
    isNumberColumn(column)
      ? column.values.some((value) => !Number.isFinite(value))
      : column.codes.some((code) => code < 0),
  );
}

/** Whether any date has a time of day other than midnight. */
function hasTimes(column: Column): boolean {
  return remember(
    timesKnown,
    column,
    () =>
      isNumberColumn(column) &&
      column.values.some((time) => !Number.isNaN(time) && time % millisecondsPerDay !== 0),
  );
}

function derivedHasMissing(spec: DerivedSpec, source: ColumnSource): boolean {
  const compiled = compileExpression(spec.expression);
  compiled.check(source.table);
  return compiled.evaluate(source, everyRow(source.table.rows)).some(Number.isNaN);
}

function everyRow(rows: number): RowIndex {
  const index = sharedInt32(rows);
  for (let row = 0; row < rows; row++) index[row] = row;
  return index;
}

function remember(known: WeakMap<Column, boolean>, column: Column, find: () => boolean): boolean {
  let answer = known.get(column);
  if (answer === undefined) known.set(column, (answer = find()));
  return answer;
}
