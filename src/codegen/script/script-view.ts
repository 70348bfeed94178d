import { AutomlError } from "../../core/errors.ts";
import type { MetricName, Scores } from "../../core/metrics.ts";
import type { RunRecord } from "../../core/run-record.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import type { Family } from "../../models/contract/family.ts";
import { importanceRepeats } from "../../explain/importance.ts";
import { findFamily } from "../../models/registry.ts";
import type { ScriptInput } from "../script-input.ts";
import { commentLines, commentText, nameText, shorten } from "../syntax/comment-text.ts";
import { call, fields, flat, layout, layoutField, literal, name } from "../syntax/expression.ts";
import { Code, type TemplateValue } from "../templates.ts";
import { alternativeLines } from "./alternatives.ts";
import { exampleLines } from "./example-row.ts";
import { fileName } from "./file-name.ts";
import { featureList, mostSingleLines } from "./feature-list.ts";
import { importStatement } from "./import-statement.ts";
import { modelStatement } from "./model-lines.ts";
import { featureNotes } from "./preparation-notes.ts";
import { searchSpaceLines } from "./search-space.ts";
import { readingFields, readingNotes } from "./reading-notes.ts";
import { splitNotes, splitStatement } from "./split-statement.ts";
import { otherColumns } from "./other-columns.ts";
import { targetNotes } from "./target-notes.ts";

/** What the template of a script is filled with: code that is laid out, and values. */
export type ScriptView = { readonly [key: string]: TemplateValue };

/** Works out a script's parts. */
export function scriptView(input: ScriptInput): ScriptView {
  const { run, detail } = input;
  const { spec, record } = detail;
  const family = familyOf(spec);
  const search = searchSpaceLines(spec.model.params, family.space, 4);
  const hasSearch = search.lines.length > 0;
  const hasPipeline = (spec.model.steps ?? []).length > 0;
  const hasTest = run.split.test > 0;
  const step = stepNumbers(hasSearch, hasTest);
  const example = exampleLines(spec.features, input.example);
  const list = featureList(spec.features, run.columns);
  const metric = run.metric === "rmse" ? null : run.metric;
  const finalTrial = hasSearch ? "tuned" : "trial";
  return {
    trial: record.id,
    family: family.label,
    dataFile: nameText(fileName(run.data.path)),
    toolVersion: input.toolVersion,
    scriptPath: input.scriptPath,
    seed: run.seed,
    repeats: importanceRepeats(spec.features.length),
    metric,
    step,
    imports: new Code(
      importStatement({
        isEnsemble: false,
        hasSearch,
        hasRange: search.hasRange,
        hasPipeline,
        hasTest,
      }),
    ),
    recordedScores: new Code(recordedScores(detail.record.scores, run.metric)),
    columnsHeading: new Code(columnsHeading(spec.features.length)),
    featureNotes: lines([...featureNotes(spec.features), ...list.makers]),
    features: lines(list.lines),
    targetNotes: lines(targetNotes(spec.target, run)),
    target: new Code(targetStatement(spec)),
    table: new Code(tableStatement(input)),
    splitNotes: lines(splitNotes(run)),
    split: new Code(splitStatement(run.split, step.test)),
    modelNotes: lines(commentLines(commentText(family.summary), "// ", 100)),
    model: new Code(modelStatement(spec.model, family)),
    alternatives: lines(alternativeLines(family.name, seedOf(spec), hasPipeline)),
    fidelity: fidelityCode(spec),
    search: lines(search.lines),
    scoreHeading: new Code(scoreHeading(run.split)),
    evaluate: new Code(evaluateCall(finalTrial, metric)),
    finalTrial: new Code(finalTrial),
    testNotes: lines(testNotes(record.scores?.test ?? null)),
    example: example === null ? null : lines(example),
    print: new Code(printStatement(spec.target.column, example !== null)),
  };
}

/** Null when there is nothing to print, so that the template can leave the place out. */
export function lines(texts: readonly string[]): Code | null {
  return texts.length === 0 ? null : new Code(texts.join("\n"));
}

export function familyOf({ model }: TrialSpec): Family {
  if (model.kind !== "custom") return findFamily(model.kind);
  throw new AutomlError(
    "AUTOML_CUSTOM_MODEL",
    "A model given as functions cannot be printed as a script.",
    { hint: "The edited file itself is the trial's script." },
  );
}

