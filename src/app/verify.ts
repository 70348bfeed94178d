import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { seconds } from "../core/clock.ts";
import { metricNames, type Scores } from "../core/metrics.ts";
import type { EnsembleDetail, TrialDetail } from "../core/run-record.ts";
import { isEnsembleDetail } from "../ensemble/ensemble-spec.ts";
import type { JournaledRun } from "../engine/run-record.ts";
import { readRun } from "./emit-run.ts";
import { findRun } from "./find-run.ts";
import { toolVersion } from "./installation.ts";
import { printEnsemble, printTrial } from "./print-trial.ts";
import { ScriptProcess, type ScriptOutcome } from "./script-process.ts";
import type { ScriptReport } from "./script/script-report.ts";

/** What came of running one trial's script again. */
export interface VerifiedTrial {
  readonly trial: string;
  readonly status: "same" | "different" | "failed";
  /** The file in the run is not what is printed from the trial's spec: its original was run instead. */
  readonly edited: boolean;
  /** What differs or failed; empty when nothing did. */
  readonly message: string;
}

export interface Verification {
  readonly directory: string;
  /** Node version that the run was made with. */
  readonly node: string;
  /** Those that were checked. */
  readonly results: readonly VerifiedTrial[];
  /** Scripts there are to check: more than results when it was interrupted. */
  readonly scripts: number;
  readonly seconds: number;
}

export interface VerifyOptions {
  /** Scripts that run at the same time (default 2). */
  readonly processes?: number;
  readonly signal?: AbortSignal;
  readonly onTrial?: (result: VerifiedTrial, done: number, of: number) => void;
}

/** A process is replaced after this many scripts, because what scripts hold is never given back. */
const scriptsPerProcess = 20;

/**
 * Prints the script of every completed trial, and of the ensemble, from its spec, runs it as it stands, and compares validation and test scores
 * with the recorded ones by strict equality. Edits are run as they were saved. Nothing in the run is written to.
 */
export async function verify(name: string, options: VerifyOptions = {}): Promise<Verification> {
  const start = seconds();
  const directory = findRun(name);
  const run = readRun(directory);
  const scratch = mkdtempSync(join(tmpdir(), "automl-verify-"));
  try {
    const details = [...run.details, ...(run.ensemble === null ? [] : [run.ensemble])].filter(
      (detail) => detail.record.script !== null,
    );
    const results: VerifiedTrial[] = [];
    const isAborted = (): boolean => options.signal?.aborted === true;
    let next = 0;
    const worker = async (): Promise<void> => {
      const runner = new Runner();
      const stop = (): void => void runner.stop();
      options.signal?.addEventListener("abort", stop);
      try {
        for (;;) {
          const position = next++;
          const detail = details[position];
          if (detail === undefined || isAborted()) return;
          const result = await verifyTrial({ directory, run, detail, scratch, runner });
          // Ctrl-C ends the scripts that run as well: that is no failure of theirs.
          if (isAborted() && result.status === "failed") return;
          results[position] = result;
          const done = Object.keys(results).length;
          options.onTrial?.(result, done, details.length);
        }
      } finally {
        options.signal?.removeEventListener("abort", stop);
        await runner.stop();
      }
    };
    await Promise.all(
      Array.from({ length: Math.min(options.processes ?? 2, details.length) }, worker),
    );
    const { node } = run.record.tool;
    return {
      directory,
      node,
      results: results.filter((r) => r !== undefined),
      scripts: details.length,
      seconds: seconds() - start,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Keeps a process for scripts, and replaces it when it has run many or has ended. */
class Runner {
  #process: ScriptProcess | undefined;
  #scripts = 0;

  async run(file: string, as: string, scratch: string): Promise<ScriptOutcome> {
    if (this.#scripts >= scriptsPerProcess) await this.stop();
    if (this.#process?.alive !== true) {
      this.#process = new ScriptProcess({ output: "collect" });
      this.#scripts = 0;
    }
    this.#scripts += 1;
    return this.#process.run({
      file,
      as,
      scratch,
      arguments: [],
      openTest: false,
      quiet: false,
      last: false,
    });
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }
}

type AnyDetail = TrialDetail | EnsembleDetail;

interface Task {
  readonly directory: string;
  readonly run: JournaledRun;
  readonly detail: AnyDetail;
  readonly scratch: string;
  readonly runner: Runner;
}

async function verifyTrial(task: Task): Promise<VerifiedTrial> {
  const { directory, detail, scratch, runner } = task;
  const { id, script } = detail.record;
  const path = join(directory, script!);
  const failed = (message: string): VerifiedTrial => ({
    trial: id,
    status: "failed",
    edited: false,
    message,
  });
  try {
    const present = existsSync(path) ? readFileSync(path, "utf8") : null;
    const source = sourceOf(task, present);
    if (source === null) return failed(`${script} is not there any more`);
    const file = join(scratch, script!);
    writeFileAtomic(file, source);
    const outcome = await runner.run(file, path, dirname(file));
    const { status, message } = compare(detail, outcome);
    return { trial: id, status, message, edited: source !== present && isSameRelease(task.run) };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** Another release may print the same spec in other words. */
function isSameRelease(run: JournaledRun): boolean {
  return run.record.tool.version === toolVersion();
}

/** The script as it is printed from the spec; that of an edit as it was saved. */
function sourceOf({ directory, run, detail }: Task, present: string | null): string | null {
  if (isEnsembleDetail(detail)) return printEnsemble(directory, run, detail).script;
  if (detail.record.origin === "edited") return present;
  return printTrial(directory, run, detail, detail.record.script!).script;
}

function compare(
  { record }: AnyDetail,
  outcome: ScriptOutcome,
): Pick<VerifiedTrial, "status" | "message"> {
  const { reports, failure } = outcome;
  const evaluated = reports.findLast((report): report is Evaluated => report.kind === "evaluated");
  if (failure !== null) return { status: "failed", message: `${failure.code}  ${failure.message}` };
  if (evaluated === undefined) {
    return {
      status: "failed",
      message: outcome.output.trim().split("\n").at(-1) ?? "it evaluated nothing",
    };
  }
  const tested = reports.findLast((report): report is Tested => report.kind === "tested");
  const recordedTest = record.scores?.test ?? null;
  const differences = [
    ...differ("validation", record.scores?.validation, evaluated.validation),
    // A trial whose test score was never measured has nothing to compare with.
    ...(recordedTest === null ? [] : differ("test", recordedTest, tested?.scores)),
  ];
  if (differences.length === 0) return { status: "same", message: "" };
  return { status: "different", message: differences.join("; ") };
}

type Evaluated = Extract<ScriptReport, { kind: "evaluated" }>;
type Tested = Extract<ScriptReport, { kind: "tested" }>;

function differ(
  part: string,
  recorded: Scores | undefined,
  found: Scores | null | undefined,
): string[] {
  if (recorded === undefined) return [`no ${part} score is recorded`];
  if (found === null || found === undefined) return [`it gave no ${part} score`];
  return metricNames
    .filter((name) => !Object.is(recorded[name], found[name]))
    .map((name) => `${part} ${name}: ${found[name]} instead of ${recorded[name]}`);
}
