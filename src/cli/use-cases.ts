import type { explore } from "../app/explore.ts";
import type { predict } from "../app/predict.ts";
import type { report } from "../app/report.ts";
import type { restore } from "../app/restore.ts";
import type { resume } from "../app/resume.ts";
import type { runScript } from "../app/run-script.ts";
import type { BrokenRun, RunSummary } from "../app/runs.ts";
import type { train } from "../app/train.ts";
import type { verify } from "../app/verify.ts";
import type { watchScript } from "../app/watch-script.ts";
import type { TrialRecord } from "../core/run-record.ts";

/** What the commands call. Each is loaded when it is first called: the help needs none of them. */
export interface UseCases {
  readonly explore: typeof explore;
  readonly train: typeof train;
  readonly resume: typeof resume;
  readonly runScript: typeof runScript;
  readonly watchScript: typeof watchScript;
  readonly verify: typeof verify;
  readonly restore: typeof restore;
  readonly predict: typeof predict;
  readonly report: typeof report;
  /** Runs of a folder (default: automl-runs), or the one run that the folder is; broken ones with the reason. */
  listRuns(folder?: string): Promise<readonly (RunSummary | BrokenRun)[]>;
  /** Trials of a run that gave no score. */
  failedTrials(run: string): Promise<{ readonly trials: readonly TrialRecord[] }>;
  /** Folder of the run that the working directory lies in, else of the one that was written to last. */
  newestRun(): Promise<string>;
  /** Name of a family for people. */
  familyLabel(): Promise<(name: string) => string>;
}

export const useCases: UseCases = {
  explore: async (...args) => (await import("../app/explore.ts")).explore(...args),
  train: async (...args) => (await import("../app/train.ts")).train(...args),
  resume: async (...args) => (await import("../app/resume.ts")).resume(...args),
  runScript: async (...args) => (await import("../app/run-script.ts")).runScript(...args),
  watchScript: async (...args) => (await import("../app/watch-script.ts")).watchScript(...args),
  verify: async (...args) => (await import("../app/verify.ts")).verify(...args),
  restore: async (...args) => (await import("../app/restore.ts")).restore(...args),
  predict: async (...args) => (await import("../app/predict.ts")).predict(...args),
  report: async (...args) => (await import("../app/report.ts")).report(...args),
  listRuns: async (...args) => (await import("../app/runs.ts")).listRuns(...args),
  failedTrials: async (...args) => (await import("../app/runs.ts")).failedTrials(...args),
  newestRun: async () => (await import("../app/find-run.ts")).newestRun(),
  familyLabel: async () => {
    const { registry } = await import("../models/registry.ts");
    const labels = new Map(Object.values(registry).map(({ name, label }) => [name, label]));
    return (name) => labels.get(name) ?? name;
  },
};
