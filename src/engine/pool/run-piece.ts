import { seconds } from "../../core/clock.ts";
import { importanceFold } from "../../core/split.ts";
import { sharedInt32 } from "../../core/table.ts";
import type { FitSession } from "../../ensemble/fit-session.ts";
import { saveModel } from "../../ensemble/saved-model.ts";
import { fitTrial, predictTrial } from "../../ensemble/trial-model.ts";
import { permutationImportance } from "../../explain/importance.ts";
import { structureSize } from "../../models/predict/structure-size.ts";
import { evaluateFold, finishFold, searchRounds } from "../evaluate.ts";
import { weightsAt } from "../fold-scores.ts";
import type {
  ImportanceResult,
  Piece,
  PieceResult,
  RefitResult,
  TrialModelResult,
  WorkerShared,
} from "./piece.ts";

/** Carries out one piece in this thread. */
export function runPiece(piece: Piece, shared: WorkerShared, session: FitSession): PieceResult {
  switch (piece.kind) {
    case "fold":
      return { kind: "fold", ...evaluateFold(piece.spec, shared.split, piece.fold, session) };
    case "grow":
      return { kind: "grow", ...searchRounds(piece.spec, shared.split, piece.fold, session) };
    case "cut":
      return { kind: "fold", ...finishFold(piece.spec, shared.split, piece.fold, piece, session) };
    case "trial-model":
      return runTrialModel(piece, session);
    case "importance":
      return runImportance(piece, shared, session);
    case "refit":
      return runRefit(piece, session);
  }
}

function runTrialModel(
  piece: Extract<Piece, { kind: "trial-model" }>,
  session: FitSession,
): TrialModelResult {
  const start = seconds();
  const fitted = fitTrial(piece.spec, piece.training, session);
  const fitSeconds = seconds() - start;
  // Prediction is timed with its preparation, on test rows or, without a test part, on some training rows.
  const rows = piece.test.length > 0 ? piece.test : piece.training.slice(0, 1000);
  const shared = sharedInt32(rows.length);
  shared.set(rows);
  const { predictions, fastest } = timePredictions(() =>
    predictTrial(fitted, session.table, shared),
  );
  const predictMicrosPerRow = (fastest * 1e6) / Math.max(1, rows.length);
  const modelBytes =
    piece.path === null
      ? null
      : saveModel(piece.path, fitted, {
          trial: piece.trial,
          fittedOn:
            fitted.rows === piece.training.length
              ? `the ${fitted.rows} training rows`
              : `${fitted.rows} of the ${piece.training.length} training rows`,
        });
  return {
    kind: "trial-model",
    predictions: piece.test.length > 0 ? predictions : new Float64Array(0),
    fitSeconds,
    predictMicrosPerRow,
    predictUnits: fitted.model.kind === "structure" ? structureSize(fitted.model.structure) : 0,
    modelBytes,
  };
}

/** Predicts up to five times within 50 ms and takes the fastest: the first time pays for the compiler. */
function timePredictions(predict: () => Float64Array): {
  predictions: Float64Array;
  fastest: number;
} {
  const begin = seconds();
  let fastest = Infinity;
  let predictions = new Float64Array(0);
  for (let round = 0; round < 5 && (round === 0 || seconds() - begin < 0.05); round++) {
    const start = seconds();
    predictions = new Float64Array(predict());
    fastest = Math.min(fastest, seconds() - start);
  }
  return { predictions, fastest };
}

function runImportance(
  piece: Extract<Piece, { kind: "importance" }>,
  shared: WorkerShared,
  session: FitSession,
): ImportanceResult {
  const fold = importanceFold(shared.split);
  const fitted = fitTrial(piece.spec, fold.train.index, session);
  const rows = fold.validation.index;
  const truth = session.truth(piece.spec.target.column, rows);
  const { repeats, seed } = piece;
  const weights = weightsAt(session.weights(piece.spec.target), rows);
  const options = { repeats, seed, metric: shared.metric, weights };
  return {
    kind: "importance",
    importance: permutationImportance(fitted, session.table, rows, truth, options),
  };
}

function runRefit(piece: Extract<Piece, { kind: "refit" }>, session: FitSession): RefitResult {
  const start = seconds();
  const fitted = fitTrial(piece.spec, piece.rows, session);
  const fitSeconds = seconds() - start;
  const note = {
    trial: piece.trial,
    fittedOn: `all ${piece.rows.length} rows; it has no score of its own`,
  };
  return { kind: "refit", modelBytes: saveModel(piece.path, fitted, note), fitSeconds };
}
