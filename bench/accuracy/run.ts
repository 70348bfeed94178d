/**
 * Test error of our command line and of Python peers on the same splits with the same seconds on the same cores, set by
 * set in turns, resumable; and the tables that compare them.
 *
 *   npx tsx bench/accuracy/run.ts <benchmark folder> --python <python with the peers> --results accuracy.jsonl
 *     --scratch <folder>        where reshuffled splits are written
 *     --systems ours,flaml,lightgbm   also flaml-ensemble, lightgbm-optuna, autogluon, autogluon-best, mljar, h2o, ...,
 *                               and sklearn: the best of four models tuned by scikit-learn
 *     --name ours               what our runs are called in the results: another name for another version
 *     --budgets 30  --curve 5,10,20,60   seconds; the latter for ours only
 *     --seeds 1,2  --resplits 5  --sets yacht,wage  --ordered plain|given
 *     --cores 0,1  --threads 2  --retry   the latter: runs that failed are done again
 *     --report  --budget 30  --also other.jsonl  --missing skip --recorded   tables only
 */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseCsv } from "../csv-column.ts";
import { Comparison, type SplitKey } from "./comparison.ts";
import { readOptions, type Options } from "./options.ts";
import { runOurs } from "./ours.ts";
import { runPeer, takesBudget } from "./peer.ts";
import { renderNearness } from "./nearness.ts";
import { renderReport } from "./report.ts";
import { appendResult, keyOf, readResults, type RunResult } from "./results.ts";
import { benchmarkSplits, constantError, readText, writeResplit } from "./splits.ts";

const options = readOptions();
const splits = benchmarkSplits(options.benchmark, {
  ordered: options.ordered !== "no",
  resplits: options.resplits,
  scratch: resolve(options.scratch),
}).filter(({ set }) => options.sets?.includes(set) ?? true);
const given = new Map(
  splits.filter(({ resplit }) => resplit === 0).map((split) => [split.set, split]),
);
mkdirSync(options.scratch, { recursive: true });
if (!options.isReport) runAll();
console.log(report());

/** All systems on a split before the next split: what the machine does meanwhile is the same to all of them. */
function runAll(): void {
  const there = readResults([options.results, ...options.also]);
  const kept = there.filter(({ rmse }) => rmse !== undefined || !options.retries);
  const known = new Set(kept.map(keyOf));
  for (const split of splits) {
    if (split.resplit > 0) writeResplit(given.get(split.set)!, split);
    for (const seed of options.seeds) {
      for (const { system, budget } of jobsOf(options)) {
        const { set, resplit } = split;
        const key = { set, resplit, system: recordedName(system), budget, seed };
        if (known.has(keyOf(key))) continue;
        const job = { budget, seed };
        const outcome =
          system === options.name
            ? runOurs(split, job, options)
            : runPeer(system, split, job, options);
        const result: RunResult = { ...key, ...outcome };
        appendResult(options.results, result);
        console.error(line(result));
      }
    }
  }
}

/** A system that was given the column of time or of groups is another one in the results. */
function recordedName(system: string): string {
  return options.ordered === "given" ? `${system}+column` : system;
}

/** Systems in turns, budget by budget. */
function jobsOf({ systems, budgets, curve, name }: Options): { system: string; budget: number }[] {
  const named = systems.map((system) => (system === "ours" ? name : system));
  const limited = budgets.flatMap((budget) =>
    named.filter(takesBudget).map((system) => ({ system, budget })),
  );
  const free = named.filter((system) => !takesBudget(system));
  const more = named.includes(name) ? curve.filter((budget) => !budgets.includes(budget)) : [];
  return [
    ...limited,
    ...free.map((system) => ({ system, budget: 0 })),
    ...more.map((budget) => ({ system: name, budget })),
  ];
}

function report(): string {
  const results = [
    ...readResults([options.results, ...options.also]),
    ...(options.showsRecorded ? recordedBaselines(options.benchmark) : []),
  ];
  const ran = new Set(results.map(({ set, resplit = 0 }) => `${set}|${resplit}`));
  const keys = splits.flatMap((split): SplitKey[] => {
    if (split.resplit > 0 && !ran.has(`${split.set}|${split.resplit}`)) return [];
    if (split.resplit > 0) writeResplit(given.get(split.set)!, split);
    return [{ set: split.set, resplit: split.resplit, constant: constantError(split) }];
  });
  const comparison = new Comparison(results, keys, { missing: options.missing });
  const tables = renderReport(comparison, keys, {
    name: recordedName(options.name),
    budget: options.budget,
  });
  if (options.ordered === "no") return tables;
  return `${tables}\n${renderNearness(results, { name: options.name, budget: options.budget })}`;
}

/** Test errors that come with the benchmark: the given splits only. */
function recordedBaselines(benchmark: string): RunResult[] {
  const [header = [], ...rows] = parseCsv(readText(join(benchmark, "baselines.csv")));
  return rows.map((row) => {
    const cell = (name: string): string => row[header.indexOf(name)] ?? "";
    const system = `${cell("model")} (recorded)`;
    const rmse = Number(cell("rmse"));
    return {
      set: cell("dataset"),
      system,
      budget: 0,
      seed: 1,
      wall: Number(cell("seconds")),
      rmse,
    };
  });
}

function line({ set, resplit, system, budget, seed, wall, rmse, error }: RunResult): string {
  const name = resplit ? `${set}-${resplit}` : set;
  const score = rmse === undefined ? `FAILED ${error}` : rmse.toPrecision(5);
  return `${name.padEnd(22)} ${system} ${budget} s, seed ${seed}: ${score} in ${wall.toFixed(1)} s`;
}
