/**
 * Tries every drawn configuration on the training part of every benchmark set and writes what it sees there: errors by
 * fold, work units, out-of-fold predictions of some rows. Configuration by configuration over all sets, so that it can
 * end at any time with a table that has few holes. What is there already is not tried again.
 *
 *   npx tsx bench/portfolio/draw.ts --scratch <folder>
 *   npx tsx bench/portfolio/collect.ts <benchmark folder> --scratch <folder> [--cpu-minutes 35] [--part 1/2]
 *     [--rows 5000] [--sample 1000] [--families a,b] [--sets a,b] [--units 3e10] [--seconds 20]
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadSet, readCatalog, type BenchmarkSet } from "./benchmark-set.ts";
import { readLines, type Config } from "./config.ts";
import { interleave } from "./interleave.ts";
import { processorSeconds, TrySession, type Limits, type Result } from "./try-config.ts";

/** Configurations tried on one set before the next has its turn: they share prepared matrices. */
const block = 15;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scratch: { type: "string" },
    "cpu-minutes": { type: "string", default: "35" },
    part: { type: "string", default: "1/1" },
    rows: { type: "string", default: "5000" },
    sample: { type: "string", default: "1000" },
    families: { type: "string" },
    sets: { type: "string" },
    units: { type: "string", default: "3e10" },
    seconds: { type: "string", default: "20" },
  },
});
const [folder] = positionals;
const { scratch } = values;
if (folder === undefined || scratch === undefined) throw new Error("see the head of this file");
const [part = 1, parts = 1] = values.part.split("/").map(Number);
const limits: Limits = { units: Number(values.units), seconds: Number(values.seconds) };
const most = 60 * Number(values["cpu-minutes"]);

const families = values.families?.split(",");
const configs = interleave(
  readLines<Config>(join(scratch, "configs.jsonl")).filter(
    ({ family }) => families?.includes(family) ?? true,
  ),
  ({ family }) => family,
);
mkdirSync(join(scratch, "results"), { recursive: true });
const sets = await loadSets(folder);
const done = new Map(sets.map(({ name }) => [name, knownIds(name)]));

for (let start = 0; start < configs.length; start += block) {
  const tried = configs.slice(start, start + block);
  for (const set of sets) {
    const session = new TrySession(set, limits);
    for (const config of tried.filter(({ id }) => !done.get(set.name)!.has(id))) {
      if (processorSeconds() > most) finish("the processor time is used up");
      append(set, session.try(config));
    }
  }
  const spent = (processorSeconds() / 60).toFixed(1);
  console.log(`${Math.min(start + block, configs.length)} of ${configs.length}: ${spent} min`);
}
finish("all tried");

async function loadSets(from: string): Promise<BenchmarkSet[]> {
  const only = values.sets?.split(",");
  const catalog = readCatalog(from)
    .filter(({ name }) => only?.includes(name) ?? true)
    .sort((a, b) => a.train_rows - b.train_rows)
    .filter((_, i) => i % parts === part - 1);
  const economy = { mostRows: Number(values.rows), mostSampled: Number(values.sample) };
  const loaded: BenchmarkSet[] = [];
  for (const entry of catalog) loaded.push(await loadSet(from, entry, economy));
  for (const { name, constant, run, table, sample, truth, suggested } of loaded) {
    const sampled = Float32Array.from(sample, (row) => truth[row]!);
    const facts = { name, constant, run, rows: table.rows, suggested };
    const base64 = Buffer.from(sampled.buffer).toString("base64");
    appendFileSync(
      join(scratch!, "results", `${name}.set.jsonl`),
      `${JSON.stringify({ ...facts, truth: base64 })}\n`,
    );
  }
  return loaded;
}

function resultsOf(set: string): string {
  return join(scratch!, "results", `${set}.jsonl`);
}

function knownIds(set: string): Set<string> {
  return new Set(readLines<Result>(resultsOf(set)).map(({ id }) => id));
}

function append(set: BenchmarkSet, result: Result): void {
  appendFileSync(resultsOf(set.name), `${JSON.stringify(result)}\n`);
}

function finish(why: string): never {
  console.log(`${why} after ${(processorSeconds() / 60).toFixed(1)} processor minutes`);
  process.exit(0);
}
