import type { TrialRecord } from "../../core/run-record.ts";
import { metricNames, metrics } from "../../core/metrics.ts";
import { restoreCommands, trialCommands } from "../commands.ts";
import { formatBytes, formatMicros, formatLarge, formatSeconds, plural } from "../format.ts";
import type { ReportContext } from "./context.ts";
import { buildEdit } from "./edit.ts";
import { membersOf } from "./ensemble-section.ts";
import { Interning } from "./interning.ts";
import { closedTest, measured, rolesOf } from "./leaderboard.ts";
import { parameterValues, transformWords } from "./parameter-words.ts";
import { PlottedRowsPacker } from "./plotted-rows.ts";
import { preparationWords, stepWords } from "./preparation-words.ts";
import type { Fact, PreparationLine, TrialModel } from "./report-model.ts";
import { rounded } from "./search.ts";
import { statusLabels } from "./summary.ts";

/** Columns whose importance is drawn; of a table with 200 columns the rest is noise. */
const shownColumns = 25;

/** Builds the trials' own pages, keeping once what they share. */
export class TrialPages {
  readonly preparations = new Interning<PreparationLine>();
  readonly scriptLines = new Interning<string>();
  readonly plotted: PlottedRowsPacker;
  readonly #context: ReportContext;
  readonly #places: ReadonlyMap<string, number>;

  constructor(context: ReportContext) {
    this.#context = context;
    this.plotted = new PlottedRowsPacker(context.noSamples);
    this.#places = new Map(context.ranked.map((trial, i) => [trial.id, i]));
  }

  build(trial: TrialRecord): TrialModel {
    const context = this.#context;
    const detail = context.detail(trial.id);
    const members = membersOf(trial, context);
    return {
      id: trial.id,
      family: context.label(trial),
      status: statusLabels[trial.status],
      headline: headline(trial, context),
      scores: scores(trial, context),
      facts: facts(trial, context),
      failure:
        trial.error === null
          ? null
          : { code: trial.error.code, message: context.sentence(trial.error.message) },
      edit: buildEdit(trial, context),
      edits: context.trials.filter((other) => other.parent === trial.id).map((other) => other.id),
      members,
      parameters: members === null ? parameterValues(trial.params) : [],
      preparation: this.#preparation(trial),
      target: transformWords[trial.preprocess.target.transform],
      steps: trial.preprocess.steps.map(stepWords),
      folds: folds(trial, context),
      importance: this.#importance(trial),
      plot: detail === undefined ? null : this.plotted.pack(detail.plotted, this.#place(trial)),
      script: this.#script(trial),
      commands: [
        ...trialCommands(context.runReference, trial, context.top === trial),
        ...restoreCommands(context.runReference, trial),
      ],
    };
  }

  /** 0 for the best: that is how many of its rows are drawn. */
  #place(trial: TrialRecord): number {
    return trial === this.#context.ensemble ? 0 : (this.#places.get(trial.id) ?? Infinity);
  }

  #preparation(trial: TrialRecord): number[] {
    const { names, noSamples } = this.#context;
    return trial.preprocess.features.map((feature) =>
      this.preparations.position({
        column: names.of(feature.column),
        type: feature.kind,
        text: preparationWords(feature, noSamples),
      }),
    );
  }

  #importance(trial: TrialRecord): TrialModel["importance"] {
    const rows = this.#context.detail(trial.id)?.importance;
    if (rows === null || rows === undefined) return null;
    // A constant is driven by nothing: there is no chart to draw.
    if (rows.every(({ increase, low, high }) => increase === 0 && low === 0 && high === 0))
      return null;
    const sorted = [...rows].sort((a, b) => b.increase - a.increase);
    return {
      bars: sorted.slice(0, shownColumns).map((row) => ({
        column: this.#context.names.of(row.column),
        increase: rounded(row.increase),
        low: rounded(row.low),
        high: rounded(row.high),
      })),
      more: Math.max(0, sorted.length - shownColumns),
    };
  }

  #script(trial: TrialRecord): TrialModel["script"] {
    const source = this.#context.input.scripts.get(trial.id);
    if (source === undefined) return null;
    const lines = source.replace(/\n$/, "").split("\n");
    return { path: trial.script, lines: lines.map((line) => this.scriptLines.position(line)) };
  }
}

function headline(trial: TrialRecord, context: ReportContext): string {
  const parts = rolesOf(trial.id, context);
  if (trial.rank !== null) parts.unshift(`rank ${trial.rank} of ${context.ranked.length}`);
  if (trial === context.ensemble) parts.push("scored on rows that had no say in its weights");
  if (trial.withinNoise && trial !== context.best)
    parts.push(`within noise of the best${context.ensemble === null ? "" : " single trial"}`);
  if (trial.origin === "edited") parts.push("edited by hand");
  return parts.join(" · ");
}

/** Every metric, the run's own first. */
function scores(trial: TrialRecord, context: ReportContext): TrialModel["scores"] {
  if (trial.scores === null) return [];
  const { validation, test } = trial.scores;
  const order = [context.metric, ...metricNames.filter((name) => name !== context.metric)];
  return order
    .filter((name) => validation[name] !== null)
    .map((name) => ({
      label: metrics[name].label,
      validation: context.score(name).cell(validation[name]),
      test: test === null ? closedTest(trial, context) : context.score(name).cell(test[name]),
    }));
}

function facts(trial: TrialRecord, context: ReportContext): Fact[] {
  const facts: Fact[] = [
    {
      label: "Fit",
      text: measured(trial.fitSeconds, formatSeconds).text,
      note: "on the training rows",
    },
    {
      label: "Whole trial",
      text: measured(trial.trialSeconds, formatSeconds).text,
      note: "all folds",
    },
    { label: "Predict a row", text: measured(trial.predictMicrosPerRow, formatMicros).text },
    { label: "Saved model", text: measured(trial.modelBytes, formatBytes).text },
    { label: "Work units", text: formatLarge(trial.units) },
    { label: "Origin", text: trial.origin },
  ];
  if (trial.refit !== null) {
    const { done, rows, reason } = trial.refit;
    facts[3] = {
      ...facts[3]!,
      note: done
        ? `refitted on all ${plural(rows, "row")}`
        : `fitted on ${plural(rows, "row")}: ${context.sentence(reason)}`,
    };
  }
  return facts;
}

function folds(trial: TrialRecord, context: ReportContext): TrialModel["folds"] {
  const finite = trial.foldScores.filter((score) => Number.isFinite(score));
  if (finite.length < 2) return null;
  const { folds: perRepeat, repeats } = context.record.split;
  return {
    scores: trial.foldScores.map(rounded),
    perRepeat:
      trial.foldScores.length === perRepeat * repeats ? perRepeat : trial.foldScores.length,
    pooled: context.validation(trial),
    standardError: trial.standardError,
  };
}
