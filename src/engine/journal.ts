import { appendFileSync, readFileSync, truncateSync } from "node:fs";
import { timestamp } from "../core/clock.ts";
import { AutomlError } from "../core/errors.ts";
import { unwritable } from "../core/unwritable.ts";
import type { Scores } from "../core/metrics.ts";
import type {
  CheckRecord,
  ColumnRecord,
  ExampleCell,
  OptimismRecord,
  RunRecord,
  TrialDetail,
} from "../core/run-record.ts";
import type { ColumnSchema } from "../core/schema.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import type { SplitRecord } from "../core/split.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import type { ChosenEnsemble, EnsembleExam } from "./ensemble-result.ts";
import type { ExamResult, TrialResult } from "./trial-result.ts";
import type { RunConfig } from "./run-config.ts";

/** What a run writes down, in order. Everything else in the run folder can be rebuilt from it. */
export type JournalEvent =
  | {
      readonly type: "run-started";
      readonly run: string;
      readonly tool: RunRecord["tool"];
      readonly config: RunConfig;
      readonly data: RunRecord["data"];
      readonly target: RunRecord["target"];
      readonly split: SplitRecord;
      readonly splitSha256: string;
      readonly schema: readonly ColumnSchema[];
      readonly columns: readonly ColumnRecord[];
      readonly checks: readonly CheckRecord[];
      /** The row that scripts predict at their end; null keeps cell values out. */
      readonly example: readonly ExampleCell[] | null;
    }
  /** What is in the training rows: report, explore.ts and explore.ipynb are made from it. */
  | { readonly type: "data-profiled"; readonly profile: DataProfile }
  | { readonly type: "run-resumed"; readonly config: RunConfig }
  | { readonly type: "trial-started"; readonly number: number; readonly spec: TrialSpec }
  | { readonly type: "trial-finished"; readonly result: TrialResult }
  /** The search has ended; what its best score owes to the choice among many. */
  | {
      readonly type: "search-finished";
      readonly optimism: OptimismRecord | null;
      /** What the best trials' errors tell about rows; older runs have none. */
      readonly checks?: readonly CheckRecord[];
    }
  /** A trial model was fitted, tested, explained or refitted on all rows, after the search. */
  | { readonly type: "trial-examined"; readonly exam: ExamResult }
  /** Chosen after the search, and again when members turn out not to be there; null: there is none. */
  | { readonly type: "ensemble-chosen"; readonly ensemble: ChosenEnsemble | null }
  /** Its members are fitted, its test score and model.json are there. */
  | { readonly type: "ensemble-examined"; readonly exam: EnsembleExam }
  | { readonly type: "trial-edited"; readonly detail: TrialDetail }
  /** The test part was opened by hand. Scores only when what was tested is that very trial; older runs have none. */
  | { readonly type: "test-opened"; readonly trial: string; readonly scores?: Scores }
  | { readonly type: "run-finished"; readonly elapsedSeconds: number; readonly stopped: string };

export type JournalLine = JournalEvent & { readonly sequence: number; readonly time: string };

/** Appends to journal.jsonl, one line per event, one write per line. */
export class Journal {
  readonly path: string;
  #sequence: number;

  private constructor(path: string, sequence: number) {
    this.path = path;
    this.#sequence = sequence;
  }

  /** Opens a journal to append to; a torn last line, left by a crash, is cut off. */
  static open(path: string): Journal {
    const { lines, intactBytes, totalBytes } = parse(path, { missingIsEmpty: true });
    if (totalBytes > intactBytes) truncateSync(path, intactBytes);
    return new Journal(path, lines.length);
  }

  append(event: JournalEvent): void {
    const { type, ...rest } = event;
    const line = { sequence: this.#sequence++, time: timestamp(), type, ...rest };
    try {
      appendFileSync(this.path, `${JSON.stringify(line)}\n`);
    } catch (cause) {
      throw unwritable(this.path, cause);
    }
  }
}

/** All whole lines of a journal. AUTOML_RUN_UNKNOWN without one, AUTOML_RUN_BROKEN when a line before the last is damaged. */
export function readJournal(path: string): JournalLine[] {
  return parse(path, { missingIsEmpty: false }).lines;
}

function parse(
  path: string,
  { missingIsEmpty }: { missingIsEmpty: boolean },
): { lines: JournalLine[]; intactBytes: number; totalBytes: number } {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (cause) {
    if (missingIsEmpty) return { lines: [], intactBytes: 0, totalBytes: 0 };
    throw new AutomlError("AUTOML_RUN_UNKNOWN", `There is no run here: ${path} cannot be read.`, {
      hint: "automl runs lists the runs below a folder.",
      cause,
    });
  }
  const lines: JournalLine[] = [];
  let start = 0;
  while (start < content.length) {
    const end = content.indexOf(0x0a, start);
    if (end === -1) break; // torn: the process ended while writing it
    try {
      lines.push(readLine(content.toString("utf8", start, end)));
    } catch (cause) {
      throw new AutomlError(
        "AUTOML_RUN_BROKEN",
        `Line ${lines.length + 1} of ${path} is damaged.`,
        {
          hint: "Restore the file, or remove the lines from there on: what stands before them is kept.",
          cause,
        },
      );
    }
    start = end + 1;
  }
  return { lines, intactBytes: start, totalBytes: content.length };
}

/** What lines of each type must hold to be of any use; lines of types that are not known here are passed over. */
const parts: Readonly<Record<JournalEvent["type"], readonly string[]>> = {
  "run-started": ["config", "data", "target", "split", "schema", "columns", "checks", "tool"],
  "data-profiled": ["profile"],
  "run-resumed": ["config"],
  "trial-started": [],
  "trial-finished": ["result"],
  "search-finished": [],
  "trial-examined": ["exam"],
  "ensemble-chosen": [],
  "ensemble-examined": ["exam"],
  "trial-edited": ["detail"],
  "test-opened": [],
  "run-finished": [],
};

function readLine(text: string): JournalLine {
  const line = JSON.parse(text) as JournalLine | null;
  const type: unknown = line?.type;
  if (line === null || typeof type !== "string") throw new TypeError("not an event");
  const needed = Object.hasOwn(parts, type) ? parts[line.type] : [];
  const lacking = needed.find((part) => !isObject(Reflect.get(line, part)));
  if (lacking !== undefined) throw new TypeError(`${type} without ${lacking}`);
  return line;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