interface StepNumbers {
  readonly [key: string]: number | null;
  readonly test: number | null;
}

/** Headings are numbered through; sections a trial does not have are null. */
function stepNumbers(hasSearch: boolean, hasTest: boolean): StepNumbers {
  let next = 4;
  const search = hasSearch ? next++ : null;
  const score = next++;
  const importance = next++;
  const test = hasTest ? next++ : null;
  return { columns: 1, data: 2, model: 3, search, score, importance, test, use: next };
}

export function columnsHeading(features: number): string {
  return features > mostSingleLines
    ? "alike ones together. Take a name out to drop it; give it a line of its own to prepare it differently."
    : "one line each. Comment a line out to drop it; change a line to prepare it differently.";
}

/** The scores everyone knows, after the run's own metric when that is another one. */
export function recordedScores(
  scores: { readonly validation: Scores; readonly test: Scores | null } | null,
  metric: MetricName,
): string {
  if (scores === null) {
    throw new AutomlError("AUTOML_INTERNAL", "A trial without scores has no script.");
  }
  const names = [...new Set<MetricName>([metric, "rmse", "mae", "r2"])];
  const object = (part: Scores) => fields(names.map((key) => [key, literal(part[key])]));
  const test = scores.test === null ? literal(null) : object(scores.test);
  return `${layoutField("validation", object(scores.validation), 2)},\n${layoutField("test", test, 2)},`;
}

export function targetStatement(
  { target }: Pick<TrialSpec, "target">,
  variable = "outcome",
): string {
  const { transform, center, format, weight } = target;
  const options = fields([
    ["transform", literal(transform)],
    ...(center === undefined ? [] : [["center", literal(center)] as const]),
    ...(format === undefined ? [] : [["format", literal(format)] as const]),
    ...(weight === undefined ? [] : [["weight", literal(weight)] as const]),
  ]);
  const start = `const ${variable} = `;
  return `${start}${layout(call("target", literal(target.column), options), 0, start.length, 1)};`;
}

/** Null for a trial on all rows. */
function fidelityCode({ fidelity }: TrialSpec): Code | null {
  if (fidelity === undefined) return null;
  return new Code(flat(fields([["rows", literal(fidelity.rows)]])));
}

function tableStatement({ run, dataPath, detail }: ScriptInput): string {
  const start = "const table = await ";
  const { features, target } = detail.spec;
  const also = otherColumns(run, target, features);
  const settings = fields(
    [
      ["features", name("features")],
      ["target", name("outcome")],
      ...(also === null ? [] : [["also", also] as const]),
      ...readingFields(run.data),
      ["sha256", literal(run.data.sha256)],
    ],
    true,
  );
  const code = layout(call("readTable", literal(dataPath), settings), 0, start.length, 1);
  return [...readingNotes(run.data), `${start}${code};`].join("\n");
}

export function evaluateCall(trial: string, metric: MetricName | null): string {
  const settings = metric === null ? [] : [fields([["metric", literal(metric)]])];
  return `await ${flat(call("evaluate", name(trial), name("table"), name("parts"), ...settings))}`;
}

/** The last line: the prediction of the row, or the first ones of the table. */
export function printStatement(target: string, isRow: boolean): string {
  const label = literal(`${shorten(target, 40)}:`);
  const shown = name(isRow ? "prediction" : "predictions.slice(0, 5)");
  return `${layout(call("console.log", label, shown), 0, 0, 1)};`;
}

function scoreHeading(split: RunRecord["split"]): string {
  if (split.folds === 1) return "one fit, scored on training rows that were held out of it.";
  if (split.kind === "time") return `${split.folds} fits, each scored on the rows that come next.`;
  return `${split.folds * split.repeats} fits, each scored on training rows it has not seen.`;
}

export function testNotes(test: Scores | null, what = "trial"): string[] {
  const kept =
    test === null
      ? `The run did not open these rows for this ${what}, so there is no recorded score to compare with.`
      : `An unedited ${what} shows the recorded score again.`;
  const text = `${kept} An edited one keeps these rows closed.`;
  return commentLines(text, "// ", 100);
}

function seedOf({ model }: TrialSpec): number {
  const { seed } = model.params as { readonly seed?: unknown };
  return typeof seed === "number" ? seed : 1;
}
