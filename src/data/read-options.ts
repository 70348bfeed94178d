import type { SampleSpec } from "../core/reading.ts";

/** How one file is read. */
export interface ReadOptions {
  /** Column names that will be asked for. */
  readonly expected: readonly string[] | undefined;
  /** Whether the first record names the columns; undefined: it is looked at. */
  readonly header: boolean | undefined;
  readonly sample: SampleSpec | null;
  /** Data rows of the files before this one, when there are several. */
  readonly rowsBefore: number;
}
