import { lossOf } from "../core/metrics.ts";
import { lag, propose } from "../search/propose.ts";
import type { PastTrial, Proposal, SearchPlan } from "../search/search-plan.ts";
import type { Calibration } from "./calibration.ts";
import type { Patience } from "./patience.ts";
import type { Piece } from "./pool/piece.ts";
import type { PieceOutcome, WorkerPool } from "./pool/pool.ts";
import type { TrialResult } from "./trial-result.ts";
import { TrialRun, type TrialSetting } from "./trial-run.ts";

export interface SearchInput {
  readonly plan: SearchPlan;
  readonly setting: TrialSetting;
  readonly pool: WorkerPool;
  readonly calibration: Calibration;
  readonly maxTrials: number;
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
 * Proposal i is made as soon as all trials up to i - lag have ended: it sees exactly these.
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
  readonly #past = new Map<number, PastTrial>();
  /** Families that cannot take part, for their size or the budget. */
  readonly #excluded = new Set<string>();
  /** Families with a trial that was begun. */
  readonly #tried = new Set<string>();
  readonly #lastNumber: number;
  #next = 1;
  #stopped: string | null = null;
  #failure: { readonly error: unknown } | undefined;
  /** Settles when no piece runs any more and the pool can be used again. */
  #ending: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(input: SearchInput) {
    this.#input = input;
    // Numbers that edits took do not count as trials of the search.
    const edits = [...input.known.values()].filter((result) => result.origin === "edited").length;
    this.#lastNumber = input.maxTrials + edits;
    for (const result of input.known.values()) this.#remember(result);
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
    const { maxTrials } = this.#input;
    return this.#next > this.#lastNumber
      ? `all ${maxTrials} trials are done`
      : "nothing was left to try";
  }

  #checkTime(): void {
    const { elapsed, deadline, patience } = this.#input;
    if (this.#stopped !== null || deadline() === Infinity) return;
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
    const trial = this.#active.find((run) => run.hasPiece) ?? this.#startNext();
    if (trial === null) return false;
    if (!trial.hasPiece) return true; // refused: ended before it began
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
    const { known, setting, elapsed, onStart } = this.#input;
    while (known.has(this.#next)) this.#next++;
    const number = this.#next;
    if (number > this.#lastNumber) return null;
    const past: PastTrial[] = [];
    for (let earlier = 1; earlier <= number - lag; earlier++) {
      const trial = this.#past.get(earlier);
      if (trial === undefined) return null; // not ended yet
      past.push(trial);
    }
    const choice = this.#choose(number, past);
    if (choice === null) return null;
    const { proposal, refused } = choice;
    const trial = new TrialRun(number, proposal, setting);
    this.#next++;
    onStart(trial);
    if (refused !== null) {
      // A later proposal that fits is not made to pay for this one's size; time only gets shorter.
      if (proposal.refused === null) this.#excluded.add(proposal.spec.model.kind);
      trial.fail("skipped", "AUTOML_MODEL_TOO_LARGE", refused, elapsed());
      this.#finish(trial);
      return trial;
    }
    this.#tried.add(proposal.spec.model.kind);
    this.#active.push(trial);
    return trial;
  }

  /**
   * The proposal for a number that still fits into the budget; families whose proposal does not fit are passed over.
   * A family that has never been tried is refused on the record, once. Null: nothing fits any more.
   */
  #choose(
    number: number,
    past: readonly PastTrial[],
  ): { proposal: Proposal; refused: string | null } | null {
    const passed = new Set(this.#excluded);
    for (;;) {
      const proposal = propose(this.#input.plan, number, past, passed);
      if (proposal === null) {
        if (passed.size > this.#excluded.size)
          this.#stop("what is left of the budget is too short for another trial");
        return null;
      }
      const { kind } = proposal.spec.model;
      const refused = proposal.refused ?? this.#tooSlow(proposal);
      if (refused === null || proposal.refused !== null || !this.#tried.has(kind)) {
        return { proposal, refused };
      }
      passed.add(kind);
    }
  }

  /** Why a proposal cannot be done in what is left of the budget, or null. */
  #tooSlow({ spec, units }: Proposal): string | null {
    const { deadline, elapsed, calibration, pool, trialSeconds } = this.#input;
    if (deadline() === Infinity) return null;
    const left = Math.min(deadline() - elapsed(), trialSeconds ?? Infinity);
    const predicted = calibration.seconds(spec.model.kind, units) / pool.size;
    if (predicted <= left) return null;
    return `it would take about ${Math.ceil(predicted)} s, and ${Math.max(0, Math.floor(left))} s is the most it may`;
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
    const position = this.#active.indexOf(trial);
    if (position >= 0) this.#active.splice(position, 1);
    if (result.status === "completed") {
      this.#input.calibration.add(result.spec.model.kind, result.units, result.trialSeconds);
    }
    this.#remember(result);
    this.#input.onFinish(trial, result);
  }

  #remember(result: TrialResult): void {
    const { metric } = this.#input.setting;
    const loss = result.validation === null ? Infinity : lossOf(result.validation, metric);
    const { number, spec, units } = result;
    this.#past.set(number, { number, spec, loss, units });
  }
}
