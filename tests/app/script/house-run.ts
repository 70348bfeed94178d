import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRecord } from "../../../src/app/write-record.ts";
import { beginScript } from "../../../src/app/script/context.ts";
import type { ScriptReport } from "../../../src/app/script/script-report.ts";
import { Random } from "../../../src/core/random.ts";
import { trialFolder } from "../../../src/core/run-folder.ts";
import type { TrialSpec } from "../../../src/core/trial-spec.ts";
import { makeSplit } from "../../../src/data/make-split.ts";
import { loadTable } from "../../../src/data/open-file.ts";
import { FitSession } from "../../../src/ensemble/fit-session.ts";
import { fitTrial, predictTrial } from "../../../src/ensemble/trial-model.ts";
import { evaluateTrial } from "../../../src/engine/evaluate.ts";
import { Journal } from "../../../src/engine/journal.ts";
import { plottedRows } from "../../../src/engine/plotted-rows.ts";
import { readJournal } from "../../../src/engine/journal.ts";
import { replayJournal } from "../../../src/engine/run-record.ts";
import { scorePredictions } from "../../../src/core/metrics.ts";
import type { SplitSpec } from "../../../src/core/split.ts";

/** A data file of 90 houses with numbers, a category with a missing value, and dates. */
export function houseCsv(): string {
  const random = new Random("houses");
  const lines = ["area,rooms,town,sold,price"];
  for (let i = 0; i < 90; i++) {
    const area = 40 + random.integer(120);
    const rooms = 1 + random.integer(6);
    const town = i === 5 ? "" : ["Ash", "Elm", "Oak"][random.integer(3)]!;
    const price =
      1000 * area + 5000 * rooms + (town === "Oak" ? 40_000 : 0) + 8000 * random.normal();
    const day = `2024-0${1 + random.integer(9)}-1${random.integer(10)}`;
    lines.push(`${area},${rooms},${town},${day},${Math.round(price)}`);
  }
  return `${lines.join("\n")}\n`;
}

const houseSplit: SplitSpec = {
  kind: "random",
  test: 0.2,
  folds: 3,
  repeats: 1,
  stratify: true,
  seed: 1,
};

export const houseSpec: TrialSpec = {
  features: [
    { kind: "numeric", column: "area", impute: "median" },
    { kind: "numeric", column: "rooms", impute: "median" },
    { kind: "category", column: "town", encode: { by: "oneHot" } },
  ],
  target: { column: "price", transform: "none" },
  model: { kind: "ridge", params: { alpha: 3 }, steps: [{ kind: "standardize" }] },
};

/** A folder that is removed by `clear`. */
export function temporaryFolder(): { path: string; clear: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "automl-test-")));
  return { path, clear: () => rmSync(path, { recursive: true, force: true }) };
}

export interface HouseRun {
  readonly data: string;
  readonly directory: string;
  /** Folder of trial 001. */
  readonly trial: string;
}

const columns = [
  { name: "area", type: "numeric" },
  { name: "rooms", type: "numeric" },
  { name: "town", type: "category" },
  { name: "sold", type: "date", format: "%Y-%m-%d" },
  { name: "price", type: "numeric" },
] as const;

/** A finished run with one examined ridge trial, as its journal and trial.json tell it; no script is printed. */
export async function makeHouseRun(folder: string): Promise<HouseRun> {
  const data = join(folder, "houses.csv");
  writeFileSync(data, houseCsv());
  const directory = join(folder, "automl-runs", "houses");
  const trial = join(directory, trialFolder("001", "ridge"));
  mkdirSync(trial, { recursive: true });
  const { table } = await loadTable(data, { columns, target: "price" });
  const split = makeSplit(table, "price", houseSplit);
  const session = new FitSession(table);
  const outcome = evaluateTrial(houseSpec, split, session);
  const fitted = fitTrial(houseSpec, split.training.index, session);
  const test = scorePredictions(
    session.truth("price", split.test.index),
    predictTrial(fitted, table, split.test.index),
  );
  const path = join(directory, "journal.jsonl");
  const journal = Journal.open(path);
  const schema = columns.map((column) => ({
    ...column,
    role: column.name === "price" ? ("target" as const) : ("feature" as const),
    reason: "for the test",
    missing: column.name === "town" ? 1 : 0,
    distinct: 3,
  }));
  journal.append({
    type: "run-started",
    run: "houses",
    tool: { name: "glassbox-automl", version: "0.1.0", node: process.versions.node },
    config: houseConfig(data),
    data: {
      path: data,
      sha256: table.sha256,
      rows: table.rows,
      rowsWithoutTarget: 0,
      columns: 5,
      sampledFraction: 1,
    },
    target: { name: "price", why: "given" },
    split: { ...houseSplit, why: "Few rows." },
    splitSha256: "",
    schema,
    columns: schema,
    checks: [],
    example: [
      { column: "area", value: 70 },
      { column: "rooms", value: 3 },
      { column: "town", value: "Elm" },
    ],
  });
  journal.append({
    type: "trial-finished",
    result: {
      number: 1,
      origin: "start",
      spec: houseSpec,
      status: "completed",
      validation: outcome.scores,
      foldScores: outcome.foldScores,
      standardError: outcome.standardError,
      units: 10,
      fitSeconds: 0.01,
      trialSeconds: 0.03,
      finishedAt: 1,
      plotted: plottedRows(
        outcome.outOfFold,
        session.truth("price", split.all.index),
        table.rowNumbers,
      ),
      error: null,
    },
  });
  journal.append({ type: "trial-examined", exam: { number: 1, test } });
  journal.append({ type: "run-finished", elapsedSeconds: 2, stopped: "trials" });
  const run = replayJournal(readJournal(path), path);
  writeRecord(directory, run.record);
  writeFileSync(join(trial, "trial.json"), JSON.stringify(run.details[0]));
  return { data, directory, trial };
}

function houseConfig(data: string) {
  return {
    data,
    target: "price",
    metric: "rmse" as const,
    seed: 1,
    timeBudget: null,
    maxTrials: 1,
    families: null,
    exclude: [],
    testFraction: 0.2,
    cv: null,
    kernel: "deno" as const,
    samples: true,
    workers: 1,
    memoryMegabytes: null,
    familyModules: [],
    ensemble: true,
  };
}

/** Begins a script of the run in this process; what it reports is collected. */
export function beginIn(
  folder: string,
  options: { openTest?: boolean; scratch?: string } = {},
): ScriptReport[] {
  const reports: ScriptReport[] = [];
  const script = join(folder, "trial.ts");
  beginScript({ script, ...options, quiet: true, report: (report) => reports.push(report) });
  return reports;
}
