/**
 * Raw files as they are: ours on the file, FLAML on what pandas.read_csv makes of it, with the same seconds.
 *
 *   npx tsx bench/raw/run.ts <folder> [options]       the folder holds raw/NAME.csv
 *     --results raw.jsonl       runs that are there are not repeated, and each is added as soon as it has ended
 *     --budget 30  --seeds 1,2  --sets cardekho,garments  --systems ours,flaml
 *     --python python3          with flaml and pandas below 3   --automl dist/cli/main.js
 *     --cores 0,1  --threads 2  --retry (failed runs again)  --report (tables only)
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { appendResult, keyOf, readResults } from "../accuracy/results.ts";
import { cutFile } from "./cut-file.ts";
import { renderReport } from "./report.ts";
import { rawSets } from "./sets.ts";
import { runFlaml, runOurs, type Job } from "./systems.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    results: { type: "string", default: "raw.jsonl" },
    budget: { type: "string", default: "30" },
    seeds: { type: "string", default: "1" },
    sets: { type: "string" },
    systems: { type: "string", default: "ours,flaml" },
    python: { type: "string", default: process.env["AUTOML_BENCH_PYTHON"] ?? "python3" },
    automl: {
      type: "string",
      default: fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url)),
    },
    cores: { type: "string", default: "0,1" },
    threads: { type: "string", default: "2" },
    retry: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("name the benchmark's folder");
const budget = Number(values.budget);
const { automl, python, cores } = values;
const machine = { automl, python, cores, threads: Number(values.threads) };
if (!values.report) runAll(join(folder, "raw"));
console.log(renderReport(readResults([values.results]), budget));

/** Systems in turns, set by set and seed by seed: what the machine does meanwhile is the same to both. */
function runAll(raw: string): void {
  const there = readResults([values.results]);
  const kept = there.filter(({ rmse }) => rmse !== undefined || !values.retry);
  const known = new Set(kept.map(keyOf));
  const scratch = mkdtempSync(join(tmpdir(), "raw-files-"));
  const sets = rawSets.filter(({ name }) => values.sets?.split(",").includes(name) ?? true);
  try {
    for (const seed of values.seeds.split(",").map(Number)) {
      for (const set of sets) {
        const cut = cutFile(join(raw, `${set.name}.csv`), set, scratch);
        for (const system of values.systems.split(",")) {
          const key = { set: set.name, system, budget, seed };
          if (known.has(keyOf(key))) continue;
          const job: Job = { set, cut, budget, seed };
          const outcome = system === "ours" ? runOurs(job, machine) : runFlaml(job, machine);
          appendResult(values.results, { ...key, ...outcome });
          const { rmse, error, wall } = outcome;
          const said = rmse === undefined ? `FAILED ${error}` : rmse.toPrecision(5);
          console.error(`${set.name} ${system} seed ${seed}: ${said} in ${wall.toFixed(1)} s`);
        }
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
