import type { MetricName } from "../../core/metrics.ts";
import { lossOf, metrics } from "../../core/metrics.ts";
import type { RunRecord, TrialDetail, TrialRecord } from "../../core/run-record.ts";
import { commandName, type RunReference } from "../commands.ts";
import { ensembleLabel, ensembleRow } from "../ensemble-row.ts";
import { harmlessKey, ShortNames, shorten, visibleName } from "../names.ts";
import type { FamilyText, ReportInput } from "../report-input.ts";
import { ScoreText } from "../score-text.ts";

const longestText = 400;

/** What a page takes from a detail, of a trial or of the ensemble. */
type PageDetail = Pick<TrialDetail, "importance" | "plotted">;

/** What every part of the page looks up while it is being built. */
export class ReportContext {
  readonly input: ReportInput;
  readonly record: RunRecord;
  readonly metric: MetricName;
  readonly metricLabel: string;
  readonly higherIsBetter: boolean;
  /** Trials in the order they were proposed. */
  readonly trials: readonly TrialRecord[];
  /** Completed trials with a finite score, best first. */
  readonly ranked: readonly TrialRecord[];
  /** The best single trial. */
  readonly best: TrialRecord | undefined;
  /** The ensemble as a trial would be listed. */
  readonly ensemble: TrialRecord | null;
  /** The most accurate answer: the ensemble, or the best trial. */
  readonly top: TrialRecord | undefined;
  readonly names = new ShortNames();
  readonly noSamples: boolean;
  readonly runReference: RunReference;
  readonly #byId: ReadonlyMap<string, TrialRecord>;
  readonly #details: ReadonlyMap<string, PageDetail>;
  readonly #families: ReadonlyMap<string, FamilyText>;
  readonly #scores = new Map<MetricName, ScoreText>();

  constructor(input: ReportInput) {
    const { record } = input;
    this.input = input;
    this.record = record;
    this.metric = record.metric;
    this.metricLabel = metrics[record.metric].label;
    this.higherIsBetter = metrics[record.metric].higherIsBetter;
    this.trials = [...record.trials].sort(byId);
    this.ranked = this.trials
      .filter(
        (trial) => Number.isFinite(this.loss(trial)) && trial.preprocess.fidelity === undefined,
      )
      .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || this.loss(a) - this.loss(b));
    this.noSamples = input.noSamples ?? false;
    this.runReference = {
      command: input.command ?? commandName(""),
      path: input.runReference ?? record.name,
    };
    this.ensemble = ensembleRow(record);
    const all = this.ensemble === null ? record.trials : [...record.trials, this.ensemble];
    this.#byId = new Map(all.map((trial) => [trial.id, trial]));
    const details = [...input.details, ...(input.ensemble ? [input.ensemble] : [])];
    this.#details = new Map(details.map((detail) => [detail.record.id, detail]));
    this.#families = new Map((input.families ?? []).map((family) => [family.name, family]));
    this.best = this.trial(record.best) ?? this.ranked[0];
    const isTop = this.ensemble?.id === record.recommended.mostAccurate;
    this.top = isTop ? (this.ensemble ?? undefined) : this.best;
    // Short names are handed out in the order of the file, so that the first of two look-alikes keeps its name.
    for (const column of record.columns) this.names.of(column.name);
  }

  trial(id: string | null): TrialRecord | undefined {
    return id === null ? undefined : this.#byId.get(id);
  }

  detail(id: string): PageDetail | undefined {
    return this.#details.get(id);
  }

  family(name: string): FamilyText | undefined {
    return this.#families.get(name);
  }

  /** Name of a family for people: the registry's label, else the name in words. */
  familyLabel(name: string): string {
    const known = this.#families.get(name);
    if (known !== undefined) return harmlessKey(known.label);
    const words = visibleName(name.replace(/([a-z0-9])([A-Z])/g, "$1 $2")).toLowerCase();
    return harmlessKey(shorten(words, 40));
  }

  /** Label of a trial's family; of the ensemble, how many it is made of. */
  label(trial: TrialRecord): string {
    const { ensemble } = this.record;
    return trial.id === ensemble?.id ? ensembleLabel(ensemble) : this.familyLabel(trial.family);
  }

  /** How scores of a metric are written all over the page. */
  score(metric: MetricName = this.metric): ScoreText {
    let text = this.#scores.get(metric);
    if (text === undefined) {
      text = new ScoreText(metric, this.best?.scores?.validation[metric] ?? 1);
      this.#scores.set(metric, text);
    }
    return text;
  }

  /** The validation score of the run's metric; null without one. */
  validation(trial: TrialRecord): number | null {
    return trial.scores?.validation[this.metric] ?? null;
  }

  /** Lower is better; Infinity unless the trial completed with a finite score. */
  loss(trial: TrialRecord): number {
    if (trial.status !== "completed" || trial.scores === null) return Infinity;
    return lossOf(trial.scores.validation, this.metric);
  }

  /** A sentence from the record, made fit to show: a name inside it may be long or hostile. */
  sentence(text: string): string {
    return shorten(visibleName(text), longestText);
  }
}

/** "017" before "144" before "1000". */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
