import { AutomlError } from "../core/errors.ts";
import type { SplitSpec } from "../core/split.ts";

export interface SplitChoice {
  /** Share of the rows put aside for the test; default 0.2, 0 for none. */
  readonly testFraction?: number;
  /** Folds, when the user wants to decide. */
  readonly cv?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * How to divide `rows` rows with a target. Fewer rows are validated more often, because their score is noisier and
 * their fits are cheap. Throws AUTOML_OPTION_INVALID.
 */
export function chooseSplit(
  rows: number,
  choice: SplitChoice = {},
): { readonly spec: SplitSpec; readonly why: string } {
  const test = choice.testFraction ?? 0.2;
  if (!(test >= 0 && test < 0.9)) {
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `The test fraction must be from 0 to 0.9, but is ${test}.`,
      {
        hint: "0.2 puts every fifth row aside; 0 keeps all rows for training.",
      },
    );
  }
  const common = { kind: "random", test, stratify: true, seed: choice.seed ?? 1 } as const;
  if (choice.cv !== undefined) return byUser(rows, test, choice.cv, common);
  if (rows < 1000) {
    return {
      spec: { ...common, folds: 5, repeats: 2 },
      why: `Few rows (${rows}), so every row outside the test part is validated twice.`,
    };
  }
  if (rows <= 20_000) {
    return {
      spec: { ...common, folds: 5, repeats: 1 },
      why: `${rows} rows: every row outside the test part is validated once, in 5 folds.`,
    };
  }
  if (rows <= 100_000) {
    return {
      spec: { ...common, folds: 3, repeats: 1 },
      why: `${rows} rows: 3 folds are enough for a steady score and leave time for more trials.`,
    };
  }
  const validation = rows <= 1_000_000 ? 0.2 : 0.1;
  return {
    spec: { ...common, folds: 1, repeats: 1, validation },
    why: `${rows} rows: one validation part of ${validation * 100} % is steady enough, and each trial fits once.`,
  };
}

function byUser(
  rows: number,
  test: number,
  folds: number,
  common: Pick<SplitSpec, "kind" | "test" | "stratify" | "seed">,
): { readonly spec: SplitSpec; readonly why: string } {
  const training = rows - Math.round(rows * test);
  if (!Number.isInteger(folds) || folds < 2 || folds > training) {
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `The number of folds must be a whole number from 2 to ${training}, but is ${folds}.`,
      { hint: "5 is usual; 10 is more exact and takes twice the time." },
    );
  }
  return { spec: { ...common, folds, repeats: 1 }, why: `${folds} folds, as asked for.` };
}
