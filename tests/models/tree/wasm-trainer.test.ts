import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createMatrix, type Matrix } from "../../../src/core/matrix.ts";
import { Random } from "../../../src/core/random.ts";
import { binMatrix, type BinnedMatrix } from "../../../src/models/tree/binned-matrix.ts";
import { JsTrainer } from "../../../src/models/tree/js-trainer.ts";
import type {
  GrowthRules,
  Leaves,
  TreeTask,
  TreeTrainer,
} from "../../../src/models/tree/trainer.ts";
import { TreesBuilder } from "../../../src/models/tree/trees-builder.ts";
import { wasmTrees } from "../../../src/models/tree/wasm/instance.ts";
import { JobBlock, jobFields, jobNumbers } from "../../../src/models/tree/wasm/job-fields.ts";
import { WasmTrainer } from "../../../src/models/tree/wasm/wasm-trainer.ts";

const wasm = wasmTrees()!;

/** What a property test varies. */
interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly minSamplesLeaf: number;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly monotone: boolean;
  readonly cuts: "best" | "random";
  readonly bootstrap: boolean;
  readonly hessian: boolean;
  readonly draws: number;
  readonly fraction: number;
  /** Distinct values of the target; 0: all differ. */
  readonly targets: number;
}

const cases = fc.record<Case>({
  rows: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 100, max: 1500 })),
  columns: fc.integer({ min: 1, max: 21 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  maxLeaves: fc.constantFrom(2, 3, 8, 31, Infinity),
  maxDepth: fc.constantFrom(1, 3, Infinity),
  minSamplesLeaf: fc.constantFrom(1, 2, 5, 20),
  l1: fc.constantFrom(0, 0, 0.5),
  l2: fc.constantFrom(0, 0, 1, 7.5),
  minGain: fc.constantFrom(0, 0, 0.1),
  monotone: fc.boolean(),
  cuts: fc.constantFrom("best", "random"),
  bootstrap: fc.boolean(),
  hessian: fc.boolean(),
  draws: fc.constantFrom(1, 2, 100),
  fraction: fc.constantFrom(0.5, 1),
  targets: fc.constantFrom(0, 0, 2, 5),
});

/** Numbers with ties, few and many values, gaps and missing cells; every third column holds categories. */
function mixedMatrix(rows: number, columns: number, random: Random): Matrix {
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  const x = createMatrix(rows, names);
  const levels = names.map((_, c) =>
    c % 3 === 2 ? [3, 40, 700][c % 9 === 2 ? 0 : c % 9 === 5 ? 1 : 2]! : 0,
  );
  for (let c = 0; c < columns; c++) {
    const missing = c % 2 === 0 ? 0 : 0.2;
    for (let r = 0; r < rows; r++) {
      const value = levels[c]! > 0 ? random.integer(levels[c]!) : numberOf(c, random);
      x.data[c * rows + r] = random.next() < missing ? NaN : value;
    }
  }
  return { ...x, levels };
}

function numberOf(c: number, random: Random): number {
  if (c % 4 === 0) return random.normal();
  if (c % 4 === 1) return random.integer(4);
  return random.next() < 0.9 ? 0 : random.next();
}

function taskOf(given: Case, bins: BinnedMatrix, trainer: TreeTrainer, tree: number): TreeTask {
  const random = new Random(given.seed).split(tree);
  const n = bins.rows;
  const gradient = trainer.float64(n);
  for (let r = 0; r < n; r++)
    gradient[r] = given.targets > 0 ? random.integer(given.targets) : random.normal() + (r % 7);
  const hessian = given.hessian ? trainer.float64(n) : null;
  if (hessian !== null) for (let r = 0; r < n; r++) hessian[r] = random.next() + (r % 3);
  const times = given.bootstrap ? trainer.uint8(n) : null;
  const counted = Int32Array.from({ length: n }, (_, r) => r).filter((r) => n < 5 || r % 5 !== 4);
  const bootstrap = times === null ? null : { among: given.fraction < 1 ? counted : null };
  const rows = trainer.int32(n);
  trainer.drawRows(random, Math.ceil(n / 3), rows);
  const shuffled = [...rows];
  expect(shuffled.sort((a, b) => a - b)).toEqual([...rows.keys()]);
  let count = 0;
  for (let r = 0; r < n; r++) {
    if (given.fraction === 1 || random.next() < 0.5) rows[count++] = r;
  }
  if (count === 0) count = 1;
  const columns = Int32Array.from(bins.columns.keys()).filter(
    (c) => given.fraction === 1 || c % 3 !== 1,
  );
  const target = given.seed % 2 === 0 ? gradient : null;
  const { draws } = given;
  return { rows, count, gradient, hessian, times, bootstrap, target, columns, draws, random };
}

function listOf(leaves: Leaves): number[][] {
  return Array.from({ length: leaves.count }, (_, i) => [
    leaves.node[i]!,
    leaves.begin[i]!,
    leaves.end[i]!,
  ]).sort((a, b) => a[0]! - b[0]!);
}

