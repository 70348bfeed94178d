/** One input with what an independent reader says about it. */
export interface FuzzCase {
  readonly number: number;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** How it was made, for findings. */
  readonly steps: readonly string[];
  readonly expected: Expected;
}

export type Expected =
  /** Any reading and any coded error is right. */
  | { readonly kind: "anything" }
  /** Has to be read, with one of these numbers of rows. */
  | {
      readonly kind: "table";
      readonly rows: readonly number[];
      readonly columns: number | null;
      /** Not touched after it was written: then refusing it is a finding even for odd content. */
      readonly isWhole: boolean;
    }
  /** Records differ in length: refused, or all of them accounted for. */
  | { readonly kind: "ragged"; readonly records: readonly number[] }
  /** Refused, with a code. */
  | { readonly kind: "refused" };

/** A Parquet file of which the number of rows is known. */
export interface ParquetBase {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

export type DrawnCase = Omit<FuzzCase, "number">;
