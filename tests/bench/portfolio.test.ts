import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mixed, mixedLoss, rmseOf, selectedLoss } from "../../bench/portfolio/blend.ts";
import { domainOf } from "../../bench/portfolio/domains.ts";
import { drawParams } from "../../bench/portfolio/draw-params.ts";
import { interleave } from "../../bench/portfolio/interleave.ts";
import { defaultRule, learnOrder, type Ground } from "../../bench/portfolio/learn-order.ts";
import { regretOf } from "../../bench/portfolio/regret.ts";
import { gather, readSample, readTable, writeTable } from "../../bench/portfolio/table.ts";
import { Random } from "../../src/core/random.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { allFamilies } from "../../src/models/registry.ts";

const ground = (losses: (number | null)[], units: number[], name = "a"): Ground => ({
  name,
  constant: 10,
  losses,
  units,
  sample: null,
});

describe("blends", () => {
  const truth = Float32Array.from({ length: 40 }, (_, i) => i % 7);
  const over = truth.map((value) => value + 1);
  const under = truth.map((value) => value - 1);

  it("finds the mixture of two predictions with opposite errors", () => {
    expect(rmseOf(over, truth)).toBeCloseTo(1, 6);
    expect(mixedLoss(over, under, truth)).toBeCloseTo(0, 6);
    expect(rmseOf(mixed(over, under, truth), truth)).toBeCloseTo(0, 6);
    expect(mixedLoss(over, over, truth)).toBeCloseTo(1, 6);
  });

  it("selects members greedily", () => {
    expect(selectedLoss([over, under], truth, 14)).toBeCloseTo(0, 6);
    expect(selectedLoss([over], truth)).toBeCloseTo(1, 6);
    expect(selectedLoss([], truth)).toBe(Infinity);
  });
});

describe("order of the portfolio", () => {
  const rule = { ...defaultRule, overhead: 1, budget: 1000, length: 10 };

  it("begins with what gains most per unit and leaves out what gains nothing", () => {
    // 0: cheap and fair, 1: dear and best, 2: worse than 0 and dearer.
    const sets = [ground([3, 1, 4], [1, 100, 5]), ground([3, 1, 4], [1, 100, 5], "b")];
    expect(learnOrder(sets, rule)).toEqual([0, 1]);
  });

  it("counts all sets alike, and passes over what cannot run or does not fit", () => {
    const sets = [ground([null, 2, 1], [1, 1, 2000]), ground([5, null, null], [1, 1, 1], "b")];
    const order = learnOrder(sets, rule);
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1]);
  });

  it("takes a second opinion where it helps the blend, though it is the worse model", () => {
    const truth = Float32Array.from({ length: 40 }, (_, i) => i % 7);
    const shifted = (by: number): Float32Array => truth.map((value) => value + by);
    const predictions = [shifted(1), shifted(1.1), shifted(-1.2)];
    const set: Ground = { ...ground([1, 1.1, 1.2], [1, 1, 1]), sample: { truth, predictions } };
    expect(learnOrder([set], rule).slice(0, 2)).toEqual([0, 2]);
    expect(learnOrder([{ ...set, sample: null }], rule)).toEqual([0]);
    expect(regretOf(set, [0], 10).ensemble).toBeGreaterThan(regretOf(set, [0, 2], 10).ensemble);
  });

  it("measures what a list left unreached within a budget", () => {
    const set = ground([2, 1], [10, 100]);
    expect(regretOf(set, [0, 1], 50)).toEqual({ single: 0.75, ensemble: 0.75, trials: 1 });
    expect(regretOf(set, [0, 1], 110).single).toBe(0);
    expect(regretOf(set, [0, 1], 1).single).toBeCloseTo(0.99, 12);
  });
});

describe("draws", () => {
  it("are points that the families take, the same for the same seed", () => {
    for (const family of allFamilies()) {
      for (let i = 0; i < 20; i++) {
        const params = drawParams(family, new Random(`${family.name}/${i}`));
        expect(() => completeParameters(family, params)).not.toThrow();
        expect(drawParams(family, new Random(`${family.name}/${i}`))).toEqual(params);
      }
    }
  });

  it("are tried in an order that mixes the families, the first of each first", () => {
    const items = ["a1", "a2", "a3", "a4", "b1", "b2"];
    expect(interleave(items, (item) => item[0]!)).toEqual(["a1", "b1", "a2", "a3", "b2", "a4"]);
  });

  it("know the domain of a set", () => {
    expect(domainOf("german_cars")).toBe("cars");
    expect(domainOf("unheard_of")).toBe("unheard_of");
  });
});

it("packs what was collected into a table, and only configurations that were tried everywhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "portfolio-test-"));
  mkdirSync(join(folder, "results"));
  const lines = (name: string, values: object[]): void =>
    writeFileSync(join(folder, name), values.map((each) => `${JSON.stringify(each)}\n`).join(""));
  const config = { family: "ridge", preparation: "default", transform: "none", params: {} };
  lines("configs.jsonl", [
    { id: "x", ...config },
    { id: "y", ...config },
  ]);
  const base64 = (values: number[]): string =>
    Buffer.from(Float32Array.from(values).buffer).toString("base64");
  for (const set of ["a", "b"]) {
    const facts = { name: set, constant: 3, rows: 20, suggested: "log" };
    lines(join("results", `${set}.set.jsonl`), [{ ...facts, truth: base64([1, 2]) }]);
  }
  const scored = { loss: 1.23456, losses: [1, 2], units: 98765, predictions: base64([4, 5]) };
  lines(join("results", "a.jsonl"), [
    { id: "x", ...scored },
    { id: "y", ...scored },
  ]);
  lines(join("results", "b.jsonl"), [{ id: "x", loss: null, losses: [], units: null }]);

  const path = join(folder, "table.gz");
  writeTable(path, gather(folder, ["a", "b"]));
  const { sets, rows } = readTable(path);
  expect(sets.map(({ name, constant }) => [name, constant])).toEqual([
    ["a", 3],
    ["b", 3],
  ]);
  expect(rows).toEqual([
    {
      config: { id: "x", ...config },
      cells: [{ loss: 1.235, units: 98770, losses: [1, 2] }, null],
    },
  ]);
  const sample = readSample(folder, "a");
  expect([...sample.truth]).toEqual([1, 2]);
  expect([...sample.predictions.get("y")!]).toEqual([4, 5]);
  rmSync(folder, { recursive: true });
});
