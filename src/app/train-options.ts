import type { TrainEvent } from "../core/events.ts";
import { AutomlError, nearestName } from "../core/errors.ts";
import { metricNames, type MetricName } from "../core/metrics.ts";
import type { ColumnRecord, TrialRecord } from "../core/run-record.ts";
import { declareTypes } from "../data/declared-types.ts";
import type { TargetGuess } from "../data/guess-target.ts";
import { familyNames } from "../models/registry.ts";

export interface TrainListeners {
  readonly event?: (event: TrainEvent) => void;
  readonly trial?: (trial: TrialRecord) => void;
}

/** What `train` takes beside the data; the same as the flags of `automl train`. */
export interface TrainOptions {
  /** Column to predict; guessed when left out. */
  readonly target?: string;
  /** Run folder; default `automl-runs/<data name>-<MMDD-HHMM>`. */
  readonly out?: string;
  /** Seconds for everything. Default 60; none when only `maxTrials` is given. */
  readonly timeBudget?: number;
  readonly maxTrials?: number;
  readonly seed?: number;
  /** Worker threads; default one per core. */
  readonly workers?: number;
  /** Megabytes of memory the process may use at most. */
  readonly memory?: number;
  readonly metric?: MetricName;
  /** Names of the families that take part; default all. */
  readonly families?: readonly string[];
  /** Columns left out. */
  readonly exclude?: readonly string[];
  /** Types said rather than guessed, by column: "category", "numeric:$1,234.5", "date:%d/%m/%Y", "ordered:S<M<L" ... */
  readonly types?: Readonly<Record<string, string>>;
  /** Whether the first line names the columns. Default: it is looked at, and said. */
  readonly header?: boolean;
  /** Share of the rows to read, drawn by their numbers and the seed. Default: all, or as many as fit in memory. */
  readonly sampleFraction?: number;
  /** Share of the rows put aside for the test part, 0 … 0.5; default 0.2. */
  readonly testFraction?: number;
  /** Folds of cross-validation; default by size. */
  readonly cv?: number;
  /** Column of times: train on the past, validate by rolling origin, test on the latest rows. */
  readonly timeCol?: string;
  /** Column of groups: no group has rows on two sides. */
  readonly groupCol?: string;
  /** Column that says which part a row is in: train, validation, test, or the number of a fold. */
  readonly splitCol?: string;
  /** Column that says how much a row counts. */
  readonly weightCol?: string;
  readonly kernel?: "deno" | "tslab";
  /** "danfo": explore.ts and explore.ipynb work with a danfojs-node DataFrame. */
  readonly frame?: "danfo";
  /** False keeps cell values out of report and scripts. Default true. */
  readonly samples?: boolean;
  /** False: no weighted sum of trials is made, the best single model is the answer. Default true. */
  readonly ensemble?: boolean;
  /** URLs of modules that export `families`: model families of one's own. */
  readonly familyModules?: readonly string[];
  readonly signal?: AbortSignal;
  /** Called when the target is a guess that is not certain. */
  readonly chooseTarget?: (guess: TargetGuess, columns: readonly ColumnRecord[]) => Promise<string>;
  readonly on?: TrainListeners;
}

/** One listener for all events of a run. */
export function listenersOf({ on }: Pick<TrainOptions, "on">): (event: TrainEvent) => void {
  return (event) => {
    on?.event?.(event);
    if (event.type === "trial") on?.trial?.(event.trial);
  };
}

/** Every option there is; a compile error when one is missing. */
const known: Readonly<Record<keyof TrainOptions, true>> = {
  target: true,
  out: true,
  timeBudget: true,
  maxTrials: true,
  seed: true,
  workers: true,
  memory: true,
  metric: true,
  families: true,
  exclude: true,
  types: true,
  header: true,
  sampleFraction: true,
  testFraction: true,
  cv: true,
  timeCol: true,
  groupCol: true,
  splitCol: true,
  weightCol: true,
  kernel: true,
  frame: true,
  samples: true,
  ensemble: true,
  familyModules: true,
  signal: true,
  chooseTarget: true,
  on: true,
};

/** Refuses options that cannot be meant, before anything is read. */
export function checkOptions(options: TrainOptions): void {
  for (const name of Object.keys(options)) oneOf("option", name, Object.keys(known));
  const { timeBudget, maxTrials, seed, workers, memory, metric, testFraction, cv } = options;
  whole("seed", seed, -Infinity, Infinity);
  whole("maxTrials", maxTrials, 1, 100_000);
  whole("workers", workers, 1, 256);
  whole("cv", cv, 2, 50);
  between("timeBudget", timeBudget, 1, 1e7);
  between("memory", memory, 64, 1e8);
  between("sampleFraction", options.sampleFraction, 1e-9, 1);
  between("testFraction", testFraction, 0, 0.5);
  if (metric !== undefined) oneOf("metric", metric, metricNames);
  if (options.types !== undefined) declareTypes(options.types);
  if (options.kernel !== undefined) oneOf("kernel", options.kernel, ["deno", "tslab"]);
  if (options.frame !== undefined) oneOf("frame", options.frame, ["danfo"]);
  if (options.target !== undefined && options.exclude?.includes(options.target) === true) {
    throw invalid(
      `"${options.target}" is the target and is left out, too.`,
      "Name it in one place only: as the target, or among the columns to exclude.",
    );
  }
  checkColumns(options);
  if ((options.familyModules ?? []).length === 0) {
    for (const family of options.families ?? []) oneOf("family", family, familyNames);
  }
}

/** One way to divide rows, and a column for one purpose. */
function checkColumns({ target, timeCol, groupCol, splitCol, weightCol }: TrainOptions): void {
  const ways = { time: timeCol, group: groupCol, split: splitCol };
  const dividing = Object.entries(ways).flatMap(([way, column]) =>
    column === undefined ? [] : [{ name: `the ${way} column`, column }],
  );
  if (dividing.length > 1) {
    throw invalid(
      `Rows can be divided in one way only, but ${dividing.map(({ name, column }) => `${name} "${column}"`).join(" and ")} are given.`,
      "A group split of the latest rows, for example, can be written into a column of parts, given as the split column.",
    );
  }
  const used =
    weightCol === undefined
      ? dividing
      : [...dividing, { name: "the weight column", column: weightCol }];
  const taken = used.find(({ column }) => column === target);
  if (taken !== undefined) {
    throw invalid(`"${target}" is the target and ${taken.name}, too.`, "Name another column.");
  }
  if (dividing[0] !== undefined && dividing[0].column === weightCol) {
    throw invalid(
      `"${weightCol}" is ${dividing[0].name} and the weight column, too.`,
      "Weights have a column of their own.",
    );
  }
}

function whole(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  const range = low === -Infinity ? "" : ` from ${low} to ${high}`;
  throw invalid(`${name} is ${value}; it must be a whole number${range}.`);
}

function between(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (value >= low && value <= high)) return;
  throw invalid(`${name} is ${value}; it must be a number from ${low} to ${high}.`);
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const near = nearestName(value, allowed);
  const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
  throw invalid(`There is no ${name} "${value}".${meant}`, `Known: ${allowed.join(", ")}.`);
}

function invalid(message: string, hint?: string): AutomlError {
  return new AutomlError("AUTOML_OPTION_INVALID", message, hint === undefined ? {} : { hint });
}
