import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { findFamily } from "../../src/models/registry.ts";
import { chooseArm } from "../../src/search/choose-arm.ts";
import { readHistory } from "../../src/search/history.ts";
import type { Arm } from "../../src/search/parzen.ts";
import { makeProposal } from "../../src/search/proposal.ts";
import { defaultParams } from "../../src/search/sample-params.ts";
import { ended, makePlan } from "./plan.ts";

const plan = makePlan({
  families: ["gradientBoosting", "extraTrees", "nearestNeighbors"].map(findFamily),
});

/** Arms whose trials had the losses given, one after the other. */
function arms(losses: Record<string, readonly number[]>): Arm[] {
  let number = 0;
  const past = Object.entries(losses).flatMap(([name, own]) => {
    const contestant = plan.contestants.find(({ family }) => family.name === name)!;
    const params = defaultParams(contestant.family);
    return own.map((loss) => {
      const candidate = { contestant, params, transform: "none", origin: "search" } as const;
      return ended(makeProposal(plan, candidate, ++number), number, loss);
    });
  });
  const { observations } = readHistory(plan, past);
  return plan.contestants.map((contestant) => ({
    plan,
    contestants: [contestant],
    observations: observations.filter((each) => each.contestant === contestant),
  }));
}

function shares(from: readonly Arm[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const random = new Random("shares");
  for (let i = 0; i < 500; i++) {
    const { name } = chooseArm(from, random).contestants[0]!.family;
    counts[name] = (counts[name] ?? 0) + 1 / 500;
  }
  return counts;
}

describe("chooseArm", () => {
  it("gives most trials to the best family and the rest to the others, nearer ones first", () => {
    const share = shares(
      arms({
        gradientBoosting: [11, 10.5, 10],
        extraTrees: [10.3, 10.2],
        nearestNeighbors: [11.2, 11.1],
      }),
    );
    expect(share["gradientBoosting"]).toBeGreaterThan(0.58);
    expect(share["gradientBoosting"]).toBeLessThan(0.72);
    expect(share["extraTrees"]).toBeGreaterThan(2 * (share["nearestNeighbors"] ?? 0));
  });

  it("drops a family that is far behind and not catching up", () => {
    const behind = { gradientBoosting: [10], extraTrees: [10.2], nearestNeighbors: [17, 17, 17] };
    expect(shares(arms(behind))["nearestNeighbors"]).toBeUndefined();
    const flat = { ...behind, nearestNeighbors: [12.2, 12.1, 12.1, 12.1, 12.1, 12.1] };
    expect(shares(arms(flat))["nearestNeighbors"]).toBeUndefined();
  });

  it("leaves a family whose last trials all came to the same, unless all have", () => {
    const tied = Array.from({ length: 8 }, (_, i) => 10 + i * 1e-5);
    const others = { extraTrees: [10.2, 10.3], nearestNeighbors: [10.6] };
    expect(
      shares(arms({ gradientBoosting: [10.5, ...tied], ...others }))["gradientBoosting"],
    ).toBeUndefined();
    // One trial that differs among the last eight, and it goes on.
    expect(
      shares(arms({ gradientBoosting: [...tied, 10.1], ...others }))["gradientBoosting"],
    ).toBeGreaterThan(0.4);
    const all = { gradientBoosting: tied, extraTrees: tied, nearestNeighbors: tied };
    expect(Object.values(shares(arms(all))).length).toBeGreaterThan(0);
  });

  it("looks elsewhere more often once the best family has stopped gaining", () => {
    const stuck = arms({
      gradientBoosting: [10, ...Array.from({ length: 60 }, (_, i) => 10.1 + (i % 7) / 100)],
      extraTrees: [10.2],
      nearestNeighbors: [11],
    });
    expect(shares(stuck)["gradientBoosting"]).toBeLessThan(0.5);
  });
});
