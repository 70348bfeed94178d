import { metrics } from "../../core/metrics.ts";
import type { RunRecord, TrialRecord } from "../../core/run-record.ts";
import { partRows } from "../../core/split.ts";
import { displayWidth, pad, truncate, wrap } from "./display-width.ts";
import {
  formatBytes,
  formatCount,
  formatMicros,
  formatSeconds,
  formatTimes,
  plural,
} from "../../report/format.ts";
import {
  ensembleLabel,
  ensembleShort,
  ensembleWords,
  withEnsemble,
} from "../../report/ensemble-row.ts";
import { alikeWords, searchWords } from "../../report/noise-words.ts";
import { scoreFormat, type ScoreFormat } from "./number-format.ts";
import type { Paint } from "./paint.ts";
import { tableLines, type TableColumn } from "./table.ts";
import { testNoise } from "./test-noise.ts";

/** What the end of a run is told with. */
export interface LeaderboardOptions {
  readonly paint: Paint;
  /** Cells for sentences, and for the table. */
  readonly width: number;
  readonly fullWidth: number;
  readonly familyLabel: (name: string) => string;
  /** Command that lists the failed trials. */
  readonly failedCommand: string;
}

/** More families than any registry holds today; a guard, not a page size. */
const mostRows = 24;
/** The model every other one is compared with. */
const reference = "mean";

