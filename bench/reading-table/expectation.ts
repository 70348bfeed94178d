import { readFileSync } from "node:fs";

/** What a careful analyst who opens the file would say about it: written by looking, not by running anything of ours. */
export interface ExpectedTable {
  /** Below the benchmark folder. */
  readonly file: string;
  readonly rows: number;
  /** Whether the first record is a header. */
  readonly header: boolean;
  /** Sensible targets, by name; by number from 1 where there is no header. */
  readonly targets: readonly (string | number)[];
  readonly columns: readonly ExpectedColumn[];
}

export interface ExpectedColumn {
  /** Null: the file gives none. */
  readonly name: string | null;
  /** Every type that is right, or a role that leaves the column out. */
  readonly kinds: readonly Kind[];
  /** Cells without a value, markers and cells that are no value of the type among them; default 0. */
  readonly missing?: number;
  /** Of the values when they are read as numbers. */
  readonly mean?: number;
  /** strptime format of dates, with the first and the last day. */
  readonly format?: string;
  readonly first?: string;
  readonly last?: string;
}

export type Kind =
  "numeric" | "category" | "boolean" | "date" | "text" | "identifier" | "constant" | "unused";

/** A file that is no table: one of these codes, from reading it or at the latest from training on it. */
export interface ExpectedRefusal {
  readonly file: string;
  readonly error: readonly string[];
  readonly command: "inspect" | "train";
}

export interface Expectations {
  readonly tables: readonly ExpectedTable[];
  readonly refused: readonly ExpectedRefusal[];
}

export function readExpectations(): Expectations {
  return JSON.parse(
    readFileSync(new URL("expected.json", import.meta.url), "utf8"),
  ) as Expectations;
}
