import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import type {
  EnsembleDetail,
  EnsembleRecord,
  RunRecord,
  TrialDetail,
  TrialRecord,
} from "../../core/run-record.ts";
import { runFiles } from "../../core/run-folder.ts";
import type { SplitSpec } from "../../core/split.ts";
import type { MetricName } from "../../core/metrics.ts";
import { scriptContext } from "./context.ts";

/** The run that a script lies in, and the trial it was made for. */
export interface ScriptRun {
  readonly directory: string;
  readonly name: string;
  readonly metric: MetricName;
  readonly split: SplitSpec;
  /** Of the data file the run was measured on. */
  readonly sha256: string;
  /** Of the trial, or of the ensemble. */
  readonly detail: TrialDetail | EnsembleDetail;
}

/**
 * The run that holds this process's script: `<run>/trials/<trial>/trial.ts`, `<run>/ensemble/trial.ts`, or
 * `<run>/best/trial.ts`, where the script
 * itself or else the record of the run says which trial it is. Undefined for scripts that were copied elsewhere.
 */
export function findScriptRun(): ScriptRun | undefined {
  const directory = findRunDirectory();
  if (directory === undefined) return undefined;
  const own = join(scriptContext().folder, "trial.json");
  const file = existsSync(own) ? own : recordedTrialFile(directory, scriptContext().recordedTrial);
  return file === undefined ? undefined : describeRun(directory, file);
}

/** What the run measured for a trial: that of the script, or another one by its id. */
export function recordedTrial(
  { directory, detail }: ScriptRun,
  id: string,
): TrialRecord | EnsembleRecord | undefined {
  if (detail.record.id === id) return detail.record;
  const record = readJson<RunRecord>(join(directory, runFiles.record));
  if (id === record?.ensemble?.id) return record.ensemble;
  return record?.trials.find((trial) => trial.id === id);
}

/** The run whose folder the script lies in, `trials/<trial>/`, `ensemble/` or `best/`. */
export function findRunDirectory(): string | undefined {
  const above = dirname(scriptContext().folder);
  return [dirname(above), above].find((folder) => existsSync(join(folder, runFiles.journal)));
}

function describeRun(directory: string, trialFile: string): ScriptRun | undefined {
  const started = readFirstLine(join(directory, runFiles.journal));
  const detail = readJson<TrialDetail | EnsembleDetail>(trialFile);
  if (started === undefined || detail === undefined) return undefined;
  const { run, config, split, data } = started;
  return { directory, name: run, metric: config.metric, split, sha256: data.sha256, detail };
}

/** trial.json of a trial given by id; of the best one without an id. */
function recordedTrialFile(directory: string, trial: string | null): string | undefined {
  const record = readJson<RunRecord>(join(directory, runFiles.record));
  const id = trial ?? record?.best;
  const all = [...(record?.trials ?? []), ...(record?.ensemble ? [record.ensemble] : [])];
  const script = all.find((candidate) => candidate.id === id)?.script;
  return script === undefined || script === null
    ? undefined
    : join(directory, dirname(script), "trial.json");
}

interface RunStart {
  readonly run: string;
  readonly config: { readonly metric: MetricName };
  readonly split: SplitSpec;
  readonly data: { readonly sha256: string };
}

/** The journal's first line, which says what the run began with and never changes. */
function readFirstLine(path: string): RunStart | undefined {
  const file = openSync(path, "r");
  try {
    const chunks: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.alloc(65_536);
      const length = readSync(file, chunk, 0, chunk.length, null);
      const end = chunk.subarray(0, length).indexOf(0x0a);
      chunks.push(chunk.subarray(0, end === -1 ? length : end));
      if (end !== -1) return JSON.parse(Buffer.concat(chunks).toString("utf8")) as RunStart;
      if (length === 0) return undefined;
    }
  } finally {
    closeSync(file);
  }
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return undefined;
  }
}
