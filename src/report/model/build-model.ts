import type { ReportInput } from "../report-input.ts";
import { runCommands } from "../commands.ts";
import { buildCharts } from "../charts/build-charts.ts";
import { ReportContext } from "./context.ts";
import { buildData } from "./data-section.ts";
import { buildEnsemble } from "./ensemble-section.ts";
import { buildFamilies } from "./families.ts";
import { buildLeaderboard } from "./leaderboard.ts";
import { buildRecommendations } from "./recommendation.ts";
import type { ReportModel } from "./report-model.ts";
import { buildRuns } from "./runs.ts";
import { buildSearch } from "./search.ts";
import { buildSummary } from "./summary.ts";
import { TrialPages } from "./trial-page.ts";

/** Turns a record into everything the page shows. */
export function buildModel(input: ReportInput): ReportModel {
  const context = new ReportContext(input);
  const pages = new TrialPages(context);
  const search = buildSearch(context);
  const trials = [...context.trials, ...(context.ensemble === null ? [] : [context.ensemble])].map(
    (trial) => pages.build(trial),
  );
  return {
    version: 1,
    run: context.sentence(input.record.name),
    tool: `${input.record.tool.name} ${input.record.tool.version}, Node ${input.record.tool.node}`,
    noSamples: context.noSamples,
    metric: {
      name: context.metric,
      label: context.metricLabel,
      higherIsBetter: context.higherIsBetter,
    },
    summary: buildSummary(context),
    recommendations: buildRecommendations(context),
    ensemble: buildEnsemble(context),
    leaderboard: buildLeaderboard(context),
    search,
    families: buildFamilies(context, search),
    data: buildData(context),
    runs: buildRuns(context),
    trials,
    preparations: pages.preparations.values,
    scriptLines: pages.scriptLines.values,
    plottedRows: pages.plotted.sets,
    charts: buildCharts(context),
    commands: runCommands(
      context.runReference,
      input.otherRuns !== undefined && input.otherRuns.length > 0,
    ),
  };
}
