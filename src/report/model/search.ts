import { searchWords } from "../noise-words.ts";
import type { ReportContext } from "./context.ts";
import type { SearchModel } from "./report-model.ts";

/** Every trial that ran, in the order of proposal: what the charts of the search are drawn from. */
export function buildSearch(context: ReportContext): SearchModel {
  const started = context.trials.filter((trial) => trial.status !== "skipped");
  let spent = 0;
  return {
    ids: started.map((trial) => trial.id),
    families: started.map((trial) => context.familyLabel(trial.family)),
    order: started.map((_, i) => i + 1),
    spentSeconds: started.map((trial) => rounded((spent += trial.trialSeconds ?? 0))),
    scores: started.map((trial) =>
      Number.isFinite(context.loss(trial)) ? context.validation(trial) : null,
    ),
    edited: started.map((trial) => trial.origin === "edited"),
    progress: (context.record.progress ?? []).map(({ trial, score, elapsedSeconds }) => ({
      id: trial,
      score: rounded(score),
      seconds: rounded(elapsedSeconds),
    })),
    elapsedSeconds: rounded(context.record.elapsedSeconds),
    words: searchWords(context.record),
    edge: edge(context, 1.6),
    farEdge: edge(context, 5),
  };
}

/** Six significant digits: more than a chart can show, at a third of the length. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}

/** Of fewer trials none is cut off. */
const fewestCut = 4;

/**
 * Where a chart of scores ends: `stretch` times as far from the best as three quarters of the ranking reach, because
 * one exploding model must not flatten all others. Null when hardly anything lies beyond.
 */
function edge(context: ReportContext, stretch: number): number | null {
  const losses = context.ranked.map((trial) => context.loss(trial));
  const best = losses[0];
  const worst = losses.at(-1);
  if (best === undefined || worst === undefined || losses.length < fewestCut) return null;
  const most = losses[Math.floor((losses.length - 1) * 0.75)] ?? worst;
  // The best one's own standard error has to be seen, and of a few trials all.
  const error = context.ranked[0]?.standardError ?? 0;
  const far = best + Math.max((most - best) * stretch, 1.5 * error);
  if (!(worst > best + (far - best) * 1.2)) return null;
  return rounded(context.higherIsBetter ? -far : far);
}
