import { closeSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runFiles } from "../../core/run-folder.ts";
import type { RunRecord } from "../../core/run-record.ts";
import { unwritable } from "../../core/unwritable.ts";
import { Journal, readJournal, type JournalEvent } from "../../engine/journal.ts";
import { replayJournal, type JournaledRun } from "../../engine/run-record.ts";
import { writeRecord } from "../write-record.ts";

/** How long another script is waited for that writes to the same run; whoever takes longer has died. */
const lockTries = 100;
const lockPauseMilliseconds = 50;

/**
 * Appends events to a run's journal and rebuilds run.json and leaderboard.csv from it. One script at a time: the events
 * are chosen with the run as it is while nobody else writes to it.
 *
 * @param choose gives the events to append, none when there is nothing to add
 * @returns the record as it is then
 */
export async function appendToRun(
  directory: string,
  choose: (run: JournaledRun) => readonly JournalEvent[],
): Promise<RunRecord> {
  const lock = join(directory, ".lock");
  await takeLock(lock);
  try {
    const path = join(directory, runFiles.journal);
    const run = replayJournal(readJournal(path), path);
    const events = choose(run);
    if (events.length === 0) return run.record;
    const journal = Journal.open(path);
    for (const event of events) journal.append(event);
    return writeRecord(directory, replayJournal(readJournal(path), path).record);
  } finally {
    rmSync(lock, { force: true });
  }
}

async function takeLock(lock: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      closeSync(openSync(lock, "wx"));
      return;
    } catch (cause) {
      if (!(cause instanceof Error) || Reflect.get(cause, "code") !== "EEXIST") {
        throw unwritable(lock, cause);
      }
      if (attempt === lockTries) rmSync(lock, { force: true });
      await new Promise((resolve) => setTimeout(resolve, lockPauseMilliseconds));
    }
  }
}
