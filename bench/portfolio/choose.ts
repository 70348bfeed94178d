/**
 * Learns the portfolio from the table of results, checks it, writes it.
 *
 *   npx tsx bench/portfolio/choose.ts pack <benchmark folder> --scratch <folder>   the table, from what was collected
 *   npx tsx bench/portfolio/choose.ts check [--scratch <folder>]                   whole domains left out
 *   npx tsx bench/portfolio/choose.ts write [--scratch <folder>] [--length 40]     src/search/portfolio.json
 *
 * Without --scratch there are no out-of-fold predictions: then the best single model alone decides.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random } from "../../src/core/random.ts";
import { table as markdown } from "../trees/markdown.ts";
import { mean } from "../trees/statistics.ts";
import { readCatalog } from "./benchmark-set.ts";
import type { PortfolioEntry } from "./config.ts";
import { domainOf } from "./domains.ts";
import { draws } from "./draw-params.ts";
import { defaultRule, learnOrder, type Ground, type Rule } from "./learn-order.ts";
import { regretOf } from "./regret.ts";
import { gather, readSample, readTable, writeTable, type ResultsTable } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scratch: { type: "string" },
    length: { type: "string", default: String(defaultRule.length) },
    "ensemble-share": { type: "string", default: String(defaultRule.ensembleShare) },
    out: { type: "string", default: file("../../src/search/portfolio.json") },
    table: { type: "string", default: file("results.jsonl.gz") },
  },
});
const [mode, folder] = positionals;
const { scratch } = values;
const rule: Rule = {
  ...defaultRule,
  length: Number(values.length),
  ensembleShare: Number(values["ensemble-share"]),
};
const budgets = [1e9, 3e9, 1e10, 3e10, 6e10];

/** What can be in the list: constants and slow library models have their first trial in every run anyway. */
function candidates(path: string): ResultsTable {
  const { sets, rows } = readTable(path);
  return { sets, rows: rows.filter(({ config }) => Object.hasOwn(draws, config.family)) };
}

if (mode === "pack" && folder !== undefined && scratch !== undefined) pack(folder, scratch);
else if (mode === "check") check(candidates(values.table));
else if (mode === "write") write(candidates(values.table));
else throw new Error("pack <benchmark folder> --scratch <folder>, check or write");

function pack(from: string, collected: string): void {
  const results = gather(
    collected,
    readCatalog(from).map(({ name }) => name),
  );
  const bytes = writeTable(values.table, results);
  const cells = results.rows.flatMap((row) => row.cells).filter((cell) => cell !== null);
  console.log(
    `${results.rows.length} configurations x ${results.sets.length} sets, ${cells.length} scores, ${bytes} bytes`,
  );
}

function write(results: ResultsTable): void {
  const order = learnOrder(groundsOf(results), rule);
  const entries = order.map((index): PortfolioEntry => {
    const { family, preparation, transform, params } = results.rows[index]!.config;
    return { family, preparation, transform, params };
  });
  writeFileSync(values.out, `${JSON.stringify(entries, null, 2)}\n`);
  for (const index of order) {
    const { config, cells } = results.rows[index]!;
    const scored = cells.flatMap((cell) => cell ?? []);
    const units = mean(scored.map((cell) => cell.units)).toExponential(1);
    console.log(
      `${config.id}  on ${scored.length} sets, ${units} units  ${JSON.stringify(config)}`,
    );
  }
}

/** Every set is judged by a list that was learned without its domain. */
function check(results: ResultsTable): void {
  const grounds = groundsOf(results);
  const ids = results.rows.map(({ config }) => config.id);
  const everything = ids.map((_, index) => index);
  const handMade = everything.filter((index) => ids[index]!.startsWith("hand-"));
  const own = everything.filter((index) => /-(start|default)$/.test(ids[index]!));
  const all = learnOrder(grounds, rule);
  const domains = [...new Set(grounds.map(({ name }) => domainOf(name)))];
  const without = new Map(
    domains.map((domain) => {
      const others = grounds.filter(({ name }) => domainOf(name) !== domain);
      return [domain, learnOrder(others, rule)];
    }),
  );
  const shuffles = Array.from({ length: 20 }, (_, i) =>
    new Random(`portfolio/check/${i}`).shuffle([...everything]),
  );
  const lists: [string, (ground: Ground) => readonly (readonly number[])[]][] = [
    ["learned without the domain", ({ name }) => [without.get(domainOf(name))!]],
    ["learned on all sets", () => [all]],
    ["hand-made", () => [handMade]],
    ["starts and defaults", (ground) => [byUnits(own, ground)]],
    ["random order (mean of 20)", () => shuffles],
  ];
  for (const kind of ["single", "ensemble"] as const) {
    console.log(`\nAvoidable share of the squared error, ${kind}, by work units\n`);
    const rows = lists.map(([label, listsFor]) => [
      label,
      ...budgets.map((budget) => {
        const regrets = grounds.flatMap((ground) =>
          mean(listsFor(ground).map((order) => regretOf(ground, order, budget)[kind])),
        );
        return mean(regrets).toFixed(4);
      }),
    ]);
    console.log(markdown(["list", ...budgets.map((units) => units.toExponential(0))], rows));
  }
  console.log(
    "\nBy domain, at the largest budget: ensemble, learned without it / on all / hand-made\n",
  );
  for (const domain of domains) {
    const inside = grounds.filter(({ name }) => domainOf(name) === domain);
    const shares = [without.get(domain)!, all, handMade].map((order) =>
      mean(inside.map((ground) => regretOf(ground, order, rule.budget).ensemble)).toFixed(3),
    );
    console.log(`${domain.padEnd(14)} ${shares.join("  ")}`);
  }
}

function byUnits(order: readonly number[], { units }: Ground): number[] {
  return order.toSorted((a, b) => units[a]! - units[b]! || a - b);
}

function groundsOf({ sets, rows }: ResultsTable): Ground[] {
  return sets.map(({ name, constant }, set) => {
    const sample = scratch === undefined ? null : readSample(scratch, name);
    return {
      name,
      constant,
      losses: rows.map(({ cells }) => cells[set]?.loss ?? null),
      units: rows.map(({ cells }) => cells[set]?.units ?? Infinity),
      sample: sample && {
        truth: sample.truth,
        predictions: rows.map(({ config }) => sample.predictions.get(config.id) ?? null),
      },
    };
  });
}

function file(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