/** Everything that a trainer gives for three trees. */
function train(
  given: Case,
  make: (bins: BinnedMatrix, trees: TreesBuilder, rules: GrowthRules) => TreeTrainer,
): unknown {
  const { maxLeaves, maxDepth, minSamplesLeaf, l1, l2, minGain, cuts } = given;
  const x = mixedMatrix(given.rows, given.columns, new Random(given.seed));
  const bins = binMatrix(x);
  const monotone = given.monotone
    ? Int8Array.from(bins.columns, ({ source, bins: { kind } }) =>
        kind === "category" ? 0 : (source % 3) - 1,
      )
    : null;
  const trees = new TreesBuilder(bins);
  const trainer = make(bins, trees, {
    maxLeaves,
    maxDepth,
    minSamplesLeaf,
    l1,
    l2,
    minGain,
    monotone,
    cuts,
  });
  const seen: unknown[] = [];
  for (let t = 0; t < 3; t++) {
    const task = taskOf(given, bins, trainer, t);
    const tree = trainer.grow(task);
    const means = trainer.float64(tree.count);
    trainer.leafMeans(tree, task.rows, task.gradient, task.times, task.hessian, means);
    const scores = trainer.float64(given.rows);
    trainer.addToRows(tree, task.rows, means, scores);
    seen.push(tree.means && [...tree.means.subarray(0, tree.count)].sort((a, b) => a - b));
    seen.push(
      tree.root,
      listOf(tree),
      [...task.rows.subarray(0, Math.max(...tree.end.subarray(0, tree.count)))],
      [...scores],
      task.random.uint32(),
    );
    if (tree.low !== null)
      seen.push(
        [...tree.low.subarray(0, tree.count)].sort((a, b) => a - b),
        [...tree.high!.subarray(0, tree.count)].sort((a, b) => a - b),
      );
    const other = trainer.int32(given.rows).map((_, r) => r);
    const rows = trainer.int32(given.rows);
    rows.set(other);
    seen.push(listOf(trainer.follow(trainer.admit(bins), rows, 0)), [...rows]);
  }
  const { categoryBits, ...structure } = trees.build(0);
  seen.push(structure, [...categoryBits]);
  trainer.close();
  return seen;
}

describe("WasmTrainer", () => {
  afterEach(() => expect(wasm.arena.mark()).toBe(65536));

  it("gives the same bits as the trainer in TypeScript", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const expected = train(given, (...args) => new JsTrainer(...args));
        const actual = train(given, (...args) => new WasmTrainer(wasm, ...args, 1));
        expect(actual).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("gives them with several threads at one tree", { timeout: 30_000 }, () => {
    const plain = {
      maxDepth: Infinity,
      minSamplesLeaf: 3,
      l1: 0,
      l2: 1,
      minGain: 0,
      cuts: "best",
    } as const;
    const usual = { ...plain, seed: 5, maxLeaves: 31, bootstrap: false, draws: 1000, fraction: 1 };
    const many: Case[] = [
      { ...usual, rows: 9000, columns: 20, monotone: false, hessian: false, targets: 0 },
      { ...usual, rows: 9000, columns: 9, monotone: true, hessian: true, targets: 3 },
      { ...usual, rows: 2000, columns: 130, monotone: false, hessian: false, targets: 0 },
      {
        ...usual,
        rows: 12000,
        columns: 20,
        draws: 4,
        bootstrap: true,
        monotone: false,
        hessian: true,
        targets: 0,
      },
    ];
    for (const given of many) {
      const expected = train(given, (...args) => new JsTrainer(...args));
      for (const threads of [1, 2, 3]) {
        const actual = train(given, (...args) => new WasmTrainer(wasm, ...args, threads));
        expect(actual).toEqual(expected);
      }
    }
  });

  it("gives them with several trees at a time", { timeout: 30_000 }, () => {
    const base = new Random(3);
    const bins = binMatrix(mixedMatrix(3000, 10, base));
    const rules: GrowthRules = {
      maxLeaves: Infinity,
      maxDepth: Infinity,
      minSamplesLeaf: 1,
      l1: 0,
      l2: 0,
      minGain: 0,
      monotone: null,
      cuts: "best",
    };
    const given: Case = {
      ...rules,
      rows: 3000,
      columns: 10,
      seed: 9,
      monotone: false,
      bootstrap: true,
      hessian: false,
      draws: 3,
      fraction: 1,
      targets: 0,
      cuts: "best",
    };
    const forests = [1, 3].map((threads) => {
      const trees = new TreesBuilder(bins);
      const trainer = new WasmTrainer(wasm, bins, trees, rules, threads);
      const taken: number[] = [];
      const prepared = Array.from({ length: 6 }, (_, t) => taskOf(given, bins, trainer, t));
      trainer.growMany(
        6,
        (t) => prepared[t]!,
        (_tree, t) => taken.push(t),
      );
      expect(taken).toEqual([0, 1, 2, 3, 4, 5]);
      trainer.close();
      return trees.build(0);
    });
    expect(forests[1]!.feature.length).toBeGreaterThan(1000);
    expect(forests[1]).toEqual(forests[0]);
  });

  it("writes jobs as the kernels read them", () => {
    const source = readFileSync("src/models/tree/assembly/job.ts", "utf8");
    const fields = /class Job \{(.*?)\n\}/s.exec(source)![1]!;
    const named = [...fields.matchAll(/^ {2}(\w+): (usize|i32|f64);$/gm)];
    const whole = named.filter(([, , type]) => type !== "f64").map(([, name]) => name);
    expect(whole).toEqual(jobFields);
    expect(named.slice(whole.length).map(([, name]) => name)).toEqual(jobNumbers);
    expect(JobBlock.bytes).toBe(wasm.kernels.jobBytes());
  });
});
