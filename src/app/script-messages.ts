import type { ScriptReport } from "./script/script-report.ts";

/** Asks a script host to run a script. */
export interface RunRequest {
  /** File that is imported. */
  readonly file: string;
  /** Where the script says it is: relative paths start from its folder. The same as `file` but for verification. */
  readonly as: string;
  readonly arguments: readonly string[];
  /** Folder that the script writes to instead of its run. */
  readonly scratch: string | null;
  readonly openTest: boolean;
  /** Results are reported, not printed. */
  readonly quiet: boolean;
  /** No more scripts follow: the process may end when the script has. */
  readonly last: boolean;
}

/** What a script host answers. */
export type HostMessage =
  | { readonly type: "report"; readonly report: ScriptReport }
  | { readonly type: "done"; readonly error: ScriptFailure | null };

/** An error that ended a script, as data. */
export interface ScriptFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** Line of the script, when known. */
  readonly line: number | null;
}
