import type { MetricName } from "../core/metrics.ts";
import type { TrialStatus } from "../core/run-record.ts";
import type { TrainingSplit } from "../core/split.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import type { Proposal } from "../search/search-plan.ts";
import { fixRounds } from "./evaluate.ts";
import { combineFolds, type ValidationOutcome } from "./fold-scores.ts";
import type { GrowResult, Piece, PieceResult } from "./pool/piece.ts";
import { plottedRows } from "./plotted-rows.ts";
import { trialId, type TrialResult } from "./trial-result.ts";

/** What the folds of one trial share. */
export interface TrialSetting {
  readonly split: TrainingSplit;
  /** Target of every table row. */
  readonly truth: Float64Array;
  /** 1-based data row of the file behind every table row. */
  readonly rowNumbers: Int32Array;
  readonly metric: MetricName;
}

/** One trial on its way through the pool: hands out its pieces and puts their results together. */
export class TrialRun {
  readonly number: number;
  readonly proposal: Proposal;
  outcome: ValidationOutcome | undefined;
  result: TrialResult | undefined;
  readonly #setting: TrialSetting;
  readonly #pending: Piece[] = [];
  readonly #grown: (GrowResult | undefined)[] = [];
  readonly #predictions: (Float64Array | undefined)[] = [];
  #spec: TrialSpec;
  #fitSeconds = 0;
  #pieceSeconds = 0;

  constructor(number: number, proposal: Proposal, setting: TrialSetting) {
    this.number = number;
    this.proposal = proposal;
    this.#setting = setting;
    this.#spec = proposal.spec;
    const kind = proposal.findRounds ? "grow" : "fold";
    setting.split.folds.forEach((_, fold) =>
      this.#pending.push({ kind, spec: proposal.spec, fold }),
    );
  }

  get id(): string {
    return trialId(this.number);
  }

  get hasPiece(): boolean {
    return this.#pending.length > 0;
  }

  takePiece(): Piece {
    const piece = this.#pending.shift();
    if (piece === undefined) throw new RangeError("no piece is waiting");
    return piece;
  }

  accept(piece: Piece, result: PieceResult, pieceSeconds: number, elapsed: number): void {
    this.#pieceSeconds += pieceSeconds;
    if (piece.kind === "grow" && result.kind === "grow") {
      this.#grown[piece.fold] = result;
      this.#fitSeconds += result.fitSeconds;
      if (count(this.#grown) === this.#setting.split.folds.length) this.#cut();
    } else if ((piece.kind === "fold" || piece.kind === "cut") && result.kind === "fold") {
      this.#predictions[piece.fold] = result.predictions;
      this.#fitSeconds += result.fitSeconds;
      if (count(this.#predictions) === this.#setting.split.folds.length) this.#finish(elapsed);
    }
  }

  /** Ends the trial without a score; pieces that were not handed out yet are dropped. */
  fail(status: TrialStatus, code: string, message: string, elapsed: number): void {
    this.#pending.length = 0;
    this.result ??= { ...this.#base(status, elapsed), error: { code, message } };
  }

  /** All folds have grown: agree on the rounds, then cut every fold to them. */
  #cut(): void {
    const grown = this.#grown.map((fold) => fold!);
    this.#spec = fixRounds(
      this.#spec,
      grown.map((fold) => fold.best),
    );
    grown.forEach(({ structure, rounds }, fold) =>
      this.#pending.push({ kind: "cut", spec: this.#spec, fold, structure, rounds }),
    );
    this.#grown.length = 0;
  }

  #finish(elapsed: number): void {
    const { split, truth, metric } = this.#setting;
    const outcome = combineFolds(
      split,
      this.#predictions.map((p) => p!),
      truth,
      metric,
    );
    this.outcome = outcome;
    this.result = {
      ...this.#base("completed", elapsed),
      validation: outcome.scores,
      foldScores: outcome.foldScores,
      standardError: outcome.standardError,
      plotted: plottedRows(outcome.outOfFold, truth, this.#setting.rowNumbers),
    };
  }

  #base(status: TrialStatus, elapsed: number): TrialResult {
    return {
      number: this.number,
      origin: this.proposal.origin,
      spec: this.#spec,
      status,
      validation: null,
      foldScores: [],
      standardError: null,
      units: this.proposal.units,
      fitSeconds:
        status === "completed" ? this.#fitSeconds / this.#setting.split.folds.length : null,
      trialSeconds: this.#pieceSeconds,
      finishedAt: elapsed,
      plotted: [],
      error: null,
    };
  }
}

function count(values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}
