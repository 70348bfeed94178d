/** Every error code with its meaning. `docs/errors.md` lists the same codes; a test holds the two together. */
export const errorCodes = {
  AUTOML_FILE_MISSING: "the data file does not exist or cannot be read",
  AUTOML_FILE_EMPTY: "the data file holds no data rows",
  AUTOML_FILE_FORMAT: "the file is not a table in a known format",
  AUTOML_FILE_BROKEN_ROWS: "too many rows do not fit the header",
  AUTOML_FILE_CHANGED: "the data file is not the one this trial was measured on",
  AUTOML_COLUMN_UNKNOWN: "a named column does not exist in the table",
  AUTOML_COLUMN_TYPE: "a column holds values that its declared type cannot take",
  AUTOML_TARGET_UNKNOWN: "the target column does not exist in the table",
  AUTOML_TARGET_NOT_NUMERIC: "the target column holds values that are not numbers",
  AUTOML_TARGET_CONSTANT: "the target has the same value in every row",
  AUTOML_TABLE_TOO_LARGE: "the table is too large for the memory the run may take",
  AUTOML_TOO_FEW_ROWS: "fewer usable rows than a model can be validated on",
  AUTOML_NO_FEATURES: "no usable feature column is left",
  AUTOML_METRIC_IMPOSSIBLE: "the metric is not defined for this target",
  AUTOML_OPTION_INVALID: "an option is unknown or has a value it cannot take",
  AUTOML_EXPRESSION_INVALID: "a derived column's expression cannot be read",
  AUTOML_PARAMETER_INVALID: "a model parameter has a value it cannot take",
  AUTOML_SPEC_INVALID: "a trial is described in a way that cannot be carried out",
  AUTOML_SPLIT_INVALID: "the rows cannot be divided as asked",
  AUTOML_WEIGHT_INVALID: "the rows cannot be weighted as asked",
  AUTOML_MODEL_INVALID: "a saved model cannot be read",
  AUTOML_MODEL_NOT_FINITE: "a model gave predictions that are not finite numbers",
  AUTOML_MODEL_TOO_LARGE: "a fit would need more work or memory than is allowed",
  AUTOML_TRIAL_TIMED_OUT: "a trial ran longer than it may",
  AUTOML_TRIAL_OUT_OF_MEMORY: "a trial needed more memory than it may",
  AUTOML_TRIAL_FAILED: "a trial threw an error",
  AUTOML_TRIAL_PRUNED: "a trial was given up after its first folds",
  AUTOML_CUSTOM_MODEL: "a model given as functions cannot be saved or exported",
  AUTOML_RUN_UNKNOWN: "there is no run at this place",
  AUTOML_RUN_BROKEN: "the run's journal cannot be read",
  AUTOML_RUN_BUSY: "another command is training this run",
  AUTOML_TRIAL_UNKNOWN: "the run has no such trial",
  AUTOML_SCRIPT_FAILED: "the script ended with an error",
  AUTOML_SCRIPT_CHANGED: "a script did not reproduce its recorded scores",
  AUTOML_OUTPUT_UNWRITABLE: "the output folder cannot be written",
  AUTOML_OUTPUT_EXISTS: "the output folder already holds something else",
  AUTOML_INTERRUPTED: "the run was interrupted",
  AUTOML_DEPENDENCY_MISSING: "an optional package is not installed",
  AUTOML_INTERNAL: "a defect in this package",
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error with a code, what happened, and what to do. Everything this package throws on purpose is one of these. */
export class AutomlError extends Error {
  override readonly name = "AutomlError";
  readonly code: ErrorCode;
  /** What the user can do about it; one sentence. */
  readonly hint: string | undefined;
  /** The facts of the message as data: column, line, values ... */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }
}

/** The name in `candidates` nearest to `name` by edit distance, or undefined when none is near. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance (Damerau-Levenshtein with adjacent swaps), O(a b). */
function editDistance(a: string, b: string): number {
  let twoBack: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) value = Math.min(value, twoBack[j - 2]! + 1);
      current.push(value);
    }
    twoBack = previous;
    previous = current;
  }
  return previous[b.length]!;
}
