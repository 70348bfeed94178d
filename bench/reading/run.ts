import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { RunRecord } from "../../src/core/run-record.ts";
import { watchMemory } from "./peak-memory.ts";
import { writeLarge } from "./write-large.ts";

/**
 * npx tsx bench/reading/run.ts make <file.csv> --gigabytes 5         writes a seeded CSV of that size
 * npx tsx bench/reading/run.ts memory <file.csv> --scratch <folder>  trains on it: peak memory, and what it says of its sample;
 *   --budget <seconds>, or --trials <count> without a clock, for a machine that is busy
 * npx tsx bench/reading/run.ts pandas --scratch <folder> --python <python>   1M x 10 against pandas.read_csv, in turns
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    gigabytes: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
    budget: { type: "string", default: "60" },
    memory: { type: "string" },
    trials: { type: "string" },
    rounds: { type: "string", default: "3" },
    scratch: { type: "string", default: "scratch" },
    python: { type: "string", default: process.env["AUTOML_BENCH_PYTHON"] ?? "python3" },
    dist: { type: "string", default: fileURLToPath(new URL("../../dist", import.meta.url)) },
  },
});
const [mode, path = ""] = positionals;

switch (mode) {
  case "make":
    make();
    break;
  case "memory":
    await measureMemory();
    break;
  case "pandas":
    comparePandas();
    break;
  default:
    console.error("Say what to do: make <file>, memory <file> or pandas.");
    process.exitCode = 2;
}

function make(): void {
  const { rows, bytes } = writeLarge(path, Number(values.gigabytes) * 2 ** 30, Number(values.seed));
  console.log(`${path}: ${rows} rows, ${bytes} bytes`);
}

async function measureMemory(): Promise<void> {
  const out = join(values.scratch, "reading-memory");
  rmSync(out, { recursive: true, force: true });
  const memory = values.memory === undefined ? [] : ["--memory", values.memory];
  const watched = await watchMemory(process.execPath, [
    join(values.dist, "cli/main.js"),
    "train",
    path,
    "--target",
    "price",
    "--out",
    out,
    // Trials without a clock: on a busy machine reading alone may take the whole budget.
    ...(values.trials === undefined
      ? ["--time-budget", values.budget]
      : ["--max-trials", values.trials]),
    ...memory,
  ]);
  const { data, trials, elapsedSeconds } = JSON.parse(
    readFileSync(join(out, "run.json"), "utf8"),
  ) as RunRecord;
  const script = readFileSync(join(out, "best/trial.ts"), "utf8");
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(2);
  console.log(`
file             ${gigabytes(statSync(path).size)} GiB, ${data.fileRows} data rows
peak memory      ${gigabytes(watched.peakBytes)} GiB
run              ${elapsedSeconds.toFixed(1)} s${values.trials === undefined ? ` of ${values.budget}` : ""}, ${watched.seconds.toFixed(1)} s by the clock, exit code ${watched.exitCode}
sample           ${data.rows} rows, ${(100 * data.sampledFraction).toFixed(2)} %, ${JSON.stringify(data.reading?.sample)}
trials           ${trials.filter(({ status }) => status === "completed").length} of ${trials.length} completed: ${trials.map(({ family }) => family).join(", ")}
script says      ${/ {2}sample: .*/.exec(script)?.[0].trim() ?? "nothing"}`);
}

/** Both read the same file into typed columns, each in a process of its own, in turns. */
function comparePandas(): void {
  mkdirSync(values.scratch, { recursive: true });
  const csv = join(values.scratch, "million.csv");
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  if (!existsSync(csv)) run(values.python, [here("million.py"), csv]);
  const pairs = Array.from({ length: Number(values.rounds) }, () => ({
    ours: Number(run(process.execPath, [here("read-million.mjs"), values.dist, csv])),
    pandas: Number(run(values.python, [here("read_million.py"), csv])),
  }));
  console.log("ours s   pandas s   ratio");
  for (const { ours, pandas } of pairs) {
    console.log(
      `${ours.toFixed(2).padEnd(8)} ${pandas.toFixed(2).padEnd(10)} ${(ours / pandas).toFixed(2)}`,
    );
  }
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}
