// The vocabulary of scripts, in the order in which a script uses it.
export { column } from "./preprocess/features/column.ts";
export { target } from "./preprocess/target/build-target.ts";
export { readTable } from "./app/script/read-table.ts";
export { explore } from "./app/script/explore.ts";
export { split } from "./data/split.ts";
export { steps } from "./preprocess/steps/build-steps.ts";
export { models, pipeline } from "./models/builders.ts";
export { defineTrial } from "./app/script/trial.ts";
export { defineEnsemble } from "./app/script/ensemble.ts";
export { range } from "./app/script/range.ts";
export { tune } from "./app/script/tune.ts";
export { evaluate } from "./app/script/evaluate.ts";
export { record } from "./app/script/record.ts";
export { explain } from "./app/script/explain.ts";
export { fit } from "./app/script/fit.ts";
export { scoreTest } from "./app/script/score-test.ts";
export { save } from "./app/script/save.ts";
export { show } from "./app/script/show/show.ts";

// The commands, for programs.
export { predict, resume, train } from "./app/library.ts";
export { fromDanfo, toDanfo } from "./interop/danfo.ts";
export { AutomlError } from "./core/errors.ts";

export type { Feature, Row } from "./preprocess/features/feature.ts";
export type { LoadedTable, ReadTableOptions, ScriptTable } from "./app/script/read-table.ts";
export type { Trial } from "./app/script/trial.ts";
export type { Ensemble, Member } from "./app/script/ensemble.ts";
export type { Range } from "./app/script/range.ts";
export type { Space, TuneOptions } from "./app/script/tune.ts";
export type { EnsembleResult, Result } from "./app/script/evaluate.ts";
export type { Recorded, RecordedScores } from "./app/script/recorded.ts";
export type { Importance, Splits } from "./app/script/explain.ts";
export type {
  AssociationsView,
  CellValue,
  ColumnView,
  ExploreOptions,
  Pair,
} from "./app/script/explore.ts";
export type { ColumnProfile, DataProfile } from "./data/profile/profile.ts";
export type { Shapley } from "./app/script/shapley.ts";
export type { AnyFitted, AnyFittedEnsemble, Fitted, FittedBlend } from "./app/script/fit.ts";
export type { TestScore } from "./app/script/score-test.ts";
export type { CustomModel } from "./models/custom.ts";
export type { Matrix } from "./core/matrix.ts";
export type { MetricName, Scores } from "./core/metrics.ts";
export type { Rows, Split, SplitSpec } from "./core/split.ts";
export type { Table } from "./core/table.ts";
export type {
  EnsembleSpec,
  EnsembleWeighting,
  FeatureSpec,
  ModelSpec,
  StepSpec,
  TargetSpec,
  TrialSpec,
} from "./core/trial-spec.ts";
export type { TrainOptions } from "./app/train-options.ts";
export type { BestModel, TrainedRun } from "./app/carry-out.ts";
export type { ResumeOptions } from "./app/resume.ts";
export type { PredictSummary } from "./app/predict.ts";
export type { TrainEvent } from "./core/events.ts";
export type { EnsembleRecord, RunRecord, TrialRecord } from "./core/run-record.ts";
export type { ErrorCode } from "./core/errors.ts";
