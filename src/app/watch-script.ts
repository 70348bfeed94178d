import { readFileSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { seconds } from "../core/clock.ts";
import { sha256 } from "../core/json.ts";
import { runFiles } from "../core/run-folder.ts";
import { findScript } from "./find-script.ts";
import { changesRun, refreshReport, type RunScriptOptions } from "./run-script.ts";
import { ScriptProcess, type ScriptOutcome } from "./script-process.ts";
import { describeEdit, measuredOf, type Measured } from "./watch-text.ts";

/** How often the script's file is looked at, in milliseconds. */
const pause = 50;

export type WatchOptions = Pick<RunScriptOptions, "run" | "test" | "signal" | "onOutput">;

/**
 * Runs a script now and each time it is saved, and says what the edit changed and what that did to the score, on the
 * same folds. A save while it runs starts it again. Ends when the signal is aborted; then the report of the run is made
 * again.
 *
 * Each run is a process of its own; the next one is started ahead and waits with the package loaded, so that saving to
 * seeing takes little more than the fits themselves.
 */
export async function watchScript(name: string, options: WatchOptions = {}): Promise<void> {
  const script = findScript(name, options.run);
  const watch = new Watch(script.path, options);
  try {
    await watch.untilAborted();
  } finally {
    await watch.stop();
    if (watch.changedRun && script.run !== null) await refreshReport(script.run);
  }
}

class Watch {
  changedRun = false;
  readonly #script: string;
  readonly #options: WatchOptions;
  readonly #print: (text: string) => void;
  #next: ScriptProcess;
  #running: ScriptProcess | undefined;
  /** What the script was measured at before any edit. */
  #original: Measured | undefined;
  #edits = 0;

  constructor(script: string, options: WatchOptions) {
    this.#script = script;
    this.#options = options;
    this.#print = options.onOutput ?? ((text) => void process.stdout.write(text));
    this.#next = this.#startProcess();
    const shown = relative(process.cwd(), script);
    this.#print(`  watching ${shown.startsWith("..") ? script : shown}\n\n`);
  }

  async untilAborted(): Promise<void> {
    let known = "";
    while (this.#options.signal?.aborted !== true) {
      const now = this.#fingerprint();
      if (now !== known && now !== "") {
        known = now;
        await this.#runUntilSavedAgain(now);
      } else {
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#next.stop(), this.#running?.stop()]);
  }

  /** Runs the script; a save or an abort in between ends it. */
  async #runUntilSavedAgain(fingerprint: string): Promise<void> {
    const start = seconds();
    const child = this.#next;
    this.#running = child;
    const state: { outcome?: ScriptOutcome } = {};
    const ended = child
      .run({
        file: this.#script,
        as: this.#script,
        arguments: [],
        scratch: null,
        openTest: this.#options.test ?? false,
        quiet: true,
        last: true,
      })
      .then((outcome) => (state.outcome = outcome));
    // The next process loads while this one works.
    this.#next = this.#startProcess();
    while (state.outcome === undefined) {
      const isStale = this.#options.signal?.aborted === true || this.#fingerprint() !== fingerprint;
      if (isStale) {
        await child.stop();
        return;
      }
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, pause))]);
    }
    this.#tell(state.outcome, seconds() - start);
  }

  #tell(outcome: ScriptOutcome, elapsed: number): void {
    const measured = measuredOf(outcome.reports);
    if (measured === undefined) {
      if (outcome.exitCode === 0) this.#print("  the script ran, but evaluated nothing\n\n");
      return;
    }
    this.changedRun ||= outcome.reports.some(changesRun);
    const isEdit = measured.outcome?.kind === "added" || measured.outcome?.kind === "known";
    const before = measured.original ?? this.#original;
    if (isEdit || this.#original !== undefined) this.#edits += 1;
    this.#original ??= measured;
    this.#print(
      describeEdit({ number: this.#edits, name: this.#name(), elapsed, before, now: measured }),
    );
  }

  /** "017" for a trial of a run, "best", "ensemble", else the file's name. */
  #name(): string {
    const folder = basename(dirname(this.#script));
    return /^(\d{3,})-/.exec(folder)?.[1] ?? (isNamed(folder) ? folder : basename(this.#script));
  }

  #startProcess(): ScriptProcess {
    return new ScriptProcess({ output: this.#print });
  }

  /** Changes when the content does; empty while an editor is replacing the file. */
  #fingerprint(): string {
    try {
      const content = readFileSync(this.#script);
      return content.length === 0 ? "" : sha256(content);
    } catch {
      return "";
    }
  }
}

/** Folders of a run that have a script and no number. */
function isNamed(folder: string): boolean {
  return folder === runFiles.best || folder === runFiles.ensemble;
}
