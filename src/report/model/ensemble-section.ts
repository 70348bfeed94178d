import type { EnsembleSpec, EnsembleWeighting, TrialSpec } from "../../core/trial-spec.ts";
import type { TrialRecord } from "../../core/run-record.ts";
import { ensembleFamily, ensembleInTrial } from "../../ensemble/ensemble-spec.ts";
import { ensembleLabel, ensembleRow, ensembleWords } from "../ensemble-row.ts";
import { formatFixed, plural } from "../format.ts";
import { shorten, visibleName } from "../names.ts";
import type { ReportContext } from "./context.ts";
import { parameterSummary } from "./parameter-words.ts";
import type { EditModel, EnsembleModel, MemberModel } from "./report-model.ts";

type Change = EditModel["changes"][number];

/** The ensemble of the run: its members, its score beside the best single trial's, and how that score came about. */
export function buildEnsemble(context: ReportContext): EnsembleModel | null {
  const { record } = context;
  const row = ensembleRow(record);
  if (row === null || record.ensemble === null) return null;
  const score = context.score();
  const { best } = context;
  return {
    id: row.id,
    label: ensembleLabel(record.ensemble),
    words: ensembleWords(record),
    how: howWords(record.ensemble.weighting),
    scores: [
      {
        label: `Validation ${context.metricLabel}, nested`,
        text: score.text(context.validation(row)),
        note: score.error(row.standardError),
        trial: row.id,
      },
      ...(best === undefined
        ? []
        : [
            {
              label: "Best single trial",
              text: score.text(context.validation(best)),
              note: `${score.error(best.standardError)} · ${context.label(best)} ${best.id}`,
              trial: best.id,
            },
          ]),
      {
        label: "Picking one trial, nested",
        text: score.text(record.ensemble.pickedScore),
        note: "what the ensemble had to beat",
      },
    ],
    members: membersOf(row, context) ?? [],
    script: row.script,
  };
}

/** The members of the run's ensemble, or of one that was edited; null for a single model. */
export function membersOf(trial: TrialRecord, context: ReportContext): MemberModel[] | null {
  const spec = ensembleSpecOf(trial, context);
  const members = spec?.members ?? ownMembers(trial, context);
  if (members === null) return null;
  const largest = Math.max(...members.map(({ weight }) => weight));
  return members.map(({ trial: id, weight }, i) => {
    const member = context.trial(id);
    const known = spec?.members[i]?.spec;
    // The trial may have been changed in an edited ensemble: what counts then is the member's own spec.
    const isTrial = member !== undefined && trial.origin !== "edited";
    return {
      id: shorten(visibleName(id), 40),
      trial: isTrial ? id : null,
      family: context.familyLabel(known?.model.kind ?? member?.family ?? ""),
      summary: summaryOf(known, member),
      weight: { text: formatFixed(weight, 3), value: weight },
      share: largest > 0 ? weight / largest : 0,
      score: context.score().cell(isTrial ? context.validation(member) : null),
    };
  });
}

function ownMembers(trial: TrialRecord, { record }: ReportContext) {
  return trial.id === record.ensemble?.id ? record.ensemble.members : null;
}

function ensembleSpecOf(trial: TrialRecord, context: ReportContext): EnsembleSpec | undefined {
  const detail = context.input.ensemble;
  if (trial.id === context.record.ensemble?.id) return detail?.spec;
  if (trial.family !== ensembleFamily) return undefined;
  const { steps: _steps, ...rest } = trial.preprocess;
  return ensembleInTrial({ ...rest, model: { kind: trial.family, params: trial.params } });
}

function summaryOf(spec: TrialSpec | undefined, member: TrialRecord | undefined): string {
  if (spec !== undefined) return parameterSummary(spec.model.params, spec.target.transform);
  return member === undefined
    ? ""
    : parameterSummary(member.params, member.preprocess.target.transform);
}

/** "0.41 × 017 + 0.35 × 042": what the leaderboard says of an ensemble. */
export function ensembleSummary(trial: TrialRecord, context: ReportContext): string | null {
  const members = membersOf(trial, context);
  if (members === null) return null;
  return members
    .map(({ id, weight }) => `${formatFixed(weight.value ?? 0, 2)} × ${id}`)
    .join(" + ");
}

/** What an edit of an ensemble changed, member by member. */
export function memberChanges(
  trial: TrialRecord,
  parent: TrialRecord,
  context: ReportContext,
): Change[] | null {
  const [before, after] = [membersOf(parent, context), membersOf(trial, context)];
  if (before === null || after === null) return null;
  const now = new Map(after.map((member) => [member.id, member]));
  const old = new Set(before.map(({ id }) => id));
  return [
    ...before.flatMap((member): Change[] => {
      const other = now.get(member.id);
      if (other === undefined) return [{ kind: "removed", text: `member ${member.id}` }];
      const changes: string[] = [];
      if (other.weight.value !== member.weight.value)
        changes.push(`weight ${member.weight.text} → ${other.weight.text}`);
      if (other.family !== member.family) changes.push(`${member.family} → ${other.family}`);
      else if (other.summary !== member.summary)
        changes.push(`${member.summary} → ${other.summary}`);
      return changes.map((text): Change => ({ kind: "changed", text: `${member.id}: ${text}` }));
    }),
    ...after
      .filter(({ id }) => !old.has(id))
      .map(({ id, family }): Change => ({ kind: "added", text: `member ${id}, ${family}` })),
  ];
}

function howWords(weighting: EnsembleWeighting): string {
  const found =
    weighting.method === "greedy"
      ? `greedy selection with replacement, ${plural(weighting.rounds, "round")} on each of ${plural(weighting.bags, "bag")} of rows`
      : "stacking: least squares with no weight below 0";
  return (
    `The prediction is the sum of weight × prediction of its members. Weights were found by ${found}, on predictions for rows the members had not seen. ` +
    "The validation score is nested: the rows of each fold are predicted with weights found on the other folds' rows."
  );
}
