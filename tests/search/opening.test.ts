import { describe, expect, it } from "vitest";
import { allFamilies, findFamily, familyNames } from "../../src/models/registry.ts";
import { checkParameters } from "../../src/models/parameters.ts";
import { openingOf } from "../../src/search/opening.ts";
import { portfolio, type PortfolioEntry } from "../../src/search/portfolio.ts";
import { preparationNames } from "../../src/search/preparations.ts";
import { candidateUnits, type Candidate } from "../../src/search/proposal.ts";
import { defaultParams, startParams } from "../../src/search/sample-params.ts";
import type { SearchPlan } from "../../src/search/search-plan.ts";
import { makePlan, mixedFeatures, mixedTable } from "./plan.ts";

const boosting: PortfolioEntry = {
  family: "gradientBoosting",
  preparation: "default",
  transform: "none",
  params: { learningRate: 0.1, maxLeaves: 16 },
};
const forest: PortfolioEntry = { ...boosting, family: "randomForest", params: { trees: 300 } };
const ridge: PortfolioEntry = { ...boosting, family: "ridge", params: { alpha: 3 } };

function names(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ contestant, origin }) => `${origin} ${contestant.family.name}`);
}

describe("the portfolio", () => {
  it("names families of the registry, preparations that exist and parameters that are valid", () => {
    for (const { family, preparation, transform, params } of portfolio) {
      expect(familyNames).toContain(family);
      expect(preparationNames).toContain(preparation);
      expect(["none", "suggested"]).toContain(transform);
      const found = findFamily(family);
      checkParameters(found, { ...defaultParams(found), ...params, seed: 1 });
    }
    expect(portfolio.length).toBeGreaterThanOrEqual(15);
    expect(portfolio.length).toBeLessThanOrEqual(40);
    expect(new Set(portfolio.map((entry) => JSON.stringify(entry))).size).toBe(portfolio.length);
  });
});

describe("openingOf", () => {
  it("begins with the mean, keeps the order of the portfolio and shows every other family once", () => {
    const { candidates, shares } = openingOf(makePlan(), [boosting, ridge, forest]);
    const listed = names(candidates);
    expect(shares).toEqual([1]);
    expect(listed[0]).toBe("start mean");
    expect(listed.filter((name) => name.startsWith("portfolio"))).toEqual([
      "portfolio gradientBoosting",
      "portfolio ridge",
      "portfolio randomForest",
    ]);
    // A cheap family, two entries, a cheap family ...
    expect(listed.slice(2, 4)).toEqual(["portfolio gradientBoosting", "portfolio ridge"]);
    const shown = new Set(candidates.map(({ contestant }) => contestant.family.name));
    expect(shown.size).toBe(allFamilies().length);
    expect(listed).not.toContain("start ridge");
  });

  it("passes over what the table or the run has no use for", () => {
    const entries: PortfolioEntry[] = [
      boosting,
      { ...boosting, preparation: "targetEncode" },
      { ...boosting, transform: "suggested" },
      { ...boosting, family: "unknown" },
    ];
    const plain = openingOf(makePlan(), entries).candidates;
    const own = (all: readonly Candidate[]) => all.filter(({ origin }) => origin === "portfolio");
    // Without categories the second is the first again.
    expect(own(plain).map(({ transform }) => transform)).toEqual(["none", "log"]);
    const once = openingOf({ ...makePlan(), transforms: ["none"] }, entries).candidates;
    expect(own(once)).toHaveLength(1);
    const table = mixedTable(900);
    const mixed = openingOf(makePlan({ table, features: mixedFeatures }), entries).candidates;
    expect(own(mixed).map(({ contestant }) => contestant.preparation)).toEqual([
      "default",
      "targetEncode",
      "default",
    ]);
  });

  it("makes entries cheaper that would take too much of the budget, and shows a cheap start of their family first", () => {
    const rows = 3000;
    const free = openingOf(makePlan({ rows }), [ridge, forest]).candidates;
    const full = free.find(({ contestant }) => contestant.family.name === "randomForest")!;
    const plan = makePlan({ rows, budgetUnits: 2 * candidateUnits(makePlan({ rows }), full) });
    const { candidates } = openingOf(plan, [ridge, forest]);
    const forests = candidates.filter(
      ({ contestant }) => contestant.family.name === "randomForest",
    );
    expect(forests.map(({ origin }) => origin)).toEqual(["start", "portfolio"]);
    const [, entry] = forests;
    expect(candidateUnits(plan, entry!)).toBeLessThan(0.3 * plan.budgetUnits!);
    expect(candidateUnits(plan, entry!)).toBeLessThan(candidateUnits(plan, full));
    expect(entry!.params["trees"]).toBeLessThan(300);
  });

  it("shows boosting on all rows of a long table first, where its entries get a share", () => {
    const startOf = (rows: number) => {
      const free = makePlan({ rows, folds: 1 });
      const units = startingUnits(free, "gradientBoosting");
      const plan = makePlan({ rows, folds: 1, budgetUnits: 8 * units });
      const { candidates, shares } = openingOf(plan);
      expect(shares[0]).toBeLessThan(1);
      return names(candidates).indexOf("start gradientBoosting");
    };
    const place = startOf(800_000);
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(12);
    expect(startOf(40_000)).toBe(-1);
  });

  it("leaves out what no budget like this can pay for, and says nothing twice", () => {
    const plan = makePlan({ rows: 1_000_000, budgetUnits: 1e8, folds: 1 });
    const { candidates, shares } = openingOf(plan);
    expect(names(candidates)).toContain("start mean");
    for (const each of candidates.slice(1)) {
      if (each.contestant.refused === null)
        expect(candidateUnits(plan, each, shares[0])).toBeLessThanOrEqual(0.5 * 1e8);
    }
    const refused = candidates.filter(({ contestant }) => contestant.refused !== null);
    expect(new Set(names(refused)).size).toBe(refused.length);
    expect(names(refused)).toContain("start mlRandomForest");
  });
});

/** Work of a family's start on all rows. */
function startingUnits(plan: SearchPlan, family: string): number {
  const contestant = plan.contestants.find((each) => each.family.name === family)!;
  return candidateUnits(plan, { contestant, params: startParams(contestant.family) });
}
