import { AutomlError } from "../core/errors.ts";
import type { RandomSplitSpec } from "../core/split.ts";

export interface SplitChoice {
  /** Share of the rows put aside for the test; default 0.2, 0 for none. */
  readonly testFraction?: number;
  /** Folds, when the user wants to decide. */
  readonly cv?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Columns to predict from; with `seconds` it says how many fits there is time for. */
  readonly columns?: number;
  /** The run's budget; null or left out: the rows alone decide. */
  readonly seconds?: number | null;
}

/**
 * Fits on a fold's training rows that a second of two cores is taken to have room for, times the cells of the table:
 * a boosting or forest fit takes about 4 microseconds a cell. A nominal figure, so that the split depends on the table
 * and the budget and never on the machine.
 */
const cellsPerSecond = 500_000;
/** A network, a Gaussian process or some hundred small trees take as long on a smaller table. */
const fewestCells = 100_000;

/**
 * Below the first number 5 folds lose more by the trials they leave no time for than they gain by a steadier choice,
 * below the second 3 folds do; repeats want many more. From a simulation over fifteen benchmark sets (pools of 16 to 24
 * trials, racing, a greedy ensemble, test error). Above 1,500 rows: with 15 fits 3 folds beat 5 by 0.9 % and a holdout
 * part by 2.0 %, with 30 fits by 0.7 and 0.9 %, with 60 and more all three are even. Below: when time is plenty a holdout
 * part is up to 25 % behind (median 2 %), 3 folds are even with 5 on eight sets and far behind on one. A second repeat
 * costs 3 % at 60 fits; with time for all trials repeats change the result by less than the test rows can tell, so they
 * are for tables where they cost nothing.
 */
const fitsForFive = 60;
const fitsForThree = 30;
const fitsForTwice = 250;
const fitsForThrice = 1000;
/** A fifth of fewer rows is too little to choose by, and to find an ensemble's weights on. */
const rowsForHoldout = 5000;

/**
 * How to divide `rows` rows with a target. Fewer rows are validated more often, because their score is noisier and
 * their fits are cheap; a budget that leaves time for a few fits only spends them on more trials instead of more folds.
 * Throws AUTOML_OPTION_INVALID.
 */
export function chooseSplit(
  rows: number,
  choice: SplitChoice = {},
): { readonly spec: RandomSplitSpec; readonly why: string } {
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
  const fits = fitsIn(rows, choice);
  if (rows < 1000 && fits >= fitsForTwice) {
    return repeated(rows, rows <= 300 && fits >= fitsForThrice ? 3 : 2, common);
  }
  if (rows <= 20_000 && fits >= fitsForFive) {
    return {
      spec: { ...common, folds: 5, repeats: 1 },
      why: `${rows} rows: every row outside the test part is validated once, in 5 folds.`,
    };
  }
  const inTime = (limit: number): string =>
    rows <= limit ? ` rows x ${choice.columns} columns in ${choice.seconds} s` : " rows";
  if (rows <= 100_000 && (fits >= fitsForThree || rows < rowsForHoldout)) {
    return {
      spec: { ...common, folds: 3, repeats: 1 },
      why: `${rows}${inTime(20_000)}: 3 folds are enough for a steady score and leave time for more trials.`,
    };
  }
  const validation = rows <= 1_000_000 ? 0.2 : 0.1;
  return {
    spec: { ...common, folds: 1, repeats: 1, validation },
    why: `${rows}${inTime(100_000)}: one validation part of ${validation * 100} % is steady enough, and each trial fits once.`,
  };
}

function repeated(
  rows: number,
  repeats: number,
  common: Pick<RandomSplitSpec, "kind" | "test" | "stratify" | "seed">,
): { readonly spec: RandomSplitSpec; readonly why: string } {
  return {
    spec: { ...common, folds: 5, repeats },
    why: `Few rows (${rows}), so every row outside the test part is validated ${repeats === 3 ? "three times" : "twice"}.`,
  };
}

/** How many fits the budget is taken to have room for; Infinity without one. */
function fitsIn(rows: number, { columns, seconds }: SplitChoice): number {
  if (columns === undefined || seconds === undefined || seconds === null) return Infinity;
  return (cellsPerSecond * seconds) / Math.max(fewestCells, rows * Math.max(1, columns));
}

function byUser(
  rows: number,
  test: number,
  folds: number,
  common: Pick<RandomSplitSpec, "kind" | "test" | "stratify" | "seed">,
): { readonly spec: RandomSplitSpec; readonly why: string } {
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
