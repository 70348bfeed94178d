import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export interface Options {
  readonly benchmark: string;
  /** The Python that has the peers. */
  readonly python: string;
  /** Our command line, compiled. */
  readonly automl: string;
  /** The name that our runs get in the results; another one for another version. */
  readonly name: string;
  /** JSON lines; a run that is there is not repeated. */
  readonly results: string;
  /** More results of the same form, only read: those of another machine's peers, for example. */
  readonly also: readonly string[];
  readonly scratch: string;
  readonly systems: readonly string[];
  readonly budgets: readonly number[];
  /** Budgets of ours alone. */
  readonly curve: readonly number[];
  readonly seeds: readonly number[];
  readonly sets: readonly string[] | undefined;
  /** Reshuffled splits of each set below 2,000 rows, beside the given one. */
  readonly resplits: number;
  /** The sets split by time or group: plainly, or with the column given to systems that take it. */
  readonly ordered: "no" | "plain" | "given";
  /** Processor cores that runs are bound to; empty: not bound. */
  readonly cores: string;
  readonly threads: number;
  /** Runs that failed are done again. */
  readonly retries: boolean;
  readonly isReport: boolean;
  /** Shows the scores that come with the benchmark too. */
  readonly showsRecorded: boolean;
  /** What the report compares at. */
  readonly budget: number;
  /** Runs that are not there count as the constant, or are left out while the results are still coming. */
  readonly missing: "constant" | "skip";
}

export function readOptions(args?: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    ...(args === undefined ? {} : { args: [...args] }),
    options: {
      python: { type: "string", default: process.env["AUTOML_BENCH_PYTHON"] ?? "python3" },
      automl: { type: "string", default: relative("../../dist/cli/main.js") },
      name: { type: "string", default: "ours" },
      results: { type: "string", default: "accuracy.jsonl" },
      also: { type: "string", default: "" },
      scratch: { type: "string", default: "accuracy-scratch" },
      systems: { type: "string", default: "ours,flaml,lightgbm" },
      budgets: { type: "string", default: "30" },
      curve: { type: "string", default: "" },
      seeds: { type: "string", default: "1" },
      sets: { type: "string" },
      resplits: { type: "string", default: "0" },
      ordered: { type: "string", default: "no" },
      cores: { type: "string", default: "0,1" },
      threads: { type: "string", default: "2" },
      retry: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      recorded: { type: "boolean", default: false },
      budget: { type: "string" },
      missing: { type: "string", default: "constant" },
    },
  });
  const budgets = list(values.budgets).map(Number);
  return {
    benchmark: positionals[0] ?? relative("../../../shared/benchmark"),
    python: values.python,
    automl: values.automl,
    name: values.name,
    results: values.results,
    also: list(values.also),
    scratch: values.scratch,
    systems: list(values.systems),
    budgets,
    curve: list(values.curve).map(Number),
    seeds: list(values.seeds).map(Number),
    sets: values.sets === undefined ? undefined : list(values.sets),
    resplits: Number(values.resplits),
    ordered: oneOf(values.ordered, ["no", "plain", "given"]),
    cores: values.cores,
    threads: Number(values.threads),
    retries: values.retry,
    isReport: values.report,
    showsRecorded: values.recorded,
    budget: Number(values.budget ?? Math.max(...budgets)),
    missing: oneOf(values.missing, ["constant", "skip"]),
  };
}

function list(text: string): string[] {
  return text.split(",").filter((part) => part !== "");
}

function oneOf<T extends string>(text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found === undefined) throw new Error(`${text} is none of ${known.join(", ")}`);
  return found;
}

function relative(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
