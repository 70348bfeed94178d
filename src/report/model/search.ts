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
    edge: edge(context),
  };
}

/** Six significant digits: more than a chart can show, at a third of the length. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}

/**
 * Where charts of scores end: a little beyond the trial at 85 % of the ranking, when the worst lies much further out.
 * Null when all can be shown.
 */
function edge(context: ReportContext): number | null {
  const losses = context.ranked.map((trial) => context.loss(trial));
  const best = losses[0];
  const worst = losses.at(-1);
  if (best === undefined || worst === undefined) return null;
  const most = losses[Math.floor((losses.length - 1) * 0.85)] ?? worst;
  const far = best + (most - best) * 1.3;
  if (!(worst > best + (far - best) * 1.5)) return null;
  return rounded(context.higherIsBetter ? -far : far);
}
