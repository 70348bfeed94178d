import type { Proposal, SearchPlan } from "../search/search-plan.ts";
import type { Calibration } from "./calibration.ts";
import type { Patience } from "./patience.ts";
import type { Piece } from "./pool/piece.ts";
import type { PieceOutcome, WorkerPool } from "./pool/pool.ts";
import { Proposals } from "./proposals.ts";
import type { TrialResult } from "./trial-result.ts";
import { mostTrials, trialsDone } from "./trials-done.ts";
import { TrialRun, type TrialSetting } from "./trial-run.ts";

export interface SearchInput {
  readonly plan: SearchPlan;
  readonly setting: TrialSetting;
  readonly pool: WorkerPool;
  readonly calibration: Calibration;
  /** Trials to complete; null: as many as a run does that was given no number. */
  readonly maxTrials: number | null;
  /** Results of an earlier sitting, by number. */
  readonly known: ReadonlyMap<number, TrialResult>;
  /** Seconds since the run began; only asked for when there is a budget. */
  readonly elapsed: () => number;
  /** Second at which the search has to end so that the rest still fits; Infinity without a budget. */
  readonly deadline: () => number;
  /** Longest a trial may run; null without a budget. */
  readonly trialSeconds: number | null;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly onStart: (trial: TrialRun) => void;
  readonly onFinish: (trial: TrialRun, result: TrialResult) => void;
}

/**
 * Keeps the pool busy with pieces of trials, oldest trial first, until the budget, the trials or the patience run out.
 * Folds that may turn out not to be needed are for workers that have nothing else to do.
 * @returns why it ended, as a sentence
 */
export async function searchLoop(input: SearchInput): Promise<string> {
  const loop = new SearchLoop(input);
  return loop.run();
}

