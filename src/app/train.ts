import { join, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { seconds } from "../core/clock.ts";
import { runFiles } from "../core/run-folder.ts";
import { columnsToCsv } from "../data/columns-csv.ts";
import type { DataSource } from "../data/data-source.ts";
import { openFile } from "../data/open-file.ts";
import { Journal } from "../engine/journal.ts";
import { danfoColumns, openDanfo, type DataFrameLike } from "../interop/danfo.ts";
import { carryOut, type TrainedRun } from "./carry-out.ts";
import { chooseFolder, makeFolder } from "./output-folder.ts";
import { planRun } from "./plan-run.ts";
import { configOf, writeStart } from "./run-start.ts";
import { checkOptions, listenersOf, type TrainOptions } from "./train-options.ts";
import { understandData } from "./understand-data.ts";

/**
 * Trains on a table, a file or a danfojs DataFrame: guesses what is not said, searches until the budget is used or
 * nothing improves, and writes the run folder. Rejects with an AutomlError when the data or the options cannot be used;
 * nothing is written then.
 */
export async function train(
  data: string | DataFrameLike,
  options: TrainOptions = {},
): Promise<TrainedRun> {
  checkOptions(options);
  const clock = { startedAt: seconds() };
  const emit = listenersOf(options);
  const folder = chooseFolder(typeof data === "string" ? data : "frame", options.out);
  // A DataFrame is kept as a CSV in the run: scripts and predictions need something to read.
  const path = typeof data === "string" ? resolve(data) : join(folder, "data", "frame.csv");
  const source = typeof data === "string" ? await openFile(path) : await openDanfo(data);
  const { understood, config, plan } = await settle(source, path, options, clock);
  const { splitRecord, split, checks } = plan;
  emit({ type: "checks", checks });
  const counts = { training: split.training.count, test: split.test.count };
  emit({ type: "split", spec: splitRecord, why: splitRecord.why, ...counts });
  makeFolder(folder);
  if (typeof data !== "string") writeFileAtomic(path, columnsToCsv(danfoColumns(data)));
  const journal = Journal.open(join(folder, runFiles.journal));
  writeStart(folder, journal, config, understood, plan);
  const { startedAt } = clock;
  return carryOut({ folder, journal, config, plan, startedAt, signal: options.signal, emit });
}

/** Reads and decides everything that comes before the first trial, then closes the source. */
async function settle(
  source: DataSource,
  path: string,
  options: TrainOptions,
  clock: { startedAt: number },
) {
  try {
    const emit = listenersOf(options);
    const understood = await understandData(
      source,
      path,
      withoutWaiting(options, clock),
      emit,
      clock.startedAt,
    );
    const config = configOf(path, understood.target.name, options);
    return { understood, config, plan: await planRun(source, understood, config) };
  } finally {
    source.close();
  }
}

/** The time that a person takes to choose the target does not count against the budget. */
function withoutWaiting(options: TrainOptions, clock: { startedAt: number }): TrainOptions {
  const { chooseTarget } = options;
  if (chooseTarget === undefined) return options;
  return {
    ...options,
    async chooseTarget(guess, columns) {
      const asked = seconds();
      const name = await chooseTarget(guess, columns);
      clock.startedAt += seconds() - asked;
      return name;
    },
  };
}
