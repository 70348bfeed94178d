import type { EnsembleDetail, RunRecord, TrialDetail } from "../core/run-record.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import type { Parameter } from "../models/contract/search-space.ts";

/** What a family is called and what its parameters mean; an entry of the registry is one of these. */
export interface FamilyText {
  readonly name: string;
  readonly label: string;
  readonly summary: string;
  readonly space: { readonly [parameter: string]: Parameter };
}

/** Everything a report is made from. The same input gives the same text, byte for byte. */
export interface ReportInput {
  readonly record: RunRecord;
  /** Details of the trials that have one, in any order. */
  readonly details: readonly TrialDetail[];
  /** What the page of the ensemble is made from. */
  readonly ensemble?: EnsembleDetail | null;
  /** What is in the training rows. */
  readonly profile?: DataProfile | null;
  /** Source text of the scripts by trial id; that of the ensemble under "ensemble". */
  readonly scripts: ReadonlyMap<string, string>;
  /** True: no cell values of the data in the page (`--no-samples`). */
  readonly noSamples?: boolean;
  /** Further runs to compare with this one: a table with the best trial of each. */
  readonly otherRuns?: readonly RunRecord[];
  /** Labels and parameter meanings; families without an entry are shown by their plain name. */
  readonly families?: readonly FamilyText[];
  /** Path of the run for command lines, from where they are pasted (default: the record's name). */
  readonly runReference?: string;
  /** How the program is called in command lines (default: "npx automl"). */
  readonly command?: string;
}
