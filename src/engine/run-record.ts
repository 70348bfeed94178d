import type { Scores } from "../core/metrics.ts";
import type {
  CheckRecord,
  EnsembleDetail,
  OptimismRecord,
  RunRecord,
  TrialDetail,
  TrialRecord,
} from "../core/run-record.ts";
import { AutomlError } from "../core/errors.ts";
import type { DataProfile } from "../data/profile/profile.ts";
import { byImportance } from "../data/checks/code-table.ts";
import { ensembleFamily } from "../ensemble/ensemble-spec.ts";
import { comparisonOf } from "./alike.ts";
import { checkConstants } from "./checks/check-constants.ts";
import { ensembleDetail } from "./ensemble-record.ts";
import type { ChosenEnsemble, EnsembleExam } from "./ensemble-result.ts";
import type { JournalEvent, JournalLine } from "./journal.ts";
import { liveRecord } from "./live-record.ts";
import { outlookOf } from "./outlook.ts";
import { progressOf } from "./progress.ts";
import { rankTrials } from "./rank-trials.ts";
import { recommend } from "./recommend.ts";
import type { ExamResult, TrialResult } from "./trial-result.ts";
import { endedByTrials } from "./trials-done.ts";

type Started = Extract<JournalEvent, { type: "run-started" }>;

/** A run as its journal tells it. */
export interface JournaledRun {
  readonly started: Started;
  readonly config: Started["config"];
  readonly record: RunRecord;
  /** One per completed trial, in id order: what trial.json holds. */
  readonly details: readonly TrialDetail[];
  /** What ensemble/trial.json holds; its record is that of `record`. */
  readonly ensemble: EnsembleDetail | null;
  /** What is in the training rows; null in runs of older versions. */
  readonly profile: DataProfile | null;
  /** Results of the search by number, for going on with it. */
  readonly results: ReadonlyMap<number, TrialResult>;
  /** Numbers taken by edited trials. */
  readonly edits: readonly TrialDetail[];
}

/** Rebuilds the record and the details of a run from its journal alone. */
export function replayJournal(lines: readonly JournalLine[], source: string): JournaledRun {
  const started = lines.find((line): line is JournalLine & Started => line.type === "run-started");
  if (started === undefined) throw noBeginning(source);
  const state = collect(lines, started);
  const details = detailsOf(started.run, state);
  const { metric } = state.config;
  const { split, data } = started;
  const trials = rankTrials(details, { metric, split, rows: data.rows });
  const best = bestSingle(trials)?.id ?? null;
  const { families, timeBudget, maxTrials } = state.config;
  const constants = state.finished ? checkConstants(trials, families, timeBudget) : [];
  const ensemble = ensembleDetail(started.run, state.chosen, state.ensembleExam, state.results);
  const record: RunRecord = {
    schemaVersion: 1,
    tool: started.tool,
    name: started.run,
    data: started.data,
    target: started.target,
    metric,
    seed: state.config.seed,
    budget: { seconds: timeBudget, trials: maxTrials },
    elapsedSeconds: state.elapsedSeconds,
    stopped: state.stopped,
    split: started.split,
    columns: started.columns,
    checks: byImportance([...started.checks, ...state.checks, ...constants]),
    trials,
    ensemble: ensemble?.record ?? null,
    optimism: state.optimism,
    progress: progressOf(state.results.values(), metric),
    outlook: outlookOf(
      state.results.values(),
      metric,
      state.optimism,
      comparisonOf(metric, split, data.rows),
      endedByTrials(state.stopped),
    ),
    testLooks: state.testLooks,
    ...(state.testOpenings > 1 ? { testOpenings: state.testOpenings } : {}),
    recommended: recommend(trials, metric, ensemble?.record ?? null),
    best,
  };
  const ranked = new Map(trials.map((trial) => [trial.id, trial]));
  return {
    started,
    config: state.config,
    record,
    details: details
      .filter((detail) => detail.record.status === "completed")
      .map((detail) => ({ ...detail, record: ranked.get(detail.record.id) ?? detail.record })),
    ensemble,
    profile: state.profile,
    results: state.results,
    edits: state.edits,
  };
}

function noBeginning(source: string): AutomlError {
  return new AutomlError(
    "AUTOML_RUN_BROKEN",
    `${source} does not begin with a run: nothing can be rebuilt from it.`,
    { hint: "Restore the file, or remove the folder: its run ended before the first trial." },
  );
}

