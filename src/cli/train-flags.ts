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
  readonly testFraction?: number;
  readonly cv?: number;
  readonly kernel?: "deno" | "tslab";
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
    name: "kernel",
    placeholder: "<name>",
    description: "kernel of the notebooks: deno, tslab (default: deno)",
    value: { kind: "choice", choices: ["deno", "tslab"] },
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
