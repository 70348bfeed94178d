import type { TrialRecord } from "../../core/run-record.ts";
import { trialCommands } from "../commands.ts";
import { formatBytes, formatMicros, formatSeconds } from "../format.ts";
import type { ReportContext } from "./context.ts";
import { closedTest, measured } from "./leaderboard.ts";
import type { Fact, RecommendationModel } from "./report-model.ts";

const roles = [
  { key: "mostAccurate", label: "Most accurate", why: "Best validation score of all trials." },
  {
    key: "simplestWithinNoise",
    label: "Simplest within noise",
    why: "Smallest model that cannot be told apart from the best.",
  },
  {
    key: "fastest",
    label: "Fastest",
    why: "Least work to predict a row, among those within noise or 5 % of the best.",
  },
] as const;

const whyEnsemble =
  "A weighted sum of trials that does better than any one of them would; scored on rows that had no say in its weights.";

/** One card for each recommended trial; a trial recommended twice gets one card with both reasons. */
export function buildRecommendations(context: ReportContext): RecommendationModel[] {
  const cards = new Map<string, { trial: TrialRecord; roles: string[]; why: string[] }>();
  for (const role of roles) {
    const trial = context.trial(context.record.recommended[role.key]);
    if (trial === undefined) continue;
    const card = cards.get(trial.id) ?? { trial, roles: [], why: [] };
    card.roles.push(role.label);
    card.why.push(trial === context.ensemble ? whyEnsemble : role.why);
    cards.set(trial.id, card);
  }
  return [...cards.values()].map((card) => ({
    roles: card.roles,
    why: card.why.join(" "),
    trial: card.trial.id,
    family: context.label(card.trial),
    score: context.score().cell(context.validation(card.trial)),
    error: context.score().error(card.trial.standardError) || null,
    facts: facts(card.trial, context),
    script: card.trial.script,
    commands: trialCommands(
      context.runReference,
      card.trial,
      card.trial.id === context.record.recommended.mostAccurate,
    ),
  }));
}

function facts(trial: TrialRecord, context: ReportContext): Fact[] {
  const test = trial.scores?.test ?? null;
  const score =
    test === null ? closedTest(trial, context) : context.score().cell(test[context.metric]);
  return [
    { label: "Test", text: score.text },
    { label: "Fit", text: measured(trial.fitSeconds, formatSeconds).text },
    { label: "Predict", text: measured(trial.predictMicrosPerRow, formatMicros).text },
    { label: "Size", text: measured(trial.modelBytes, formatBytes).text },
  ];
}
