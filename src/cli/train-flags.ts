import { metricNames, type MetricName } from "../core/metrics.ts";
import type { Flag } from "./flags.ts";

/** What flags and configuration file of `automl train` come to. A field that was not given does not exist. */
export interface TrainSettings {
  readonly target?: string;
  readonly out?: string;
  readonly timeBudget?: number;
  readonly maxTrials?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly memory?: number;
  readonly metric?: MetricName;
  readonly families?: string[];
  readonly exclude?: string[];
  readonly types?: Readonly<Record<string, string>>;
  readonly header?: boolean;
  readonly sampleFraction?: number;
  readonly testFraction?: number;
  readonly cv?: number;
  readonly timeCol?: string;
  readonly groupCol?: string;
  readonly splitCol?: string;
  readonly weightCol?: string;
  readonly kernel?: "deno" | "tslab";
  readonly frame?: "danfo";
  readonly ensemble?: boolean;
  readonly samples?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const number = (low: number, high: number, integer = true) =>
  ({ kind: "number", low, high, integer }) as const;
const whole = (low: number) => number(low, Number.MAX_SAFE_INTEGER);

const workersFlag: Flag = {
  name: "workers",
  placeholder: "<count>",
  description: "worker threads (default: one per core)",
  value: number(1, 256),
};

const memoryFlag: Flag = {
  name: "memory",
  placeholder: "<MB>",
  description: "memory the run may take (default: 75 % of what the machine has)",
  value: whole(64),
};

const timeBudget = number(1, 1e7, false);
const maxTrials = number(1, 100_000);

/** How a run is told. */
const tellingFlags: readonly Flag[] = [
  {
    name: "json",
    description: "events as NDJSON on stdout instead of text",
    value: { kind: "switch" },
  },
  { name: "quiet", description: "no progress, only the result", value: { kind: "switch" } },
];

export const trainFlags: readonly Flag[] = [
  {
    name: "target",
    placeholder: "<column>",
    description: "column to predict (default: guessed and said; asked on a terminal when unsure)",
    value: { kind: "text" },
  },
  {
    name: "out",
    placeholder: "<folder>",
    description: "run folder to write (default: automl-runs/<data name>-<MMDD-HHMM>)",
    value: { kind: "text" },
  },
  {
    name: "time-budget",
    placeholder: "<seconds>",
    description: "seconds the run may take (default: 60; none when only --max-trials is given)",
    value: timeBudget,
  },
  {
    name: "max-trials",
    placeholder: "<count>",
    description:
      "trials to complete at most; alone, the run has no clock and gives the same bits everywhere",
    value: maxTrials,
  },
  {
    name: "seed",
    placeholder: "<number>",
    description: "seed of every random choice (default: 1)",
    value: whole(0),
  },
  workersFlag,
  memoryFlag,
  {
    name: "metric",
    placeholder: "<name>",
    description: `what to optimise: ${metricNames.join(", ")} (default: rmse)`,
    value: { kind: "choice", choices: metricNames },
  },
  {
    name: "families",
    placeholder: "<names>",
    description: "families of models to try, separated by commas (default: all)",
    value: { kind: "list" },
  },
  {
    name: "exclude",
    placeholder: "<columns>",
    description: "columns to leave out, separated by commas",
    value: { kind: "list" },
  },
  {
    name: "types",
    placeholder: "<column=type>",
    description:
      "types said rather than guessed: a=category,b=date:%d/%m/%Y,c=ordered:S<M<L,d=numeric,e=boolean,f=text",
    value: { kind: "types" },
  },
  {
    name: "header",
    description: "the first line names the columns (default: by the look of it)",
    value: { kind: "switch" },
  },
  {
    name: "no-header",
    description: "the first line is a row already; the columns are named column1, column2 ...",
    value: { kind: "switch" },
  },
  {
    name: "sample-fraction",
    placeholder: "<share>",
    description:
      "share of the rows to read, drawn by their numbers (default: all; of long files, what memory and budget allow)",
    value: number(1e-9, 1, false),
  },
  {
    name: "test-fraction",
    placeholder: "<share>",
    description: "share of the rows put aside for the test (default: 0.2; 0: none)",
    value: number(0, 0.5, false),
  },
  {
    name: "cv",
    placeholder: "<folds>",
    description: "folds of the cross-validation (default: by the number of rows)",
    value: number(2, 50),
  },
  {
    name: "time-col",
    placeholder: "<column>",
    description: "train on the past, validate on what comes next, test on the latest rows",
    value: { kind: "text" },
  },
  {
    name: "group-col",
    placeholder: "<column>",
    description: "keep the rows of a group (a customer, a city) on one side",
    value: { kind: "text" },
  },
  {
    name: "split-col",
    placeholder: "<column>",
    description:
      "column that names each row's part: train, validation, test, or the number of a fold",
    value: { kind: "text" },
  },
  {
    name: "weight-col",
    placeholder: "<column>",
    description: "how much each row counts, in fits and in scores; 0: not at all",
    value: { kind: "text" },
  },
  {
    name: "kernel",
    placeholder: "<name>",
    description: "kernel of the notebooks: deno, tslab (default: deno)",
    value: { kind: "choice", choices: ["deno", "tslab"] },
  },
  {
    name: "frame",
    placeholder: "<name>",
    description: "danfo: explore.ts works with a danfojs-node DataFrame",
    value: { kind: "choice", choices: ["danfo"] },
  },
  {
    name: "no-ensemble",
    description: "no weighted sum of models: the best single one is the answer",
    value: { kind: "switch" },
  },
  {
    name: "no-samples",
    description: "keep cell values out of report, scripts and notebooks",
    value: { kind: "switch" },
  },
  ...tellingFlags,
];

/** `resume` goes on with the settings of the run; these may differ. */
export const resumeFlags: readonly Flag[] = [
  {
    name: "time-budget",
    placeholder: "<seconds>",
    description: "further seconds (default: what was left of the budget; 60 when nothing was)",
    value: timeBudget,
  },
  {
    name: "max-trials",
    placeholder: "<count>",
    description: "trials to complete at most, those of before included",
    value: maxTrials,
  },
  workersFlag,
  memoryFlag,
  ...tellingFlags,
];
