/**
 * Trains on every benchmark split through the command line, predicts its test file, and prints test RMSE beside the
 * recorded baselines. Needs a folder with `splits/NAME.train.csv.gz`, `NAME.test.csv.gz`, `catalog.json` and
 * `baselines.csv`.
 *
 *   npx tsx bench/sets.ts <folder> [--time-budget 20] [--only name,name] [--out results.json]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { scorePredictions } from "../src/core/metrics.ts";
import { parseCsvColumn } from "./csv-column.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "time-budget": { type: "string", default: "20" },
    only: { type: "string" },
    out: { type: "string" },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("usage: npx tsx bench/sets.ts <benchmark folder>");
const budget = Number(values["time-budget"]);
const automl = new URL("../dist/cli/main.js", import.meta.url).pathname;
const catalog = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")) as {
  name: string;
  target: string;
}[];
const baselines = readBaselines(join(folder, "baselines.csv"));
const wanted = values.only?.split(",");

interface SetResult {
  readonly name: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  readonly inTime: boolean;
  readonly trials: number;
  readonly best: string;
  readonly finite: boolean;
  readonly rmse: number;
  readonly baselines: Readonly<Record<string, number>>;
}

const results: SetResult[] = [];
for (const { name, target } of catalog) {
  if (wanted !== undefined && !wanted.includes(name)) continue;
  const result = runSet(name, target);
  results.push(result);
  console.log(row(result));
}
summarize(results);
if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(results, null, 1));

function runSet(name: string, target: string): SetResult {
  const scratch = mkdtempSync(join(tmpdir(), "automl-bench-"));
  const out = join(scratch, "run");
  const train = join(folder!, "splits", `${name}.train.csv.gz`);
  const test = join(folder!, "splits", `${name}.test.csv.gz`);
  const start = performance.now();
  const trained = spawnSync(
    process.execPath,
    [
      automl,
      "train",
      train,
      "--target",
      target,
      "--time-budget",
      String(budget),
      "--out",
      out,
      "--quiet",
    ],
    { encoding: "utf8" },
  );
  const seconds = (performance.now() - start) / 1000;
  const predictionFile = join(scratch, "predictions.csv");
  const predicted = spawnSync(
    process.execPath,
    [automl, "predict", out, test, "--out", predictionFile],
    {
      encoding: "utf8",
    },
  );
  if (trained.status !== 0) console.error(`${name}: ${trained.stderr.slice(-500)}`);
  else if (predicted.status !== 0) console.error(`${name}: ${predicted.stderr.slice(-500)}`);
  const truth = parseCsvColumn(gunzipSync(readFileSync(test)).toString("utf8"), target);
  const predictions =
    predicted.status === 0
      ? parseCsvColumn(readFileSync(predictionFile, "utf8"), "prediction")
      : [];
  const record =
    trained.status === 0
      ? (JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as {
          best: string;
          trials: { id: string; family: string; status: string }[];
        })
      : { best: "", trials: [] };
  rmSync(scratch, { recursive: true });
  const complete = predictions.length === truth.length;
  return {
    name,
    exitCode: trained.status,
    seconds,
    inTime: seconds <= budget * 1.05 + 3,
    trials: record.trials.filter((trial) => trial.status === "completed").length,
    best: record.trials.find((trial) => trial.id === record.best)?.family ?? "-",
    finite: complete && predictions.every(Number.isFinite),
    rmse: complete
      ? scorePredictions(Float64Array.from(truth), Float64Array.from(predictions)).rmse
      : NaN,
    baselines: baselines.get(name) ?? {},
  };
}

function readBaselines(path: string): Map<string, Record<string, number>> {
  const byName = new Map<string, Record<string, number>>();
  const [header = "", ...lines] = readFileSync(path, "utf8").trim().split("\n");
  const columns = header.split(",");
  const cell = (line: string[], column: string): string => line[columns.indexOf(column)] ?? "";
  for (const line of lines.map((text) => text.split(","))) {
    const scores = byName.get(cell(line, "dataset")) ?? {};
    scores[cell(line, "model")] = Number(cell(line, "rmse"));
    byName.set(cell(line, "dataset"), scores);
  }
  return byName;
}

function row(result: SetResult): string {
  const { name, exitCode, seconds, trials, best, finite, rmse } = result;
  const others = Object.entries(result.baselines).filter(([model]) => model !== "mean");
  const [bestModel, bestRmse] = others.reduce((a, b) => (b[1] < a[1] ? b : a), ["-", Infinity]);
  return [
    name.padEnd(20),
    `exit ${exitCode}`,
    `${seconds.toFixed(1)} s${result.inTime ? "" : " LATE"}`,
    `${trials} trials`.padStart(10),
    best.padEnd(18),
    finite ? "finite" : "NOT FINITE",
    rmse.toPrecision(5).padStart(9),
    `mean ${(result.baselines["mean"] ?? NaN).toPrecision(4)}`,
    `histgb ${(result.baselines["histgb"] ?? NaN).toPrecision(4)}`,
    `best baseline ${bestModel} ${bestRmse.toPrecision(4)}`,
    `ratio ${(rmse / bestRmse).toFixed(3)}`,
  ].join("  ");
}

function summarize(all: readonly SetResult[]): void {
  const models = [...new Set(all.flatMap((result) => Object.keys(result.baselines)))];
  console.log(`\n${all.filter((r) => r.exitCode === 0).length} of ${all.length} exit 0`);
  console.log(`${all.filter((r) => r.inTime).length} of ${all.length} within budget + 5 % + 3 s`);
  console.log(
    `${all.filter((r) => r.finite).length} of ${all.length} with finite predictions for every row`,
  );
  for (const model of models) {
    const ratios = all
      .map((result) => result.rmse / (result.baselines[model] ?? NaN))
      .filter((ratio) => Number.isFinite(ratio))
      .map((ratio) => Math.min(2, Math.max(0.5, ratio)));
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const wins = ratios.filter((ratio) => ratio < 1).length;
    console.log(
      `geometric mean of RMSE / ${model}: ${mean.toFixed(4)} (clipped to 0.5 … 2), better on ${wins} of ${ratios.length}`,
    );
  }
}
