/**
 * Compares search methods at equal cost: on small draws of benchmark sets every method gets the same opening and then
 * the same work units, chosen families and all. Prints, per method, how far the best loss and the loss of a greedy
 * ensemble are from the best that any method found, after shares of the units, as means over sets and seeds.
 *
 *   npx tsx bench/search/compare.ts <benchmark folder> --sets a,b --rows 1000 --trials 40 --seeds 3 [--methods parzen,local]
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lossOf } from "../../src/core/metrics.ts";
import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { allFamilies } from "../../src/models/registry.ts";
import { stableStringify } from "../../src/core/json.ts";
import { openingOf } from "../../src/search/opening.ts";
import { parzen, type SearchMethod } from "../../src/search/parzen.ts";
import { lag, propose } from "../../src/search/propose.ts";
import type { PastTrial, Proposal, SearchPlan } from "../../src/search/search-plan.ts";
import { greedyLoss } from "./greedy-loss.ts";
import { loadSmallSet, targetOf, type SmallSet } from "./load-set.ts";
import { localSearch } from "./local-search.ts";
import { randomSearch } from "./random-search.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sets: { type: "string" },
    rows: { type: "string", default: "1000" },
    trials: { type: "string", default: "40" },
    seeds: { type: "string", default: "3" },
    methods: { type: "string", default: "random,local,parzen" },
    without: { type: "string", default: "mlRandomForest,decisionTree,median,linear,huber" },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("usage: npx tsx bench/search/compare.ts <folder>");
const methods: Record<string, SearchMethod> = {
  random: randomSearch,
  local: localSearch,
  parzen,
};
const catalog = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")) as {
  name: string;
  target: string;
}[];
const wanted = values.sets?.split(",") ?? catalog.map(({ name }) => name);
const excluded = new Set(values.without.split(","));
const families = allFamilies().filter(({ name }) => !excluded.has(name));
const shares = [0, 0.25, 0.5, 0.75, 1];

interface Finished {
  readonly past: PastTrial;
  readonly units: number;
  readonly outOfFold: Float64Array;
}

/** One method on one set with one seed: losses by the units spent since the opening. */
interface Curve {
  readonly method: string;
  readonly steps: readonly { units: number; best: number; ensemble: number }[];
}

const table: { set: string; curves: Curve[] }[] = [];
for (const name of wanted) {
  const { target } = catalog.find((set) => set.name === name)!;
  const path = join(folder, "splits", `${name}.train.csv.gz`);
  const set = await loadSmallSet(path, target, Number(values.rows), families);
  table.push({ set: name, curves: searchSet(set) });
  print(table.slice(-1));
}
console.log("\nall sets");
print(table);

function searchSet(set: SmallSet): Curve[] {
  const session = new FitSession(set.table);
  const known = new Map<string, Finished>();
  const curves: Curve[] = [];
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const method of values.methods.split(",")) {
      const plan: SearchPlan = { ...set.plan, seed };
      const evaluate = (proposal: Proposal, number: number): Finished => {
        const key = `${number}/${stableStringify(proposal.spec)}`;
        let finished = known.get(key);
        if (finished === undefined)
          known.set(key, (finished = carryOut(set, proposal, number, session)));
        return finished;
      };
      curves.push(searchOnce(plan, method, evaluate));
    }
  }
  return curves;

  function searchOnce(
    plan: SearchPlan,
    method: string,
    evaluate: (proposal: Proposal, number: number) => Finished,
  ): Curve {
    const opening = openingOf(plan).candidates.length;
    const done: Finished[] = [];
    const steps: Curve["steps"][number][] = [];
    let units = 0;
    for (let number = 1; number <= opening + Number(values.trials); number++) {
      const past = done.slice(0, Math.max(0, number - lag)).map((each) => each.past);
      const proposal = propose(plan, number, past, new Set(), methods[method]);
      if (proposal === null) break;
      const finished = evaluate(proposal, number);
      done.push(finished);
      if (number > opening) units += finished.units;
      if (number < opening) continue;
      const best = Math.min(...done.map((each) => each.past.loss));
      const spaced = (number - opening) % 5 === 0;
      const ensemble = spaced ? ensembleLoss(set, done) : (steps.at(-1)?.ensemble ?? Infinity);
      steps.push({ units, best, ensemble });
    }
    return { method, steps };
  }
}

function carryOut(
  set: SmallSet,
  { spec, findRounds }: Proposal,
  number: number,
  session: FitSession,
): Finished {
  const contestant = set.plan.contestants.find(
    ({ family, features }) => family.name === spec.model.kind && features === spec.features,
  )!;
  const { columns, family } = contestant;
  try {
    const result = evaluateTrial(spec, set.split, session, { metric: "rmse", findRounds });
    const cost = family.cost({ rows: set.plan.rows, columns }, result.spec.model.params);
    const past = {
      number,
      spec: result.spec,
      loss: lossOf(result.scores, "rmse"),
      foldLosses: result.foldScores,
      fidelity: 1,
      pruned: false,
      units: cost.units * set.plan.folds,
    };
    return { past, units: past.units, outOfFold: result.outOfFold };
  } catch (error) {
    console.error(`trial ${number}: ${String(error)}`);
    const past = {
      number,
      spec,
      loss: Infinity,
      foldLosses: [],
      fidelity: 1,
      pruned: false,
      units: 0,
    };
    return { past, units: 0, outOfFold: new Float64Array(0) };
  }
}

function ensembleLoss(set: SmallSet, done: readonly Finished[]): number {
  const scored = done.filter((each) => Number.isFinite(each.past.loss));
  return greedyLoss(
    scored.map((each) => each.outOfFold),
    targetOf(set.table, set.plan.target),
    set.split.training.index,
  );
}

/** Mean gaps in percent to the best of all methods and seeds of the set, after shares of the units all could spend. */
function print(rows: readonly { set: string; curves: readonly Curve[] }[]): void {
  const label = rows.length === 1 ? rows[0]!.set : "mean";
  for (const method of values.methods.split(",")) {
    const cells = shares.map((share) => {
      const gaps = rows.flatMap(({ curves }) => {
        const total = Math.min(...curves.map(({ steps }) => steps.at(-1)!.units));
        const lowest = Math.min(...curves.map(({ steps }) => steps.at(-1)!.best));
        const lowestEnsemble = Math.min(...curves.map(({ steps }) => steps.at(-1)!.ensemble));
        return curves
          .filter((curve) => curve.method === method)
          .map(({ steps }) => {
            const reached = steps.filter(({ units }) => units <= share * total).at(-1)!;
            return [reached.best / lowest - 1, reached.ensemble / lowestEnsemble - 1] as const;
          });
      });
      const mean = (index: 0 | 1): string =>
        ((100 * gaps.reduce((sum, gap) => sum + gap[index], 0)) / gaps.length).toFixed(2);
      return `${mean(0)} / ${mean(1)}`;
    });
    console.log(`${label.padEnd(18)} ${method.padEnd(8)} ${cells.join("   ")}`);
  }
}
