import {
  describeAssociations,
  describeColumn,
  describeProfile,
} from "../../../codegen/explore/profile-displays.ts";
import type { Split } from "../../../core/split.ts";
import type { DataProfile } from "../../../data/profile/profile.ts";
import { scriptContext } from "../context.ts";
import type { EnsembleResult, Result } from "../evaluate.ts";
import type { Importance, Splits } from "../explain.ts";
import type { AssociationsView, ColumnView, Pair } from "../explore.ts";
import type { AnyFitted, AnyFittedEnsemble } from "../fit.ts";
import type { LoadedTable } from "../read-table.ts";
import type { Recorded } from "../recorded.ts";
import type { Shapley } from "../shapley.ts";
import type { TestScore } from "../score-test.ts";
import {
  describeEnsemble,
  describeFitted,
  describeImportance,
  describeResult,
  describeSplit,
  describeTable,
  describeTest,
} from "./describe.ts";
import { describePair } from "./describe-profile.ts";
import { describeShapley, describeSplits } from "./describe-trees.ts";
import type { Display } from "./display.ts";
import { showInNotebook } from "./notebook.ts";
import { renderText } from "./text.ts";

/** What can be shown. */
export type Showable =
  | LoadedTable
  | Split
  | Result
  | EnsembleResult
  | TestScore
  | Importance
  | Shapley
  | Splits
  | DataProfile
  | ColumnView
  | AssociationsView
  | Pair
  | AnyFitted
  | AnyFittedEnsemble;

/**
 * Prints in a terminal, draws in a notebook (tables, and charts by Vega-Lite). `beside` adds what was recorded and the
 * difference, which is "same to the last bit" for a script that was not edited.
 *
 * @example
 * show(await evaluate(trial, table, parts), recorded);
 */
export function show(value: Showable, beside?: Recorded): void {
  const context = scriptContext();
  if (beside !== undefined) context.recordedTrial = beside.trial;
  if (context.quiet) return;
  const display = describe(value, beside);
  if (!showInNotebook(display)) console.log(renderText(display));
}

function describe(value: Showable, beside: Recorded | undefined): Display {
  if (!("kind" in value)) return describeSplit(value);
  switch (value.kind) {
    case "table":
      return describeTable(value);
    case "result":
      return describeResult(value, beside);
    case "ensemble-result":
      return describeEnsemble(value, beside);
    case "test-score":
      return describeTest(value, beside);
    case "importance":
      return describeImportance(value);
    case "shapley":
      return describeShapley(value);
    case "splits":
      return describeSplits(value);
    case "profile":
      return describeProfile(value);
    case "column-profile":
      return describeColumn(value.profile, value.column);
    case "associations":
      return describeAssociations(value.profile);
    case "pair":
      return describePair(value);
    case "fitted":
    case "fitted-ensemble":
      return describeFitted(value);
  }
}
