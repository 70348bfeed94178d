import { Random } from "../../src/core/random.ts";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import type { Family } from "../../src/models/contract/family.ts";
import { allFamilies } from "../../src/models/registry.ts";
import { buildContestants } from "../../src/search/contestants.ts";
import { lag, propose } from "../../src/search/propose.ts";
import type { PastTrial, Proposal, SearchPlan } from "../../src/search/search-plan.ts";

/** Lines for `mixedTable`. */
export const mixedFeatures: readonly FeatureSpec[] = [
  { kind: "numeric", column: "x" },
  { kind: "numeric", column: "skewed" },
  { kind: "category", column: "few" },
  { kind: "category", column: "some" },
  { kind: "category", column: "many" },
];

/** A number, a skewed one, and categories of 3, 20 and 300 levels. */
export function mixedTable(rows: number): Table {
  const random = new Random("mixed");
  const x = sharedFloat64(rows).map(() => random.normal());
  const skewed = sharedFloat64(rows).map(() => Math.exp(2 * random.normal()));
  const category = (name: string, count: number) => {
    const codes = sharedInt32(rows);
    for (let i = 0; i < rows; i++) codes[i] = i < count ? i : random.integer(count);
    const levels = Array.from({ length: count }, (_, i) => `${name} ${1000 + i}`);
    return { name, type: "category", codes, levels } as const;
  };
  const shared = (values: Float64Array) => {
    const copy = sharedFloat64(values.length);
    copy.set(values);
    return copy;
  };
  return {
    rows,
    columns: [
      { name: "x", type: "numeric", values: shared(x) },
      { name: "skewed", type: "numeric", values: shared(skewed) },
      category("few", 3),
      category("some", 20),
      category("many", 300),
    ],
    rowNumbers: sharedInt32(rows),
    sha256: "",
  };
}

interface PlanOptions {
  readonly rows?: number;
  readonly families?: readonly Family[];
  readonly budgetUnits?: number | null;
  readonly table?: Table;
  readonly features?: readonly FeatureSpec[];
  readonly folds?: number;
}

/** A plan for a table of one number, unless a table is given. */
export function makePlan(options: PlanOptions = {}): SearchPlan {
  const { rows = 300, families = allFamilies(), budgetUnits = null, folds = 5 } = options;
  const table: Table = options.table ?? {
    rows: 1,
    columns: [{ name: "x", type: "numeric", values: sharedFloat64(1) }],
    rowNumbers: sharedInt32(1),
    sha256: "",
  };
  const features = options.features ?? [{ kind: "numeric", column: "x" } as const];
  return {
    target: "y",
    metric: "rmse",
    seed: 1,
    rows,
    folds,
    budgetUnits,
    contestants: buildContestants(families, features, table, rows),
    transforms: ["none", "log"],
    logLink: false,
  };
}

/** What a proposal's trial is remembered as when it ends with this loss. */
export function ended(
  { spec, units }: Proposal,
  number: number,
  loss: number,
  pruned = false,
): PastTrial {
  const foldLosses = pruned ? [loss, loss] : [loss, loss, loss, loss, loss];
  return { number, spec, loss, foldLosses, fidelity: spec.fidelity?.rows ?? 1, pruned, units };
}

/** The first `count` proposals of a run whose trials have the losses given, each made from the past it may see. */
export function simulate(
  plan: SearchPlan,
  count: number,
  lossOf: (proposal: Proposal, number: number) => number,
  ...[method]: [Parameters<typeof propose>[4]?]
): { proposals: Proposal[]; past: PastTrial[] } {
  const proposals: Proposal[] = [];
  const past: PastTrial[] = [];
  for (let number = 1; number <= count; number++) {
    const seen = past.slice(0, Math.max(0, number - lag));
    const proposal = propose(plan, number, seen, new Set(), method);
    if (proposal === null) break;
    proposals.push(proposal);
    past.push(ended(proposal, number, lossOf(proposal, number)));
  }
  return { proposals, past };
}