/** The end of a run: the best trial of each family, the three recommendations, the noise, the test scores. */
export function renderLeaderboard(record: RunRecord, options: LeaderboardOptions): string {
  const ranked = record.trials
    .filter((trial) => trial.rank !== null && trial.scores !== null)
    .sort((a, b) => a.rank! - b.rank!);
  const first = ranked[0];
  if (!first) {
    const reasons = record.trials.length > 0 ? `: ${options.failedCommand}` : ".";
    return `\n  No trial was completed${reasons}\n`;
  }
  const format = scoreFormat(record.metric, first.scores!.validation[record.metric] ?? 0);
  const listed = withEnsemble(ranked, record);
  const rows = bestOfEachFamily(listed, record);
  const lines = [
    "",
    ...trialTable(rows, record, format, options),
    ...closingLines(rows, listed, record, format, options),
    ...testLines(listed, record, format, options),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function recommendedIds(record: RunRecord): ReadonlySet<string> {
  const { mostAccurate, simplestWithinNoise, fastest } = record.recommended;
  return new Set([mostAccurate, simplestWithinNoise, fastest].filter((id) => id !== null));
}

function bestOfEachFamily(ranked: readonly TrialRecord[], record: RunRecord): TrialRecord[] {
  const seen = new Set<string>();
  const recommended = recommendedIds(record);
  return ranked
    .filter((trial) => {
      const isFirst = !seen.has(trial.family);
      seen.add(trial.family);
      // The reference is named below the table; as a row it would only be the last of many.
      return (isFirst && trial.family !== reference) || recommended.has(trial.id);
    })
    .slice(0, mostRows);
}

function remarks(trial: TrialRecord, record: RunRecord): string {
  const { mostAccurate, simplestWithinNoise, fastest } = record.recommended;
  const found: string[] = [];
  if (trial.id === mostAccurate) found.push("most accurate");
  if (trial.id === simplestWithinNoise)
    found.push(trial.id === mostAccurate ? "simplest" : "simplest within noise");
  if (trial.id === fastest) found.push("fastest");
  if (trial.origin === "edited" && trial.parent !== null) found.push(`edited from ${trial.parent}`);
  return found.join(", ");
}

/** How much room is saved, in this order: title, size, predict and fit go, then long names of families are cut. */
type Narrowness = 0 | 1 | 2 | 3 | 4 | 5;

interface LeaderboardColumn extends TableColumn {
  readonly cell: (trial: TrialRecord) => string;
}

function leaderboardColumns(
  rows: readonly TrialRecord[],
  record: RunRecord,
  format: ScoreFormat,
  familyLabel: (name: string) => string,
  narrow: Narrowness,
): LeaderboardColumn[] {
  const { label, higherIsBetter } = metrics[record.metric];
  const title = higherIsBetter ? `validation ${label}` : `error (validation ${label})`;
  const columns: LeaderboardColumn[] = [
    { title: "trial", align: "left", cell: (trial) => shortId(trial, record) },
    {
      title: "family",
      align: "left",
      cell: (trial) => truncate(labelOf(trial, record, familyLabel), narrow < 5 ? 40 : 22),
    },
    { title: narrow < 1 ? title : label, align: "right", cell: scoreCell(rows, record, format) },
  ];
  if (narrow < 4)
    columns.push({
      title: "fit",
      align: "right",
      cell: ({ fitSeconds }) => (fitSeconds === null ? "" : formatSeconds(fitSeconds)),
    });
  if (narrow < 3)
    columns.push({
      title: "predict",
      align: "right",
      cell: ({ predictMicrosPerRow: micros }) => (micros === null ? "" : formatMicros(micros)),
    });
  if (narrow < 2)
    columns.push({
      title: "size",
      align: "right",
      cell: ({ modelBytes }) => (modelBytes === null ? "" : formatBytes(modelBytes)),
    });
  columns.push({ title: "", align: "left", cell: (trial) => remarks(trial, record) });
  return columns;
}

/** The ensemble has no number. */
function shortId(trial: TrialRecord, { ensemble }: RunRecord): string {
  return trial.id === ensemble?.id ? ensembleShort : trial.id;
}

function labelOf(
  { id, family }: TrialRecord,
  { ensemble }: RunRecord,
  familyLabel: (name: string) => string,
): string {
  return id === ensemble?.id ? ensembleLabel(ensemble) : familyLabel(family);
}

/** "71 805  +-2 374", the scores and the errors each in a column of their own. */
function scoreCell(
  rows: readonly TrialRecord[],
  record: RunRecord,
  format: ScoreFormat,
): LeaderboardColumn["cell"] {
  const error = ({ standardError }: TrialRecord): string =>
    standardError === null ? "" : `  +-${format(standardError)}`;
  const width = Math.max(...rows.map((trial) => displayWidth(error(trial))));
  return (trial) =>
    format(trial.scores!.validation[record.metric] ?? NaN) + pad(error(trial), width, "left");
}

function trialTable(
  rows: readonly TrialRecord[],
  record: RunRecord,
  format: ScoreFormat,
  options: LeaderboardOptions,
): string[] {
  const tables = ([0, 1, 2, 3, 4, 5] as const).map((narrow) => {
    const columns = leaderboardColumns(rows, record, format, options.familyLabel, narrow);
    const cells = rows.map((trial) => columns.map((column) => column.cell(trial)));
    return tableLines(columns, cells, 2).map((line) => `   ${line}`);
  });
  const fits = (table: readonly string[]): boolean =>
    table.every((line) => displayWidth(line) <= options.fullWidth);
  const [head = "", ...body] = tables.find(fits) ?? tables.at(-1)!;
  const recommended = recommendedIds(record);
  const { bold, dim } = options.paint;
  return [dim(head), ...body.map((line, i) => (recommended.has(rows[i]!.id) ? bold(line) : line))];
}

function closingLines(
  rows: readonly TrialRecord[],
  ranked: readonly TrialRecord[],
  record: RunRecord,
  format: ScoreFormat,
  options: LeaderboardOptions,
): string[] {
  const parts: string[] = [];
  const mean = ranked.find((trial) => trial.family === reference);
  const meanApart = mean !== undefined && !rows.includes(mean);
  const more = ranked.length - rows.length - (meanApart ? 1 : 0);
  if (more > 0) parts.push(plural(more, "more trial"));
  const meanScore = mean?.scores?.validation[record.metric];
  if (meanApart && typeof meanScore === "number")
    parts.push(`the mean alone: ${format(meanScore)}`);

  parts.push(...unrankedWords(record, options));

  const constants = record.checks.find(({ code }) => code === "only-constants");
  const sentences = [
    ...(constants === undefined
      ? []
      : wrapped(`${constants.message} ${constants.action}`, options).map(options.paint.warning)),
    ...wrapped(ensembleWords(record), options),
  ];
  const alike = alikeWords(record);
  const training = formatCount(partRows(record.split, record.data.rows).training);
  if (alike !== "") sentences.push(`${alike} on ${training} rows.`);
  const failed = record.trials.filter(isFailed).length;
  const skipped = record.trials.filter((trial) => trial.status === "skipped").length;
  const without = [
    ...(failed > 0 ? [`${plural(failed, "trial")} failed`] : []),
    ...(skipped > 0 ? [`${plural(skipped, "trial was", "trials were")} skipped`] : []),
  ];
  if (without.length > 0) sentences.push(`${without.join(", ")}: ${options.failedCommand}`);
  if (rows.some(({ modelBytes }) => modelBytes === null))
    sentences.push("Where cells are blank, there was no time left to measure.");
  sentences.push(...wrapped(searchWords(record), options));
  return [
    ...wrap(parts.join("; "), Math.max(40, options.width - 15))
      .filter((line) => line !== "")
      .map((line, i) => `     ${i === 0 ? "..." : "   "}    ${line}`),
    // A command to paste stays in one piece.
    ...sentences.map((sentence) => `     ${sentence}`),
  ];
}

/** What has no rank and did not fail, so that the numbers add up, and families that are in no row for it. */
function unrankedWords(record: RunRecord, { familyLabel }: LeaderboardOptions): string[] {
  const { trials } = record;
  const pruned = trials.filter(({ status }) => status === "pruned");
  const looks = trials.filter(
    ({ status, preprocess }) => status === "completed" && preprocess.fidelity !== undefined,
  );
  const ranked = new Set(trials.filter(({ rank }) => rank !== null).map(({ family }) => family));
  const missing = [...new Set(trials.map(({ family }) => family))].filter((f) => !ranked.has(f));
  return [
    ...(pruned.length > 0 ? [`${formatCount(pruned.length)} given up early`] : []),
    ...(looks.length > 0
      ? [`${plural(looks.length, "cheap look", "cheap looks")} at a part of the rows`]
      : []),
    ...(missing.length > 0 ? [`no ranked trial of ${missing.map(familyLabel).join(", ")}`] : []),
  ];
}

function wrapped(text: string, { width }: LeaderboardOptions): string[] {
  return text === "" ? [] : wrap(text, Math.max(40, width - 8));
}

function isFailed(trial: TrialRecord): boolean {
  return ["failed", "timed-out", "out-of-memory"].includes(trial.status);
}

/** Test scores of what is recommended, beside the mean: to confirm the choice, not to make it. */
function testLines(
  ranked: readonly TrialRecord[],
  record: RunRecord,
  format: ScoreFormat,
  options: LeaderboardOptions,
): string[] {
  const recommended = recommendedIds(record);
  const shown = ranked.filter((trial) => recommended.has(trial.id) && trial.scores?.test);
  const mean = ranked.find((trial) => trial.family === reference && trial.scores?.test);
  const all = mean && !shown.includes(mean) ? [...shown, mean] : shown;
  if (all.length === 0) return [];
  const scores = all.map((trial) => {
    const score = trial.scores!.test![record.metric];
    const name =
      trial.id === record.ensemble?.id
        ? trial.id
        : `${trial.id} ${options.familyLabel(trial.family)}`;
    return `${name} ${score === null ? "-" : format(score)}`;
  });
  const openings = (record.testOpenings ?? 1) + record.testLooks;
  const head = `  Test rows, opened ${formatTimes(openings)}:  `;
  const { training, test: rows } = partRows(record.split, record.data.rows);
  const [first] = shown;
  const error = first && testNoise(first, record.metric, training, rows);
  const noise = error ? `: about +-${format(Number(error.toPrecision(2)))}` : "";
  const indent = " ".repeat(head.length);
  return [
    "",
    head + scores.join("   "),
    `${indent}(${formatCount(rows)} rows${noise}; use it to confirm, not to choose)`,
    // Other models' test scores come last and may find no time.
    ...(mean === undefined && ranked.some(({ family }) => family === reference)
      ? [`${indent}(there was no time left to score the mean on them)`]
      : []),
  ];
}
