import { Random } from "../../src/core/random.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { checkLabels } from "../../src/engine/checks/check-labels.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { findFamily } from "../../src/models/registry.ts";
import { preparedFeatures } from "../../src/search/preparations.ts";
import { loadSmallSet, targetOf, type SmallSet } from "../search/load-set.ts";
import { benchmarkSets } from "./load.ts";

const families = ["gradientBoosting", "extraTrees"];
const mostRows = 3000;

/**
 * Puts wrong targets into benchmark sets (those of 1 % of the training rows are swapped at random, a third of them made
 * ten times as large instead) and counts how many of those that changed by more than one standard deviation are named,
 * and how many rows are named that were not touched, with the errors and in the set as it is.
 *
 *   npx tsx bench/checks/labels.ts <benchmark> [sets=10] [seed=1]
 */
async function main(): Promise<void> {
  const [benchmark, count = "10", seed = "1"] = process.argv.slice(2);
  if (benchmark === undefined) throw new Error("labels.ts <benchmark> [sets] [seed]");
  const sets = new Random(`labels/${seed}`).shuffle([...benchmarkSets(benchmark)]);
  for (const { name, target, path } of sets.slice(0, Number(count))) {
    const set = await loadSmallSet(path, target, mostRows, families.map(findFamily));
    const clean = suspectsOf(set, target);
    const wrong = putErrors(set, target, new Random(`${seed}/${name}`));
    const found = suspectsOf(set, target);
    const hits = found.filter((row) => wrong.has(row)).length;
    console.log(
      `${name.padEnd(20)} named of ${wrong.size}: ${hits}, others ${found.length - hits}; clean ${clean.length}`,
    );
  }
}

/** Row numbers that are named; at most 20 are. */
function suspectsOf({ table, split, plan }: SmallSet, target: string): readonly number[] {
  const session = new FitSession(table, {
    maxBytes: 2e8,
    threads: () => 1,
    checkpoint: () => undefined,
  });
  const [contestant] = plan.contestants;
  const features = contestant!.features;
  const predictions = families.map((kind) => {
    const family = findFamily(kind);
    const prepared = preparedFeatures(
      "default",
      features,
      family.needs,
      table,
      split.training.index,
    );
    const params = completeParameters(family, family.start);
    const spec = {
      features: prepared!,
      target: { column: target, transform: "none" as const },
      model: { kind, params },
    };
    return evaluateTrial(spec, split, session, { findRounds: family.rounds !== undefined })
      .outOfFold;
  });
  const names = features.flatMap((feature) => ("column" in feature ? [feature.column] : []));
  const truth = targetOf(table, target);
  const checks = checkLabels({ table, target, features: names, truth, predictions });
  return checks.flatMap(({ rows = [] }) => rows);
}

/** Changes the table in place; the row numbers of those that changed much. */
function putErrors({ table, split }: SmallSet, target: string, random: Random): Set<number> {
  const y = targetOf(table, target);
  const rows = split.training.index;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
  const wrong = new Set<number>();
  const count = Math.max(3, Math.round(rows.length / 100));
  for (let k = 0; k < Math.min(20, count); k++) {
    const row = rows[random.integer(rows.length)]!;
    const other = rows[random.integer(rows.length)]!;
    const value = k % 3 === 0 ? 10 * y[row]! : y[other]!;
    if (Math.abs(value - y[row]!) > spread) wrong.add(table.rowNumbers[row]!);
    y[row] = value;
  }
  return wrong;
}

await main();
