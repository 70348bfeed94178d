import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../core/atomic-file.ts";
import { sha256 } from "../core/json.ts";
import { runFiles } from "../core/run-folder.ts";
import type { RunRecord } from "../core/run-record.ts";
import { leaderboardCsv } from "./leaderboard-csv.ts";

interface Scripted {
  readonly script: string | null;
  readonly scriptSha256: string | null;
}

/**
 * Writes run.json and leaderboard.csv of a run, with the hash of each script as it lies there.
 * @returns the record as it was written
 */
export function writeRecord(directory: string, record: RunRecord): RunRecord {
  const withHash = <R extends Scripted>(trial: R): R => {
    const path = trial.script === null ? null : join(directory, trial.script);
    if (path === null || !existsSync(path)) return trial;
    return { ...trial, scriptSha256: sha256(readFileSync(path)) };
  };
  const ensemble = record.ensemble === null ? null : withHash(record.ensemble);
  const complete = { ...record, trials: record.trials.map(withHash), ensemble };
  // The name is the folder's: a run can be moved and stays true.
  const { name: _name, ...rest } = complete;
  writeFileAtomic(join(directory, runFiles.record), `${JSON.stringify(rest, null, 2)}\n`);
  writeFileAtomic(join(directory, runFiles.leaderboard), leaderboardCsv(complete));
  return complete;
}
