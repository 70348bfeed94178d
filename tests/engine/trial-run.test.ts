import { describe, expect, it } from "vitest";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { evaluateFold, evaluateTrial, searchRounds } from "../../src/engine/evaluate.ts";
import type { Piece, PieceResult } from "../../src/engine/pool/piece.ts";
import { finishFold } from "../../src/engine/evaluate.ts";
import { TrialRun } from "../../src/engine/trial-run.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { models } from "../../src/models/builders.ts";
import type { Proposal } from "../../src/search/search-plan.ts";
import { smallSplit, smallTable } from "./fixtures/small-run.ts";

const table = smallTable(150);
const split = smallSplit(150);
const session = new FitSession(table);
const truth = session.truth("y", split.all.index);
const setting = { split, truth, rowNumbers: table.rowNumbers, metric: "rmse" } as const;

const boosting: TrialSpec = {
  features: [
    { kind: "numeric", column: "a" },
    { kind: "numeric", column: "b" },
    { kind: "category", column: "c", encode: { by: "native" } },
  ],
  target: { column: "y", transform: "log" },
  model: models.gradientBoosting({
    trees: 300,
    learningRate: 0.1,
    maxLeaves: 6,
    minSamplesLeaf: 5,
    rowFraction: 0.8,
    l2: 1,
    seed: 3,
  }),
};

function proposal(race: readonly number[] | null): Proposal {
  return {
    spec: { ...boosting, target: { column: "y", transform: "none" } },
    origin: "search",
    findRounds: true,
    units: 300,
    bytes: 0,
    refused: null,
    race,
  };
}

function carryOut(piece: Piece): PieceResult {
  switch (piece.kind) {
    case "grow":
      return { kind: "grow", ...searchRounds(piece.spec, split, piece.fold, session) };
    case "cut":
      return { kind: "fold", ...finishFold(piece.spec, split, piece.fold, piece, session) };
    case "fold":
      return { kind: "fold", ...evaluateFold(piece.spec, split, piece.fold, session) };
    default:
      throw new RangeError(piece.kind);
  }
}

/** Carries out all pieces, several at a time, the last one taken first. */
function runBackwards(trial: TrialRun): Piece[] {
  const done: Piece[] = [];
  while (trial.hasPiece) {
    const taken: Piece[] = [];
    while (trial.hasPiece) taken.push(trial.takePiece());
    for (const piece of taken.reverse()) {
      trial.accept(piece, carryOut(piece), 1, 7);
      done.push(piece);
    }
  }
  return done;
}

describe("TrialRun", () => {
  it("cuts only the folds that liked another number of rounds, and scores as the script does", () => {
    const trial = new TrialRun(1, proposal(null), setting);
    const done = runBackwards(trial);
    const grown = done.filter((piece) => piece.kind === "grow").length;
    expect(grown).toBe(3);
    expect(done.length).toBeLessThan(6);
    const result = trial.result!;
    const alone = evaluateTrial(result.spec, split, new FitSession(table));
    expect(result.status).toBe("completed");
    expect(result.validation).toEqual(alone.scores);
    expect(result.foldScores).toEqual(alone.foldScores);
  });

  it("wants the first fold only while there is a race", () => {
    const trial = new TrialRun(1, proposal([9, 9, 9]), setting);
    expect(trial.wantsPiece).toBe(true);
    const first = trial.takePiece();
    expect([trial.wantsPiece, trial.hasPiece]).toEqual([false, true]);
    trial.accept(first, carryOut(first), 1, 1);
    expect(trial.wantsPiece).toBe(true);
    expect(new TrialRun(1, proposal(null), setting).wantsPiece).toBe(true);
  });

  it("is pruned after the first fold that is hopeless, the same in any order", () => {
    const results = [false, true].map((backwards) => {
      const trial = new TrialRun(4, proposal([0.01, 0.01, 0.01]), setting);
      if (backwards) runBackwards(trial);
      else while (trial.wantsPiece) trial.accept(trial.takePiece(), carryOut(firstGrow), 1, 7);
      return trial.result!;
    });
    const [result, other] = results;
    expect(result).toMatchObject({
      status: "pruned",
      validation: null,
      units: 100,
      error: { code: "AUTOML_TRIAL_PRUNED" },
    });
    expect(result!.foldScores).toHaveLength(1);
    expect(Reflect.get(result!.spec.model.params, "trees")).toBeLessThan(300);
    expect({ ...other, trialSeconds: 0 }).toEqual({ ...result, trialSeconds: 0 });
  });
});

const firstGrow: Piece = { kind: "grow", spec: proposal(null).spec, fold: 0 };
