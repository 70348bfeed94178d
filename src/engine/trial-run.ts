import { lossOf, scorePredictions, type MetricName, type Scores } from "../core/metrics.ts";
import type { TrialStatus } from "../core/run-record.ts";
import type { TrainingSplit } from "../core/split.ts";
import type { TrialSpec } from "../core/trial-spec.ts";
import type { Proposal } from "../search/search-plan.ts";
import { fixRounds, medianRounds } from "./evaluate.ts";
import { FoldRace } from "./fold-race.ts";
import { combineFolds, weightsAt, type ValidationOutcome } from "./fold-scores.ts";
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
  /** How much every table row counts; undefined: all alike. */
  readonly weights?: Float64Array | undefined;
}

type FoldPiece = Extract<Piece, { readonly fold: number }>;

/** One trial on its way through the pool: hands out its pieces and puts their results together. */
export class TrialRun {
  readonly number: number;
  readonly proposal: Proposal;
  outcome: ValidationOutcome | undefined;
  result: TrialResult | undefined;
  readonly #setting: TrialSetting;
  readonly #race: FoldRace;
  readonly #pending: FoldPiece[] = [];
  readonly #grown: (GrowResult | undefined)[] = [];
  readonly #predictions: (Float64Array | undefined)[] = [];
  /** The metric of each fold that is done; for a fold that grew, at its own best round. */
  readonly #scores: number[] = [];
  #spec: TrialSpec;
  #fitSeconds = 0;
  #pieceSeconds = 0;

  constructor(number: number, proposal: Proposal, setting: TrialSetting) {
    this.number = number;
    this.proposal = proposal;
    this.#setting = setting;
    this.#spec = proposal.spec;
    const { folds } = setting.split;
    this.#race = new FoldRace(proposal.race, folds.length);
    const kind = proposal.findRounds ? "grow" : "fold";
    folds.forEach((_, fold) => this.#pending.push({ kind, spec: proposal.spec, fold }));
  }

  get id(): string {
    return trialId(this.number);
  }

  get hasPiece(): boolean {
    return this.#pending.length > 0;
  }

  /** False while the next piece may turn out not to be needed: it is for workers that have nothing better to do. */
  get wantsPiece(): boolean {
    const [next] = this.#pending;
    return next !== undefined && (next.kind === "cut" || this.#race.isWanted(next.fold));
  }

  takePiece(): Piece {
    const piece = this.#pending.shift();
    if (piece === undefined) throw new RangeError("no piece is waiting");
    return piece;
  }

  accept(piece: Piece, result: PieceResult, pieceSeconds: number, elapsed: number): void {
    if (this.result !== undefined || !("fold" in piece)) return;
    if (result.kind !== "grow" && result.kind !== "fold") return;
    this.#pieceSeconds += pieceSeconds;
    this.#fitSeconds += result.fitSeconds;
    if (result.kind === "grow") this.#grown[piece.fold] = result;
    else this.#predictions[piece.fold] = result.predictions;
    if (piece.kind !== "cut") this.#raceOn(piece.fold, result.predictions, elapsed);
    if (this.result !== undefined) return;
    const folds = this.#setting.split.folds.length;
    if (count(this.#grown) === folds) this.#cut();
    if (count(this.#predictions) === folds) this.#finish(elapsed);
  }

  /** Ends the trial without a score; pieces that were not handed out yet are dropped. */
  fail(status: TrialStatus, code: string, message: string, elapsed: number): void {
    this.#pending.length = 0;
    this.result ??= { ...this.#base(status, elapsed), error: { code, message } };
  }

  #raceOn(fold: number, predictions: Float64Array, elapsed: number): void {
    const { split, truth, metric, weights } = this.#setting;
    const rows = split.folds[fold]!.validation.index;
    const scores: Scores = scorePredictions(
      Float64Array.from(rows, (row) => truth[row]!),
      predictions,
      weightsAt(weights, rows),
    );
    this.#scores[fold] = scores[metric] ?? NaN;
    this.#race.add(fold, lossOf(scores, metric));
    if (this.#race.isLost) this.#giveUp(elapsed);
  }

  #giveUp(elapsed: number): void {
    const folds = this.#race.counted;
    const bests = this.#grown.slice(0, folds).flatMap((fold) => fold?.best ?? []);
    if (bests.length > 0) this.#spec = fixRounds(this.#spec, bests);
    this.#pending.length = 0;
    this.result = {
      ...this.#base("pruned", elapsed),
      foldScores: this.#scores.slice(0, folds),
      units: (this.proposal.units * folds) / this.#setting.split.folds.length,
      error: {
        code: "AUTOML_TRIAL_PRUNED",
        message: this.#race.describe(this.#setting.metric),
      },
    };
  }

  /** All folds have grown: agree on the rounds, then cut every fold to them that did not like just these best. */
  #cut(): void {
    const grown = this.#grown.map((fold) => fold!);
    const bests = grown.map(({ best }) => best);
    const agreed = medianRounds(bests);
    this.#spec = fixRounds(this.#spec, bests);
    grown.forEach(({ structure, rounds, best, predictions }, fold) => {
      if (best === agreed) this.#predictions[fold] = predictions;
      else this.#pending.push({ kind: "cut", spec: this.#spec, fold, structure, rounds });
    });
    this.#grown.length = 0;
  }

  #finish(elapsed: number): void {
    const { split, truth, metric, weights } = this.#setting;
    const outcome = combineFolds(
      split,
      this.#predictions.map((p) => p!),
      truth,
      metric,
      weights,
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
