import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { findFamily } from "../../src/models/registry.ts";
import { randomSearch } from "../../bench/search/random-search.ts";
import { readHistory } from "../../src/search/history.ts";
import { parzen, type SearchMethod } from "../../src/search/parzen.ts";
import type { PastTrial } from "../../src/search/search-plan.ts";
import { makeProposal } from "../../src/search/proposal.ts";
import { toUnit } from "../../src/search/sample-params.ts";
import { ended, makePlan } from "./plan.ts";
import type { NumberParameter, Parameter } from "../../src/models/contract/search-space.ts";

const family = findFamily("gradientBoosting");
const space: Record<string, Parameter> = { ...family.space };

/** A bowl over two parameters that change the cost little, and the log of the target is better by a fifth. */
function bowl(params: object, transform: string): number {
  const at = (name: string): number =>
    toUnit(space[name] as NumberParameter, Number(Reflect.get(params, name)));
  const shrinkage = at("l2") - 0.3;
  const columns = at("columnFraction") - 0.8;
  return 1 + 2 * (shrinkage * shrinkage + columns * columns) + (transform === "log" ? 0 : 0.2);
}

function bestAfter(method: SearchMethod, trials: number, seed: number): number {
  const plan = makePlan({ families: [family] });
  const random = new Random(seed);
  const past: PastTrial[] = [];
  for (let number = 1; number <= trials; number++) {
    const { observations } = readHistory(plan, past.slice(0, Math.max(0, number - 8)));
    const arm = { plan, contestants: plan.contestants, observations };
    const candidate = (number < 10 ? randomSearch : method)(arm, random);
    const proposal = makeProposal(plan, candidate, number);
    const loss = bowl(candidate.params, candidate.transform);
    past.push(ended(proposal, number, loss));
  }
  return Math.min(...past.map(({ loss }) => loss)) - 1;
}

describe("parzen", () => {
  it("comes nearer to the best of a bowl than random search with as many trials", () => {
    const seeds = Array.from({ length: 6 }, (_, i) => i);
    const mean = (method: SearchMethod): number =>
      seeds.reduce((sum, seed) => sum + bestAfter(method, 60, seed), 0) / seeds.length;
    expect(mean(parzen)).toBeLessThan(0.6 * mean(randomSearch));
  });

  it("knows nothing and yet stays in the space", () => {
    const plan = makePlan({ families: [family] });
    const arm = { plan, contestants: plan.contestants, observations: [] };
    for (let seed = 0; seed < 50; seed++) {
      const { params } = parzen(arm, new Random(seed));
      for (const [name, parameter] of Object.entries(space)) {
        if (parameter.type === "choice") continue;
        expect(params[name]).toBeGreaterThanOrEqual(parameter.low);
        expect(params[name]).toBeLessThanOrEqual(parameter.high);
        if (!parameter.searched) expect(params[name]).toBe(parameter.default);
      }
    }
  });
});
