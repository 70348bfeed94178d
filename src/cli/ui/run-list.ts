import { metrics, type MetricName } from "../../core/metrics.ts";
import type { EnsembleRecord, TrialRecord } from "../../core/run-record.ts";
import { truncate, wrap } from "./display-width.ts";
import { formatCount } from "../../report/format.ts";
import { formatClock, scoreFormat } from "./number-format.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { tableLines } from "./table.ts";

interface ListView {
  readonly paint: Paint;
  readonly width: number;
  readonly familyLabel: (name: string) => string;
  /** How this program is called in lines to paste. */
  readonly command: string;
}

const ensembleId: EnsembleRecord["id"] = "ensemble";

/** One run in a list. */
interface ListedRun {
  readonly name: string;
  readonly target: string;
  readonly metric: MetricName;
  readonly trials: number;
  readonly failed: number;
  readonly elapsedSeconds: number;
  readonly best: Pick<TrialRecord, "id" | "family" | "scores"> | null;
}

/** A run whose journal cannot be read, and why. */
interface ListedBroken {
  readonly name: string;
  readonly broken: string;
}

export function renderRuns(runs: readonly (ListedRun | ListedBroken)[], view: ListView): string {
  if (runs.length === 0) return `  No runs here yet: ${view.command} train data.csv makes one.\n`;
  const readable = runs.filter((run): run is ListedRun => !("broken" in run));
  const broken = runs.filter((run): run is ListedBroken => "broken" in run);
  return (readable.length === 0 ? "" : runTable(readable, view)) + brokenRuns(broken, view);
}

function brokenRuns(runs: readonly ListedBroken[], view: ListView): string {
  const lines = runs.flatMap(({ name, broken }) => [
    `  ${truncate(printable(name), 40)}   ${view.paint.warning("broken")}`,
    ...wrap(printable(broken), view.width - 9).map((line) => `        ${line}`),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function runTable(runs: readonly ListedRun[], view: ListView): string {
  const [head = "", ...body] = tableLines(
    [
      { title: "run", align: "left" },
      { title: "target", align: "left" },
      { title: "trials", align: "right" },
      { title: "no score", align: "right" },
      { title: "took", align: "right" },
      { title: "best score", align: "right" },
      { title: "by", align: "left" },
    ],
    runs.map((run) => [
      truncate(printable(run.name), 40),
      truncate(printable(run.target), 20),
      formatCount(run.trials),
      formatCount(run.failed),
      formatClock(Math.round(run.elapsedSeconds)),
      bestScore(run),
      bestOf(run, view),
    ]),
  );
  return [view.paint.dim(head), ...body].map((line) => `${line}\n`).join("");
}

/** The ensemble, which has no number, says of how many trials it is. */
function bestOf({ best }: ListedRun, view: ListView): string {
  if (best === null) return "";
  if (best.id === ensembleId) return best.family;
  return `${view.familyLabel(best.family)} (${best.id})`;
}

function bestScore({ metric, best }: ListedRun): string {
  const score = best?.scores?.validation[metric] ?? null;
  return score === null ? "" : `${metrics[metric].label} ${scoreFormat(metric, score)(score)}`;
}

/** A trial that gave no model, and why. */
type FailedTrial = Pick<TrialRecord, "id" | "family" | "status" | "error">;

/** One paragraph per failed trial: id, family and status, then the reason. */
export function renderFailures(trials: readonly FailedTrial[], view: ListView): string {
  if (trials.length === 0) return "  No trial of this run failed.\n";
  const lines = trials.flatMap(({ id, family, status, error }) => {
    const reason = error === null ? "" : `${printable(error.message)}  (${printable(error.code)})`;
    const head = `  ${id}   ${view.familyLabel(family)}   ${view.paint.warning(status)}`;
    return [head, ...wrap(reason, view.width - 9).map((line) => `        ${line}`)];
  });
  return lines.map((line) => `${line}\n`).join("");
}
