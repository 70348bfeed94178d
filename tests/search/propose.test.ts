import { describe, expect, it } from "vitest";
import type { Parameter } from "../../src/models/contract/search-space.ts";
import { findFamily } from "../../src/models/registry.ts";
import { openingOf } from "../../src/search/opening.ts";
import { candidateUnits } from "../../src/search/proposal.ts";
import { lag, propose } from "../../src/search/propose.ts";
import { turnOf } from "../../src/search/rungs.ts";
import { defaultParams } from "../../src/search/sample-params.ts";
import type { PastTrial, Proposal } from "../../src/search/search-plan.ts";
import { ended, makePlan, mixedFeatures, mixedTable, simulate } from "./plan.ts";

/** Losses that depend on the family and, a little, on the number. */
function lossOf({ spec }: Proposal, number: number): number {
  const base: Record<string, number> = { gradientBoosting: 10, extraTrees: 10.4, ridge: 11 };
  return (base[spec.model.kind] ?? 12) + ((number * 7) % 13) / 20;
}

describe("propose", () => {
  it("is a pure function of plan, number and the past it may see", () => {
    const table = mixedTable(500);
    const a = makePlan({ table, features: mixedFeatures });
    const b = makePlan({ table, features: mixedFeatures });
    const length = openingOf(a).candidates.length;
    const first = simulate(a, length + 30, lossOf);
    const second = simulate(b, length + 30, lossOf);
    expect(second.proposals).toEqual(first.proposals);
    // Asked again, in any order, and with a past that was saved and read again.
    const saved = JSON.parse(JSON.stringify(first.past)) as PastTrial[];
    for (const number of [length + 29, length + 3, 5, length + 12]) {
      const seen = saved.slice(0, Math.max(0, number - lag));
      expect(propose(a, number, seen, new Set())).toEqual(first.proposals[number - 1]);
    }
    const other = simulate(a, length + 30, (proposal, number) =>
      proposal.spec.model.kind === "ridge" ? 1 : lossOf(proposal, number),
    );
    const specs = (proposals: readonly Proposal[]) => proposals.map(({ spec }) => spec);
    const opened = (of: typeof first) => specs(of.proposals.slice(0, length));
    expect(opened(other)).toEqual(opened(first));
    expect(other.proposals).not.toEqual(first.proposals);
  });

  it("opens with the mean and the portfolio, then searches, the best family most", () => {
    const plan = makePlan();
    const length = openingOf(plan).candidates.length;
    const { proposals } = simulate(plan, length + 60, lossOf);
    expect(proposals[0]!.spec.model.kind).toBe("mean");
    expect(proposals.slice(0, length).every(({ origin }) => origin !== "search")).toBe(true);
    const searched = proposals.slice(length);
    expect(searched.every(({ origin }) => origin === "search")).toBe(true);
    const boosted = searched.filter(({ spec }) => spec.model.kind === "gradientBoosting").length;
    expect(boosted).toBeGreaterThan(24);
    expect(boosted).toBeLessThan(52);
    const keys = searched.map(({ spec }) => {
      const { seed: _, ...params } = spec.model.params as Record<string, unknown>;
      return JSON.stringify([spec.model.kind, params, spec.target]);
    });
    // Only the best are repeated, with other seeds.
    expect(new Set(keys).size).toBeLessThan(keys.length);
    expect(new Set(keys).size).toBeGreaterThan(0.8 * keys.length);
    const counts = keys.map((key) => keys.filter((other) => other === key).length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
  });

  it("proposes parameters inside their ranges, with the trial's number as the seed", () => {
    const plan = makePlan();
    const length = openingOf(plan).candidates.length;
    simulate(plan, length + 80, lossOf).proposals.forEach(({ spec, origin }, i) => {
      const family = findFamily(spec.model.kind);
      const params: Record<string, unknown> = { ...spec.model.params };
      if ("seed" in family.start) expect(params["seed"]).toBe(i + 1);
      if (origin !== "search") return;
      for (const [name, parameter] of Object.entries<Parameter>(family.space)) {
        const value = params[name];
        if (parameter.type === "choice") expect(parameter.choices).toContain(value);
        else {
          expect(value).toBeGreaterThanOrEqual(parameter.low);
          expect(value).toBeLessThanOrEqual(parameter.high);
          if (parameter.integer) expect(Number.isInteger(value)).toBe(true);
        }
      }
    });
  });

  it("does not repeat the best where another seed changes nothing", () => {
    const plan = makePlan({ families: [findFamily("gradientBoosting")] });
    const paramsOf = ({ spec }: Proposal): string => {
      const { seed: _, ...params } = spec.model.params as Record<string, unknown>;
      return JSON.stringify([params, spec.target]);
    };
    // The loss depends on the parameters alone.
    const { proposals } = simulate(plan, 80, (proposal) => 10 + (paramsOf(proposal).length % 7));
    const counts = new Map<string, number>();
    for (const each of proposals) counts.set(paramsOf(each), (counts.get(paramsOf(each)) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
  });

  it("never proposes an excluded or refused family after the opening", () => {
    const plan = makePlan({ rows: 200_000 });
    const length = openingOf(plan).candidates.length;
    const { past } = simulate(plan, length, lossOf);
    for (let number = length + 1; number < length + 60; number++) {
      const proposal = propose(plan, number, past, new Set(["ridge"]))!;
      expect(["ridge", "mlRandomForest"]).not.toContain(proposal.spec.model.kind);
      expect(proposal.refused).toBeNull();
    }
  });

  it("has nothing to say when no family has anything to search", () => {
    const plan = makePlan({ rows: 50, families: [findFamily("mean")] });
    expect(propose(plan, 1, [], new Set())?.spec.model.kind).toBe("mean");
    expect(propose(plan, 2, [], new Set())).toBeNull();
    expect(propose(plan, 10, [], new Set())).toBeNull();
  });

  it("tries a failed family's other parameters and forgets trials that are not its own", () => {
    const plan = makePlan({ families: [findFamily("ridge"), findFamily("mean")] });
    const failed = simulate(plan, 30, () => Infinity);
    expect(failed.proposals).toHaveLength(30);
    const edited = failed.past.map((trial) => ({
      ...trial,
      loss: 1,
      spec: { ...trial.spec, features: [] },
    }));
    expect(propose(plan, 31, edited, new Set())?.spec.model.kind).toBe("ridge");
  });
});

describe("racing", () => {
  it("holds folds against the best trial seen, but never a family's first trial", () => {
    const plan = makePlan();
    const length = openingOf(plan).candidates.length;
    const { proposals, past } = simulate(plan, length + 20, lossOf);
    const scored = new Map<string, number>();
    proposals.forEach(({ spec, race }, i) => {
      const seen = past.slice(0, Math.max(0, i + 1 - lag));
      const known = seen.some((trial) => trial.spec.model.kind === spec.model.kind);
      const best = seen.reduce<PastTrial | undefined>(
        (found, trial) => (trial.loss < (found?.loss ?? Infinity) ? trial : found),
        undefined,
      );
      expect(race).toEqual(known ? best!.foldLosses : null);
      scored.set(spec.model.kind, (scored.get(spec.model.kind) ?? 0) + 1);
    });
    expect(proposals.at(-1)!.race).not.toBeNull();
  });

  it("does not take a pruned trial's few folds for a score", () => {
    const plan = makePlan({ families: [findFamily("ridge")] });
    const { proposals, past } = simulate(plan, 12, () => 10);
    const pruned = ended(proposals[11]!, 12, 3, true);
    const next = propose(plan, 20, [...past.slice(0, 11), pruned], new Set())!;
    expect(next.race).toEqual([10, 10, 10, 10, 10]);
  });
});

describe("with a budget for few trials", () => {
  const rows = 40_000;
  const free = makePlan({ rows });
  // One that stops by itself costs what a good trial does; the first ones of the list are cheap.
  const entry = openingOf(free).candidates.find(
    ({ origin, contestant, params }) =>
      origin === "portfolio" &&
      contestant.family.name === "gradientBoosting" &&
      params["trees"] === defaultParams(contestant.family)["trees"],
  )!;

  it("looks at new ones with few rows, promotes the best third, and races none of them", () => {
    const plan = makePlan({ rows, budgetUnits: 8 * candidateUnits(free, entry) });
    const { shares } = openingOf(plan);
    expect(shares.length).toBeGreaterThan(1);
    const { proposals, past } = simulate(plan, 60, lossOf);
    const shareOf = ({ spec }: { spec: Proposal["spec"] }): number => spec.fidelity?.rows ?? 1;
    expect(new Set(proposals.map(shareOf))).toEqual(new Set(shares));
    expect(proposals.slice(0, 3).map(shareOf)).toContain(1);
    for (const proposal of proposals) if (shareOf(proposal) < 1) expect(proposal.race).toBeNull();
    let promotions = 0;
    proposals.forEach((proposal, i) => {
      const turn = turnOf(i + 1, shares);
      if (turn.kind !== "promote" || shareOf(proposal) !== turn.next) return;
      promotions++;
      const keyOf = ({ model, target }: Proposal["spec"]): string =>
        JSON.stringify([model.kind, { ...model.params, seed: 0 }, target.transform]);
      const rivals = past
        .filter(
          ({ number, fidelity }) =>
            number >= turn.from && number <= turn.to && fidelity === turn.share,
        )
        .sort((a, b) => a.loss - b.loss || a.number - b.number);
      expect(keyOf(rivals[turn.place]!.spec)).toBe(keyOf(proposal.spec));
    });
    expect(promotions).toBeGreaterThan(5);
    expect(simulate(plan, 60, lossOf).proposals).toEqual(proposals);
  });

  it("gives every trial all rows where the budget is ample", () => {
    const plan = makePlan({ rows, budgetUnits: 1000 * candidateUnits(free, entry) });
    const { proposals } = simulate(plan, 40, lossOf);
    expect(proposals.every(({ spec }) => spec.fidelity === undefined)).toBe(true);
  });
});