class SearchLoop {
  readonly #input: SearchInput;
  readonly #active: TrialRun[] = [];
  readonly #started = new Map<TrialRun, number>();
  readonly #proposals: Proposals;
  #began = false;
  #stopped: string | null = null;
  /** Trials that were begun may end; no other one fits. */
  #isTooShort = false;
  /** A run has an answer, if only the mean, however late reading the table has made it. */
  #hasAnswer: boolean;
  #failure: { readonly error: unknown } | undefined;
  /** Settles when no piece runs any more and the pool can be used again. */
  #ending: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(input: SearchInput) {
    this.#input = input;
    const { plan, setting, maxTrials, known } = input;
    this.#hasAnswer = known.size > 0;
    this.#proposals = new Proposals(plan, setting.metric, maxTrials ?? mostTrials, known);
  }

  async run(): Promise<string> {
    const { pool, signal } = this.#input;
    const interrupt = (): void => this.#stop("interrupted");
    signal.addEventListener("abort", interrupt);
    if (signal.aborted) interrupt();
    // The deadline moves as trial models turn out cheaper or dearer, so it is looked at, not set once.
    const ticker = setInterval(() => this.#checkTime(), 100);
    try {
      for (;;) {
        this.#checkTime();
        while (pool.idle > 0 && this.#dispatch());
        if (this.#stopped !== null && pool.idle === pool.size) break;
        if (this.#active.length === 0 && pool.idle === pool.size) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      await this.#ending;
      if (this.#failure !== undefined) throw this.#failure.error;
      return this.#stopped ?? this.#exhausted();
    } finally {
      clearInterval(ticker);
      signal.removeEventListener("abort", interrupt);
    }
  }

  #exhausted(): string {
    if (this.#isTooShort) return "what is left of the budget is too short for another trial";
    if (!this.#proposals.allGiven) return "nothing was left to try";
    const { maxTrials, known } = this.#input;
    return trialsDone(maxTrials, this.#began ? null : known.size);
  }

  #checkTime(): void {
    const { elapsed, deadline, patience } = this.#input;
    if (this.#stopped !== null || !this.#hasAnswer || deadline() === Infinity) return;
    const now = elapsed();
    const reason =
      now >= deadline()
        ? "the time budget is used, but for what test scores and models need"
        : patience.exhausted(now);
    if (reason !== null) this.#stop(reason);
  }

  /** No new trials; running pieces are ended and their trials left unfinished. */
  #stop(reason: string): void {
    if (this.#stopped !== null) return;
    this.#stopped = reason;
    this.#active.length = 0;
    this.#ending = this.#input.pool.cancelAll();
    this.#wake();
  }

  /** What a listener threw (the journal cannot be written) ends the search. */
  #break(error: unknown): void {
    this.#failure ??= { error };
    this.#stop("failed");
    this.#wake();
  }

  /** Hands one piece to the pool; false when there is nothing to hand out now. */
  #dispatch(): boolean {
    if (this.#stopped !== null) return false;
    const trial =
      this.#active.find((run) => run.wantsPiece) ??
      this.#startNext() ??
      this.#active.find((run) => run.hasPiece) ??
      null;
    if (trial === null) return false;
    if (trial.result !== undefined) return true; // refused: ended before it began
    const { pool, trialSeconds, elapsed } = this.#input;
    const predictedBytes = trial.proposal.bytes;
    // It waits until the others have ended, and nothing overtakes it.
    if (!pool.hasRoom(predictedBytes)) return false;
    const piece = trial.takePiece();
    const started = this.#started.get(trial) ?? elapsed();
    this.#started.set(trial, started);
    const timeoutSeconds = trialSeconds === null ? null : started + trialSeconds - elapsed();
    void pool
      .run(piece, { owner: trial.id, predictedBytes, timeoutSeconds })
      .then((outcome) => this.#accept(trial, piece, outcome))
      .catch((error: unknown) => this.#break(error));
    return true;
  }

  #startNext(): TrialRun | null {
    if (this.#isTooShort) return null;
    const { setting, elapsed, onStart } = this.#input;
    const next = this.#proposals.next((proposal) => this.#tooSlow(proposal));
    this.#isTooShort = next === "too-short";
    if (typeof next === "string") return null;
    const trial = new TrialRun(next.number, next.proposal, setting);
    this.#began = true;
    onStart(trial);
    if (next.refused !== null) {
      trial.fail("skipped", "AUTOML_MODEL_TOO_LARGE", next.refused, elapsed());
      this.#finish(trial);
      return trial;
    }
    this.#active.push(trial);
    return trial;
  }

  /** Why a proposal cannot be done in what is left of the budget, or null. */
  #tooSlow({ spec, units }: Proposal): string | null {
    const { deadline, elapsed, calibration, pool, trialSeconds } = this.#input;
    if (deadline() === Infinity || !this.#hasAnswer) return null;
    const left = Math.min(deadline() - elapsed(), trialSeconds ?? Infinity);
    const predicted = calibration.seconds(spec.model.kind, units) / pool.size;
    if (predicted <= left) return null;
    return left < 0.1
      ? `it would take about ${secondsText(predicted)}, and no time is left`
      : `it would take about ${secondsText(predicted)}, and ${secondsText(left)} is the most it may`;
  }

  #accept(trial: TrialRun, piece: Piece, outcome: PieceOutcome): void {
    const { elapsed } = this.#input;
    if (trial.result === undefined) {
      if (outcome.ok) trial.accept(piece, outcome.result, outcome.seconds, elapsed());
      else this.#fail(trial, outcome);
      if (trial.result !== undefined) this.#finish(trial);
    }
    this.#wake();
  }

  #fail(trial: TrialRun, outcome: Exclude<PieceOutcome, { ok: true }>): void {
    const { elapsed, trialSeconds, pool } = this.#input;
    const at = elapsed();
    if ("ended" in outcome) {
      if (outcome.ended === "cancelled") return;
      if (outcome.ended === "out-of-memory") {
        const message = `ended: ${outcome.message}`;
        trial.fail("out-of-memory", "AUTOML_TRIAL_OUT_OF_MEMORY", message, at);
      } else {
        const message = `ended after ${trialSeconds?.toFixed(0)} s`;
        trial.fail("timed-out", "AUTOML_TRIAL_TIMED_OUT", message, at);
      }
    } else if (outcome.code === "AUTOML_TRIAL_OUT_OF_MEMORY") {
      trial.fail("out-of-memory", outcome.code, outcome.message, at);
    } else {
      const status = outcome.code === "AUTOML_MODEL_TOO_LARGE" ? "skipped" : "failed";
      trial.fail(status, outcome.code, outcome.message, at);
    }
    pool.cancel(trial.id);
  }

  #finish(trial: TrialRun): void {
    const result = trial.result!;
    this.#hasAnswer = true;
    const position = this.#active.indexOf(trial);
    if (position >= 0) this.#active.splice(position, 1);
    // Folds that were begun are not wanted any more.
    if (result.status === "pruned") this.#input.pool.cancel(trial.id);
    if (result.status === "completed" || result.status === "pruned") {
      this.#input.calibration.add(result.spec.model.kind, result.units, result.trialSeconds);
    }
    this.#proposals.remember(result);
    this.#input.onFinish(trial, result);
  }
}

/** "0.4 s", "12 s": short times must not read as none. */
function secondsText(time: number): string {
  return `${time < 9.95 ? Math.max(0.1, time).toFixed(1) : time.toFixed(0)} s`;
}
