import { join } from "node:path";

/** Names inside a run folder: DESIGN.md's "run folder contract" in one place. */
export const runFiles = {
  journal: "journal.jsonl",
  record: "run.json",
  leaderboard: "leaderboard.csv",
  report: "report.html",
  predictions: "predictions.f64",
  split: "data/split.csv",
  schema: "data/schema.json",
  explore: "explore.ts",
  exploreNotebook: "explore.ipynb",
  best: "best",
  ensemble: "ensemble",
} as const;

/** Folder of a trial from the run folder, with forward slashes: "trials/017-gradient-boosting". */
export function trialFolder(id: string, family: string, parent: string | null = null): string {
  return `trials/${id}-${parent === null ? kebabCase(family) : `edited-from-${parent}`}`;
}

/** Where a trial's saved model lies. */
export function modelPath(run: string, folder: string): string {
  return join(run, folder, "model.json");
}

/** "gradientBoosting" -> "gradient-boosting"; anything but letters and digits becomes a dash, so a path stays a path. */
function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
