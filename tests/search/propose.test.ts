import { describe, expect, it } from "vitest";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import type { FeatureSpec } from "../../src/core/trial-spec.ts";
import type { Parameter } from "../../src/models/contract/search-space.ts";
import { allFamilies, findFamily } from "../../src/models/registry.ts";
import { buildContestants } from "../../src/search/contestants.ts";
import { openings, propose } from "../../src/search/propose.ts";
import type { PastTrial, SearchPlan } from "../../src/search/search-plan.ts";

function plan(rows = 300, families = allFamilies()): SearchPlan {
  const x = sharedFloat64(rows);
  for (let i = 0; i < rows; i++) x[i] = i;
  const table: Table = {
    rows,
    columns: [{ name: "x", type: "numeric", values: x }],
    rowNumbers: sharedInt32(rows),
    sha256: "",
  };
  const features: FeatureSpec[] = [{ kind: "numeric", column: "x" }];
  return {
    target: "y",
    seed: 1,
    rows,
    folds: 5,
    contestants: buildContestants(families, features, table, rows),
    transforms: ["none", "log"],
  };
}

function pastOf(proposals: SearchPlan, count: number): PastTrial[] {
  return openings(proposals)
    .slice(0, count)
    .map(({ spec, units }, i) => ({ number: i + 1, spec, units, loss: 10 + ((i * 7) % 13) }));
}

describe("propose", () => {
  it("opens with the start and the defaults of every family, cheapest first, then the other transforms", () => {
    const opening = openings(plan());
    const plain = opening.filter((p) => p.spec.target.transform === "none");
    expect(opening.slice(0, plain.length)).toEqual(plain);
    expect(new Set(plain.map((p) => p.spec.model.kind)).size).toBe(allFamilies().length);
    const units = plain.map((p) => p.units);
    expect(units).toEqual([...units].sort((a, b) => a - b));
  });

  it("is a pure function of plan, number and past", () => {
    const a = plan();
    const b = plan();
    const number = openings(a).length + 5;
    const past = pastOf(a, 20);
    expect(propose(a, number, past, new Set())).toEqual(propose(b, number, past, new Set()));
    const changed = past.map((trial) =>
      trial.spec.model.kind === "nearestNeighbors" ? { ...trial, loss: 0.001 } : trial,
    );
    const proposals = (history: PastTrial[]): string[] =>
      [0, 1, 2, 3, 4, 5].map((i) => JSON.stringify(propose(a, number + i, history, new Set())));
    expect(proposals(changed)).not.toEqual(proposals(past));
  });

  it("proposes parameters inside their ranges, with the trial's number as the seed", () => {
    const p = plan();
    const past = pastOf(p, 30);
    for (let number = openings(p).length + 1; number < openings(p).length + 150; number++) {
      const { spec } = propose(p, number, past, new Set())!;
      const family = findFamily(spec.model.kind);
      const params: Record<string, unknown> = { ...spec.model.params };
      for (const [name, parameter] of Object.entries<Parameter>(family.space)) {
        const value = params[name];
        if (parameter.type === "choice") expect(parameter.choices).toContain(value);
        else {
          expect(value).toBeGreaterThanOrEqual(parameter.low);
          expect(value).toBeLessThanOrEqual(parameter.high);
          if (parameter.integer) expect(Number.isInteger(value)).toBe(true);
        }
      }
      if ("seed" in family.start) expect(params["seed"]).toBe(number);
    }
  });

  it("never proposes an excluded or refused family after the opening", () => {
    const p = plan(200_000);
    const refused = p.contestants.filter((c) => c.refused !== null).map((c) => c.family.name);
    expect(refused).toContain("mlRandomForest");
    const opened = openings(p).filter((proposal) => refused.includes(proposal.spec.model.kind));
    expect(opened.map((proposal) => proposal.refused !== null)).toEqual(refused.map(() => true));
    const excluded = new Set(["ridge"]);
    for (let number = openings(p).length + 1; number < openings(p).length + 60; number++) {
      const kind = propose(p, number, pastOf(p, 20), excluded)!.spec.model.kind;
      expect([...refused, "ridge"]).not.toContain(kind);
    }
  });

  it("has nothing to say when no family has anything to search", () => {
    const p = plan(50, [findFamily("mean")]);
    expect(propose(p, 1, [], new Set())?.spec.model.kind).toBe("mean");
    expect(propose(p, 10, [], new Set())).toBeNull();
  });
});