/** All trials and edits, by id. */
function detailsOf(run: string, { results, exams, edits, tests }: Collected): TrialDetail[] {
  return [...results.values()]
    .map((result) => detailOf(run, result, exams.get(result.number)))
    .concat(edits)
    .map((detail) => withTest(detail, tests.get(detail.record.id)))
    .sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

/** The best trial that is one model: an edited ensemble is listed as a trial, too. */
function bestSingle(trials: readonly TrialRecord[]): TrialRecord | undefined {
  return trials
    .filter(({ rank, family }) => rank !== null && family !== ensembleFamily)
    .sort((a, b) => a.rank! - b.rank!)[0];
}

interface Collected {
  profile: DataProfile | null;
  config: Started["config"];
  readonly results: Map<number, TrialResult>;
  readonly exams: Map<number, ExamResult>;
  readonly edits: TrialDetail[];
  /** Test scores that were asked for by hand, by trial. */
  readonly tests: Map<string, Scores>;
  optimism: OptimismRecord | null;
  checks: readonly CheckRecord[];
  chosen: ChosenEnsemble | null;
  ensembleExam: EnsembleExam | null;
  testLooks: number;
  /** Sittings that scored models on the test part, and whether this one has. */
  testOpenings: number;
  isOpened: boolean;
  /** The run came to its end, at least once. */
  finished: boolean;
  elapsedSeconds: number;
  stopped: string;
}

function nothingYet(started: Started): Collected {
  return {
    profile: null,
    config: started.config,
    results: new Map(),
    exams: new Map(),
    edits: [],
    tests: new Map(),
    optimism: null,
    checks: [],
    chosen: null,
    ensembleExam: null,
    testLooks: 0,
    testOpenings: 0,
    isOpened: false,
    finished: false,
    elapsedSeconds: 0,
    stopped: "interrupted",
  };
}

function collect(lines: readonly JournalLine[], started: Started): Collected {
  const state = nothingYet(started);
  for (const line of lines) {
    switch (line.type) {
      case "run-started":
      case "trial-started":
        break;
      case "data-profiled":
        state.profile = line.profile;
        break;
      case "run-resumed":
        state.config = line.config;
        state.isOpened = false;
        state.stopped = "interrupted";
        break;
      case "trial-finished":
        state.results.set(line.result.number, line.result);
        state.elapsedSeconds = Math.max(state.elapsedSeconds, line.result.finishedAt);
        break;
      case "search-finished":
        state.optimism = line.optimism;
        state.checks = line.checks ?? [];
        break;
      case "trial-examined":
        if (line.exam.test) countOpening(state);
        state.exams.set(line.exam.number, { ...state.exams.get(line.exam.number), ...line.exam });
        break;
      case "ensemble-chosen":
        state.chosen = line.ensemble;
        state.ensembleExam = null;
        break;
      case "ensemble-examined":
        if (line.exam.test) countOpening(state);
        state.ensembleExam = line.exam;
        break;
      case "trial-edited":
        state.edits.push(line.detail);
        break;
      case "test-opened":
        state.testLooks++;
        if (line.scores !== undefined) state.tests.set(line.trial, line.scores);
        break;
      case "run-finished":
        state.elapsedSeconds = line.elapsedSeconds;
        state.stopped = line.stopped;
        state.finished = true;
        break;
    }
  }
  return state;
}

/** The end of a sitting looks at the test part once, for all models that it scores. */
function countOpening(state: Collected): void {
  if (!state.isOpened) state.testOpenings++;
  state.isOpened = true;
}

function detailOf(run: string, result: TrialResult, exam: ExamResult | undefined): TrialDetail {
  return {
    schemaVersion: 1,
    run,
    spec: result.spec,
    record: liveRecord(result, exam),
    importance: exam?.importance ?? null,
    plotted: result.plotted,
  };
}

/** A trial with the test scores that were asked for by hand; those that the run measured itself stay. */
export function withTest(detail: TrialDetail, test: Scores | undefined): TrialDetail {
  const { scores } = detail.record;
  if (test === undefined || scores === null || scores.test !== null) return detail;
  return { ...detail, record: { ...detail.record, scores: { ...scores, test } } };
}

/** The number after the last one used by a trial or an edit. */
export function nextNumber(run: Pick<JournaledRun, "results" | "edits">): number {
  const numbers = [...run.results.keys(), ...run.edits.map((detail) => Number(detail.record.id))];
  return Math.max(0, ...numbers) + 1;
}

/** What is known to the search of a run that goes on: its results, and edits as results of their own. */
export function knownResults(run: JournaledRun): Map<number, TrialResult> {
  const known = new Map(run.results);
  for (const { spec, record, plotted } of run.edits) {
    const number = Number(record.id);
    known.set(number, {
      number,
      origin: "edited",
      spec,
      status: "completed",
      validation: record.scores?.validation ?? null,
      foldScores: record.foldScores,
      standardError: record.standardError,
      units: record.units,
      fitSeconds: record.fitSeconds,
      trialSeconds: record.trialSeconds ?? 0,
      finishedAt: 0,
      plotted,
      error: null,
    });
  }
  return known;
}
