import { join, resolve } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { seconds } from "../core/clock.ts";
import { runFiles } from "../core/run-folder.ts";
import { columnsToCsv } from "../data/columns-csv.ts";
import type { DataSource, Inspection } from "../data/data-source.ts";
import { openFile } from "../data/open-file.ts";
import { Journal } from "../engine/journal.ts";
import { danfoColumns, openDanfo, type DataFrameLike } from "../interop/danfo.ts";
import { carryOut, type TrainedRun } from "./carry-out.ts";
import { chooseFolder, makeFolder, type NewFolder } from "./output-folder.ts";
import { withFileNames } from "./file-names.ts";
import { plannedMegabytes, readingOptions } from "./reading-options.ts";
import { planRun } from "./plan-run.ts";
import { holdRun } from "./run-lock.ts";
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
  const name = typeof data === "string" ? data : "frame";
  // Tells what would be in the way before anything is read.
  const chosen = chooseFolder(name, options.out);
  const path = typeof data === "string" ? resolve(data) : keptFrame(chosen);
  const source =
    typeof data === "string"
      ? await openFile(path, readingOptions(options, { trains: true }))
      : await openDanfo(data);
  const settled = await settle(source, path, options, clock);
  const { splitRecord, split, checks } = settled.plan;
  emit({ type: "checks", checks });
  const counts = { training: split.training.count, test: split.test.count };
  emit({ type: "split", spec: splitRecord, why: splitRecord.why, ...counts });
  const made = makeFolder(name, options.out);
  const folder = made.path;
  const { understood, config, plan } =
    typeof data === "string" ? settled : withData(settled, keptFrame(folder));
  const { startedAt } = clock;
  const { signal } = options;
  const release = orRemove(made, () => holdRun(folder));
  try {
    const journal = orRemove(made, () => {
      if (typeof data !== "string") writeFileAtomic(config.data, columnsToCsv(danfoColumns(data)));
      const opened = Journal.open(join(folder, runFiles.journal));
      writeStart(folder, opened, config, understood, plan);
      return opened;
    });
    return await carryOut({ folder, journal, config, plan, startedAt, signal, emit });
  } finally {
    release();
  }
}

/** Writes the first things into a new folder; when that fails, nothing of it stays. */
function orRemove<T>(made: NewFolder, write: () => T): T {
  try {
    return write();
  } catch (error) {
    made.remove();
    throw error;
  }
}

/** A DataFrame is kept as a CSV in the run: scripts and predictions need something to read. */
function keptFrame(folder: string): string {
  return join(folder, "data", "frame.csv");
}

type Settled = Awaited<ReturnType<typeof settle>>;

/** The same with the data at another place. */
function withData({ understood, config, plan }: Settled, path: string): Settled {
  return {
    understood,
    config: { ...config, data: path },
    plan: { ...plan, data: { ...plan.data, path } },
  };
}

/** Reads and decides everything that comes before the first trial, then closes the source. */
async function settle(
  source: DataSource,
  path: string,
  given: TrainOptions,
  clock: { startedAt: number },
) {
  try {
    const options = withFileNames(given, source.names);
    const emit = listenersOf(options);
    const understood = await understandData(
      source,
      path,
      withoutWaiting(options, clock),
      emit,
      clock.startedAt,
    );
    const config = configOf(path, understood.target.name, planned(options, understood.inspection));
    return { understood, config, plan: await planRun(source, understood, config) };
  } finally {
    source.close();
  }
}

/** The options with the memory that the run keeps to. */
function planned(options: TrainOptions, inspection: Inspection): TrainOptions {
  const memory = plannedMegabytes(options, inspection);
  return memory === undefined ? options : { ...options, memory };
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
