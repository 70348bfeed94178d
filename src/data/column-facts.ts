/**
 * What is known about one column before its type is decided: counts over all its cells. Gathered in SQL, judged by
 * `describeColumn`, which therefore needs no file and no database to be tested.
 */
export interface ColumnFacts {
  readonly name: string;
  /** 0-based position in the file. */
  readonly position: number;
  readonly rows: number;
  /** Cells that are not empty. */
  readonly filled: number;
  /** Cells that are finite numbers. */
  readonly numbers: number;
  /** Filled cells that stand for a missing value among numbers, dates and booleans ("NA", "-", "none" ...). */
  readonly valueMarkers: number;
  /** Filled cells that stand for a missing value in any column ("NA", "?", "null" ...). */
  readonly textMarkers: number;
  /** Different cells, those that mark a missing value among them. */
  readonly differentCells: number;
  /** The first of them in the file, up to 12. */
  readonly firstCells: readonly string[];
  /** Cells that are exactly "NA". */
  readonly naCells: number;
  /** Cells of two capital letters that mark no missing value. */
  readonly capitalPairs: number;
  /** Null when the column does not hold numbers. */
  readonly numeric: NumericFacts | null;
  /** Null when the column holds numbers only. */
  readonly text: TextFacts | null;
  /** Formats that fit, best first; empty when nothing looks like a date. */
  readonly dates: readonly DateFacts[];
  /** Numbers in cells that are no plain numbers. */
  readonly written: WrittenFacts;
}

export interface NumericFacts {
  readonly distinct: number;
  readonly integers: number;
  readonly min: number;
  readonly max: number;
  /** Cells like 007 or with 17 and more digits: codes, which a number would not hold. */
  readonly codes: number;
  /** Cells with a decimal point. */
  readonly points: number;
  /** The first number, when each row's number is one more than the last row's; otherwise null. */
  readonly countsFrom: number | null;
}

export interface TextFacts {
  readonly distinct: number;
  readonly maxLength: number;
  /** Characters and words of all cells together. */
  readonly characters: number;
  readonly words: number;
}

export interface WrittenFacts {
  /** How the numbers are written; null when there are none. */
  readonly numbers: WrittenNumbers | null;
  /** Why cells with numbers in them are no numbers all the same; null: nothing to say. */
  readonly refusal: string | null;
}

export interface WrittenNumbers extends Pick<NumericFacts, "distinct"> {
  readonly format: string;
  /** Cells with brackets around the number or a minus behind it, which are read as negative. */
  readonly turned?: number;
  /** Plain numbers, of which the points are taken to stand between thousands. */
  readonly thousands?: boolean;
  /** Cells that are such a number. */
  readonly fits: number;
  /** Different texts among the other cells: a few words at the most, or next to nothing. */
  readonly words: number;
}

export interface DateFacts {
  readonly format: string;
  /** Cells that are such a date. */
  readonly fits: number;
  /** Days between one row and the next, summed: small when the rows are in order of time. */
  readonly travel: number;
}

/** At most this share of a column's cells may fail to be a number or date. They become missing, and are counted. */
export const toleratedShare = 0.05;

/** Cells that hold some value, if the column is one of numbers, dates or booleans. */
export function presentCells(facts: ColumnFacts): number {
  return facts.filled - facts.valueMarkers;
}
