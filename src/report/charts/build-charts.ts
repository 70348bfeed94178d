import type { Spec } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { ReportContext } from "../model/context.ts";
import { targetSize as profileTargetSize } from "../model/profile-section.ts";
import { familyCostChart, familyScoreChart } from "./family-charts.ts";
import { foldChart } from "./fold-chart.ts";
import { importanceChart } from "./importance-chart.ts";
import { profileCharts } from "./profile-charts.ts";
import { parameterChart } from "./parameter-chart.ts";
import { progressChart } from "./progress-chart.ts";
import { predictedChart, residualChart, residualHistogram } from "./residual-charts.ts";
import type { ScoreAxis } from "./score-axis.ts";

/**
 * The charts of a report as Vega-Lite, by name. They hold no data: the page fills in the named data sets, so that 300
 * trials share one specification of each chart, and no value or name of the data is ever part of one.
 */
export function chartSpecs(context: ReportContext): { readonly [chart: string]: TopLevelSpec } {
  const axis: ScoreAxis = {
    label: context.metricLabel,
    size: context.best === undefined ? 1 : (context.validation(context.best) ?? 1),
    higherIsBetter: context.higherIsBetter,
  };
  const targetSize = largestTarget(context);
  const profile = context.input.profile ?? null;
  return {
    progress: progressChart(axis, "trial", true),
    progressByTime: progressChart(axis, "seconds of work, all trials so far"),
    progressByClock: progressChart(axis, "seconds from the start of the run"),
    familyScores: familyScoreChart(axis),
    familyCost: familyCostChart(),
    parameterLinear: parameterChart(axis, "linear"),
    parameterLog: parameterChart(axis, "log"),
    parameterChoice: parameterChart(axis, "choice"),
    folds: foldChart(axis),
    predicted: predictedChart(targetSize),
    residuals: residualChart(targetSize),
    histogram: residualHistogram(targetSize),
    importance: importanceChart(context.metricLabel, axis.size),
    ...(profile === null ? {} : profileCharts(profileTargetSize(profile))),
  };
}

/** The same charts compiled to Vega, which is all that the page has to carry a runtime for. */
export function buildCharts(context: ReportContext): { readonly [chart: string]: Spec } {
  return compileCharts(chartSpecs(context));
}

/** Vega-Lite specs compiled to Vega, by name. */
export function compileCharts(specs: { readonly [chart: string]: TopLevelSpec }): {
  readonly [chart: string]: Spec;
} {
  const compiled = Object.entries(specs).map(([name, spec]) => [
    name,
    compile(spec, { logger: silent }).spec,
  ]);
  return Object.fromEntries(compiled) as { readonly [chart: string]: Spec };
}

/** The largest true value that is plotted anywhere: it decides how axes on the target's scale are labelled. */
function largestTarget(context: ReportContext): number {
  let largest = 0;
  for (const detail of context.input.details) {
    for (const { actual } of detail.plotted) {
      if (Number.isFinite(actual)) largest = Math.max(largest, Math.abs(actual));
    }
  }
  return largest;
}

/** Vega-Lite explains its choices on the console; a command line tool must not. */
const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
};
