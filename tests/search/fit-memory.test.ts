import { describe, expect, it } from "vitest";
import { memoryText, tableBytes } from "../../src/core/memory.ts";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import { allFamilies, findFamily } from "../../src/models/registry.ts";
import { buildContestants, lacksMemory } from "../../src/search/contestants.ts";
import { beyondMemory, fitBytes, fitMemory, memoryFor } from "../../src/search/fit-memory.ts";
import { openingOf } from "../../src/search/opening.ts";
import { makeProposal } from "../../src/search/proposal.ts";
import { propose } from "../../src/search/propose.ts";
import type { Proposal, SearchPlan } from "../../src/search/search-plan.ts";

const megabyte = 2 ** 20;

/** A plan for a table that is described and not there: only its number of rows is looked at. */
function plan(rows: number, room: number): SearchPlan {
  const table: Table = {
    rows: 1,
    columns: [{ name: "x", type: "numeric", values: sharedFloat64(1) }],
    rowNumbers: sharedInt32(1),
    sha256: "",
  };
  const memory = { allowed: 1024 * megabyte, room };
  const features = [{ kind: "numeric", column: "x" }] as const;
  const contestants = buildContestants(allFamilies(), features, table, rows, memory);
  return {
    target: "y",
    metric: "rmse",
    seed: 1,
    rows,
    folds: 1,
    budgetUnits: null,
    contestants,
    transforms: ["none", "log"],
    logLink: false,
  };
}

function openings(of: SearchPlan): Proposal[] {
  return openingOf(of).candidates.map((candidate, i) => makeProposal(of, candidate, i + 1));
}

describe("fitMemory", () => {
  it("leaves what is allowed less program, table and what workers keep", () => {
    const { allowed, room } = fitMemory(1000 * megabyte, 100 * megabyte);
    expect(allowed).toBe(1000 * megabyte);
    expect(room).toBe(400 * megabyte);
    expect(memoryFor(room, 100 * megabyte)).toBe(allowed);
    expect(fitMemory(64 * megabyte, 0).room).toBe(0);
    expect(fitMemory(Infinity, 0).room).toBe(Infinity);
  });
});

describe("tableBytes", () => {
  it("counts values, codes, levels and row numbers", () => {
    const levels = ["a", "b"];
    const table: Table = {
      rows: 10,
      columns: [
        { name: "x", type: "numeric", values: sharedFloat64(10) },
        { name: "c", type: "category", codes: sharedInt32(10), levels },
      ],
      rowNumbers: sharedInt32(10),
      sha256: "",
    };
    expect(tableBytes(table)).toBe(80 + 40 + 128 + 40);
  });
});

describe("memoryText", () => {
  it("never makes what is needed look like what is allowed", () => {
    expect(memoryText(350 * megabyte, "down")).toBe("350 MB");
    expect(memoryText(350 * megabyte + 1, "up")).toBe("351 MB");
    expect(memoryText(2048 * megabyte, "up")).toBe("2 GB");
    expect(memoryText(2048 * megabyte + 1, "up")).toBe("2.1 GB");
    expect(memoryText(2048 * megabyte - 1, "down")).toBe("1.9 GB");
  });
});

describe("a fit beyond memory", () => {
  const forest = findFamily("randomForest");
  const memory = { allowed: 800 * megabyte, room: 285 * megabyte };

  it("is refused with both numbers, whatever the machine has", () => {
    const fit = { family: forest, rows: 500_000, columns: 20, memory };
    expect(beyondMemory(fit, forest.start)).toBe(
      "a fit on 500000 rows x 20 columns needs about 1.4 GB; 285 MB of the 800 MB of memory allowed are left for it",
    );
    const ample = { allowed: 8e9, room: fitBytes(fit, forest.start) };
    expect(beyondMemory({ ...fit, memory: ample }, forest.start)).toBeNull();
  });

  it("is refused with more values than a matrix holds", () => {
    const ample = fitMemory(Infinity, 0);
    const fit = { family: forest, rows: 30_000_000, columns: 20, memory: ample };
    expect(beyondMemory(fit, forest.start)).toMatch(/has 600000000 values; 268435456 is the most/);
  });

  it("counts the trees of a whole forest", () => {
    const fit = { family: forest, rows: 100_000, columns: 10 };
    const small = fitBytes(fit, { ...forest.start, trees: 10, minSamplesLeaf: 1 });
    const large = fitBytes(fit, { ...forest.start, trees: 100, minSamplesLeaf: 1 });
    // 126,000 nodes a tree; measured with saving: 1.6 GB.
    expect(large).toBeGreaterThan(1.5e9);
    expect(large).toBeLessThan(2e9);
    expect(large).toBeGreaterThan(7 * small);
  });
});

describe("the search", () => {
  const rows = 100_000;
  const forest = findFamily("extraTrees");
  const start = fitBytes({ family: forest, rows, columns: 1 }, forest.start);

  it("says once of a family that nothing of it fits", () => {
    const tight = plan(rows, start - 1);
    const refused = openings(tight).filter(({ spec }) => spec.model.kind === "extraTrees");
    expect(refused).toHaveLength(1);
    expect(refused[0]!.refused).toMatch(/needs about \d+ MB; \d+ MB of the 1 GB/);
  });

  it("says once that defaults do not fit, and proposes only what does", () => {
    const tight = plan(rows, start);
    const opened = openings(tight).filter(({ spec }) => spec.model.kind === "extraTrees");
    expect(opened.map(({ refused }) => refused === null)).toEqual([true, false]);
    expect(opened[1]!.origin).toBe("portfolio");
    const others = new Set(
      tight.contestants.map(({ family }) => family.name).filter((name) => name !== forest.name),
    );
    const contestant = tight.contestants.find(({ family }) => family.name === forest.name)!;
    for (let number = openings(tight).length + 1, last = number + 40; number < last; number++) {
      const proposal = propose(tight, number, [], others)!;
      expect(proposal.refused).toBeNull();
      expect(proposal.bytes).toBeLessThanOrEqual(start);
      expect(lacksMemory(contestant, { ...proposal.spec.model.params })).toBeNull();
    }
  });
});
