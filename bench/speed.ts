/**
 * The product's waiting times, as figures to look at: never a test.
 *
 *   npx tsx bench/speed.ts [--benchmark <folder with splits/>]
 *
 * Prints medians of: cold start of `automl --help`, printing 300 trials, the first ranked model, save-to-score of a
 * ridge script.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { emitRun } from "../src/app/emit-run.ts";
import { readJournal, type JournalLine } from "../src/engine/journal.ts";

const { values } = parseArgs({ options: { benchmark: { type: "string" } } });
const root = fileURLToPath(new URL("..", import.meta.url));
const automl = join(root, "dist/cli/main.js");
const scratch = mkdtempSync(join(tmpdir(), "automl-speed-"));

const help = repeat(15, () => timed(() => run(["--help"])));
const bare = repeat(15, () => timed(() => spawnSync(process.execPath, ["-e", "0"])));
console.log(
  `automl --help            ${help.toFixed(0)} ms   (node itself: ${bare.toFixed(0)} ms)`,
);

const sacramento = join(root, "datasets/sacramento.csv");
const small = join(scratch, "small");
run(["train", sacramento, "--max-trials", "40", "--out", small, "--quiet"]);
const ridge = ridgeScript(small);
const scripts = repeat(7, () => editAndScore(ridge));
console.log(`save to score, ridge     ${scripts.toFixed(0)} ms   (automl run, table from cache)`);

multiplyTrials(small, 300);
const emission: number[] = [];
for (let i = 0; i < 3; i++) {
  const start = performance.now();
  await emitRun(small, { scripts: "write", report: false });
  emission.push(performance.now() - start);
}
console.log(
  `300 trials printed       ${median(emission).toFixed(0)} ms   (scripts, notebooks, trial.json)`,
);

if (values.benchmark !== undefined) {
  const houses = join(values.benchmark, "splits/california_housing.train.csv.gz");
  const first: number[] = [];
  for (let i = 0; i < 3; i++)
    first.push(await firstRankedModel(houses, "median_house_value", join(scratch, `c${i}`)));
  console.log(
    `first ranked model       ${median(first).toFixed(0)} ms   (california_housing, 16,512 rows)`,
  );
}
rmSync(scratch, { recursive: true });

function run(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [automl, ...args], {
    encoding: "utf8",
    cwd: scratch,
  });
  if (status !== 0) throw new Error(`automl ${args.join(" ")}: ${stderr}`);
}

function timed(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function repeat(times: number, action: () => number): number {
  return median(Array.from({ length: times }, action));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function ridgeScript(directory: string): string {
  const { trials } = JSON.parse(readFileSync(join(directory, "run.json"), "utf8")) as {
    trials: { family: string; script: string | null }[];
  };
  const trial = trials.find(({ family, script }) => family === "ridge" && script !== null);
  if (trial === undefined || trial.script === null) throw new Error("the run has no ridge trial");
  return join(directory, trial.script);
}

/** Changes the penalty, as an edit does, and measures until the script has ended and its score is recorded. */
function editAndScore(script: string): number {
  const source = readFileSync(script, "utf8");
  const edited = source.replace(
    /alpha: ([\d.e+-]+)/,
    (_, alpha: string) => `alpha: ${Number(alpha) + 0.01}`,
  );
  if (edited === source) throw new Error(`there is no alpha in ${dirname(script)}`);
  writeFileSync(script, edited);
  return timed(() => run(["run", script]));
}

/** Copies the finished trials of a journal under new numbers until there are `count`. */
function multiplyTrials(directory: string, count: number): void {
  const path = join(directory, "journal.jsonl");
  const lines = readJournal(path).filter((line) => line.type !== "trial-edited");
  const finished = lines.filter(
    (line): line is Extract<JournalLine, { type: "trial-finished" }> =>
      line.type === "trial-finished" && line.result.status === "completed",
  );
  const copies = Array.from({ length: count }, (_, i) => {
    const line = finished[i % finished.length]!;
    return { ...line, result: { ...line.result, number: i + 1 } };
  });
  const others = lines.filter((line) => line.type !== "trial-finished");
  writeFileSync(path, [...others, ...copies].map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** Milliseconds from starting the command to the event that announces the first ranked model. */
function firstRankedModel(data: string, target: string, out: string): Promise<number> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [automl, "train", data, "--target", target, "--time-budget", "10", "--out", out, "--json"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('"type":"best"')) return;
      resolve(performance.now() - start);
      child.kill("SIGKILL");
    });
    child.on("exit", () => reject(new Error("the run ended without a ranked model")));
  });
}
