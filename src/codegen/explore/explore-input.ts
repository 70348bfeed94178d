import type { ColumnRecord } from "../../core/run-record.ts";
import type { ReadingFacts } from "../script/reading-notes.ts";
import type { DataProfile } from "../../data/profile/profile.ts";

/** Everything explore.ts and explore.ipynb are made from. The same input gives the same bytes. */
export interface ExploreInput {
  readonly data: {
    readonly path: string;
    readonly sha256: string;
    /** Rows with a target. */
    readonly rows: number;
    readonly rowsWithoutTarget: number;
  } & ReadingFacts;
  readonly target: { readonly name: string; readonly why: string };
  /** Every column of the file, in file order. */
  readonly columns: readonly ColumnRecord[];
  readonly profile: DataProfile;
  /** Path from the script to the data file, with forward slashes. */
  readonly dataPath: string;
  /** Path from the script to the run's split; null: there is no run, and all rows are looked at. */
  readonly splitPath: string | null;
  readonly toolVersion: string;
  /** "danfo": with a DataFrame of danfojs-node. */
  readonly frame: "danfo" | null;
}
