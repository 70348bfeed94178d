import { AutomlError } from "../../core/errors.ts";
import type { RandomSplitSpec, SplitSpec } from "../../core/split.ts";
import type { Table } from "../../core/table.ts";
import { chooseSplit, type SplitChoice } from "../choose-split.ts";
import { describePlaces } from "./by-column.ts";
import { countGroups } from "./by-group.ts";
import { foldsInTime, rowsWithoutTime } from "./by-time.ts";
import { heldOut, heldOutShare, validatedInTime } from "./held-out.ts";
import { countedRows, splitError } from "./rows.ts";

/** The column that says how rows are divided. */
export interface DividedBy {
  readonly kind: "time" | "group" | "column";
  readonly column: string;
}

export interface DivisionChoice extends SplitChoice {
  /** Left out: at random. */
  readonly by?: DividedBy;
  /** Column of row weights. */
  readonly weight?: string;
}

type Chosen = { readonly spec: SplitSpec; readonly why: string };

/**
 * How to divide a table: folds by its size, as `chooseSplit` has it, and parts by the column that was named. Copies of a
 * row are kept together where there are any. Throws AUTOML_SPLIT_INVALID, AUTOML_OPTION_INVALID, AUTOML_WEIGHT_INVALID.
 */
export function chooseDivision(table: Table, choice: DivisionChoice = {}): Chosen {
  const counted = countedRows(table, choice.weight);
  const base = chooseSplit(counted.length, choice);
  const weighted = weightText(table, counted, choice.weight);
  const { spec, why } = divide(table, counted, base, choice);
  return { spec, why: `${why}${weighted}` };
}

function divide(
  table: Table,
  counted: Int32Array,
  base: { readonly spec: RandomSplitSpec; readonly why: string },
  { by, cv }: DivisionChoice,
): Chosen {
  switch (by?.kind) {
    case undefined:
      return withCopies(table, base);
    case "time":
      return inTime(table, counted, base.spec, by.column);
    case "group":
      return inGroups(table, counted, base.spec, by.column);
    case "column":
      return asNamed(table, counted, base.spec, by.column, cv);
  }
}

function withCopies(table: Table, { spec, why }: { spec: RandomSplitSpec; why: string }): Chosen {
  const { copyOf } = table;
  if (copyOf === undefined) return { spec, why };
  const copies = copyOf.reduce((sum, first, row) => sum + (first === row ? 0 : 1), 0);
  const text =
    copies === 1
      ? "1 row is an exact copy of another: the two are kept in one part."
      : `${copies} rows are exact copies of others: each is kept in one part with its original.`;
  const { seed, ...rest } = spec;
  return { spec: { ...rest, copies: "together", seed }, why: `${why} ${text}` };
}

function inTime(table: Table, counted: Int32Array, base: RandomSplitSpec, column: string): Chosen {
  const { test, folds: wanted, validation: held = heldOutShare } = base;
  const specOf = (folds: number) =>
    ({
      kind: "time",
      column,
      test,
      folds,
      repeats: 1,
      validation: folds === 1 ? held : validatedInTime,
    }) as const;
  const folds = foldsInTime(table, specOf(wanted), counted);
  if (folds === 0) {
    throw splitError(
      `"${column}" has too few different times for a validation part${test > 0 ? " and a test part" : ""}.`,
      "Name a column with more times, or divide the rows in another way.",
      { column },
    );
  }
  const latest = test > 0 ? `the latest ${percent(test)} of the rows are the test part, and ` : "";
  const parts =
    folds === 1
      ? `the latest ${percent(held)} of the rows before are validated by a model of all rows older than they are`
      : `each of ${folds} validation parts comes after all rows that its model is fitted on`;
  const fewer = folds < wanted ? ` More parts than that its times do not give.` : "";
  const missing = rowsWithoutTime(table, column, counted);
  const oldest =
    missing === 0
      ? ""
      : ` ${missing} ${missing === 1 ? "row has" : "rows have"} no time and count${missing === 1 ? "s" : ""} as the oldest.`;
  return { spec: specOf(folds), why: `By time (${column}): ${latest}${parts}.${fewer}${oldest}` };
}

function inGroups(
  table: Table,
  counted: Int32Array,
  base: RandomSplitSpec,
  column: string,
): Chosen {
  const { groups, missing, largest } = countGroups(table, column, counted);
  const { test, folds: wanted, validation, seed } = base;
  const most = groups - (test > 0 ? 1 : 0);
  if (most < 2) {
    throw splitError(
      `"${column}" has ${groups} ${groups === 1 ? "group" : "groups"}, too few for training, validation${test > 0 ? " and test" : ""}.`,
      "Name a column with more groups, or divide the rows in another way.",
      { column, groups },
    );
  }
  const folds = wanted === 1 ? 1 : Math.max(2, Math.min(wanted, most));
  // Of few groups other folds would be much the same ones.
  const repeats = groups < 4 * folds ? 1 : base.repeats;
  const spec = {
    kind: "group",
    column,
    test,
    folds,
    repeats,
    ...heldOut(folds, validation),
    seed,
  } as const;
  const often = repeats === 1 ? "" : `, dealt ${repeats} times`;
  const parts = folds === 1 ? "one validation part" : `${folds} folds${often}`;
  const rest =
    missing === 0
      ? ""
      : ` ${missing} ${missing === 1 ? "row" : "rows"} without a group are kept together as one.`;
  const share = largest / counted.length;
  const large =
    share > 0.3 ? ` The largest has ${percent(share)} of the rows, so parts are uneven.` : "";
  const fewer = folds < wanted ? ` More folds than that (${wanted}) its groups do not give.` : "";
  return {
    spec,
    why: `By group (${column}, ${groups} groups): no group has rows on two sides, in ${parts}${test > 0 ? " and the test part" : ""}.${fewer}${large}${rest}`,
  };
}

function asNamed(
  table: Table,
  counted: Int32Array,
  { folds, repeats, validation, seed }: RandomSplitSpec,
  column: string,
  cv: number | undefined,
): Chosen {
  const { text, missing, hasFolds } = describePlaces(table, column, counted);
  if (hasFolds && cv !== undefined) {
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `"${column}" says which rows validate, so the number of folds cannot be asked for.`,
      { hint: "Leave --cv out, or the validation rows in the column." },
    );
  }
  const drawn = hasFolds
    ? ""
    : ` It names no validation rows: ${folds === 1 ? "a part" : `${folds} folds`} of the training rows ${folds === 1 ? "is" : "are"} drawn at random.`;
  const left = missing === 0 ? "" : ` ${missing} rows without a part are left out.`;
  return {
    // What the column says of test and folds is filled in when the rows are divided.
    spec: {
      kind: "column",
      column,
      test: 0,
      folds,
      repeats,
      ...(validation === undefined ? {} : { validation }),
      seed,
    },
    why: `As the column ${column} says: ${text}.${drawn}${left}`,
  };
}

function weightText(table: Table, counted: Int32Array, weight: string | undefined): string {
  if (weight === undefined) return "";
  const without = table.rows - counted.length;
  const left =
    without === 0
      ? ""
      : `; ${without} ${without === 1 ? "row" : "rows"} without a weight above 0 left out`;
  return ` Rows are weighted by ${weight}${left}.`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
