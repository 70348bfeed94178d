/** Rows drawn by their numbers: the same ones on every machine, whoever reads the file and in whatever parts. */
export interface SampleSpec {
  /** Share of the rows that is wanted, above 0 and below 1. */
  readonly fraction: number;
  readonly seed: number;
}

/** How a file is read where its bytes do not say it: with this and the file come the same rows again. */
export interface ReadingSpec {
  /** Whether the first line names the columns; left out: it is looked at. */
  readonly header?: boolean;
  /** The rows that were drawn from a file larger than memory; left out: all rows. */
  readonly sample?: SampleSpec;
}
