import { importanceRepeats } from "../../explain/importance.ts";
import { metrics } from "../../core/metrics.ts";
import { stableStringify } from "../../core/json.ts";
import type { EnsembleWeighting, FeatureSpec, TrialSpec } from "../../core/trial-spec.ts";
import { importStatement } from "../script/import-statement.ts";
import { bareModelStatement, modelStatement, withoutDefaults } from "../script/model-lines.ts";
import { exampleLines } from "../script/example-row.ts";
import { fileName } from "../script/file-name.ts";
import { numberText } from "../script/number-text.ts";
import { featureNotes } from "../script/preparation-notes.ts";
import {
  columnsHeading,
  evaluateCall,
  familyOf,
  lines,
  printStatement,
  recordedScores,
  targetStatement,
  testNotes,
  type ScriptView,
} from "../script/script-view.ts";
import { splitNotes, splitStatement } from "../script/split-statement.ts";
import { otherColumns } from "../script/other-columns.ts";
import { targetNotes } from "../script/target-notes.ts";
import type { EnsembleScriptInput } from "../script-input.ts";
import { alignNotes } from "../syntax/aligned-notes.ts";
import { readingFields, readingNotes } from "../script/reading-notes.ts";
import { commentLines, commentText, nameText } from "../syntax/comment-text.ts";
import { call, fields, layout, layoutField, literal, name } from "../syntax/expression.ts";
import { Code } from "../templates.ts";
import { enumerate, memberFeatures, type MemberFeatures } from "./member-features.ts";

/** What an ensemble's script goes without, because it would be too long with it. */
export interface Economy {
  /** No row to predict at the end: the table instead. */
  readonly noExample: boolean;
  /** Columns alike stand together. */
  readonly groupedColumns: boolean;
  /** Parameters with their default value are not written. */
  readonly noDefaults: boolean;
  /** What stands above each member stands beside its weight only. */
  readonly terse: boolean;
}

/** Works out the parts of an ensemble's script. */
export function ensembleView(input: EnsembleScriptInput, economy: Economy): ScriptView {
  const { run, detail } = input;
  const specs = detail.spec.members.map(({ spec }) => spec);
  const families = specs.map(familyOf);
  const labels = detail.spec.members.map(
    ({ trial }, i) => `${commentText(trial)} (${families[i]?.label ?? ""})`,
  );
  const features = memberFeatures(specs, labels, run.columns, economy.groupedColumns);
  const targets = memberTargets(specs);
  const all = allFeatures(specs);
  const hasTest = run.split.test > 0;
  const example = economy.noExample ? null : exampleLines(all, input.example);
  const metric = run.metric === "rmse" ? null : run.metric;
  return {
    members: specs.length,
    lead: new Code(lead(detail.spec.members.map(({ trial }) => commentText(trial)))),
    dataFile: nameText(fileName(run.data.path)),
    toolVersion: input.toolVersion,
    scriptPath: input.scriptPath,
    seed: run.seed,
    repeats: importanceRepeats(all.length),
    testStep: hasTest ? 7 : null,
    useStep: hasTest ? 8 : 7,
    imports: new Code(imports(specs, hasTest)),
    recordedScores: new Code(recordedScores(detail.record.scores, run.metric)),
    columnsHeading: new Code(columnsHeadingOf(features, all.length)),
    featureNotes: lines([
      ...featureNotes(specs.flatMap((spec) => spec.features)),
      ...features.makers,
      ...(features.statements.length > 1 ? [""] : []),
    ]),
    features: new Code(features.statements.join("\n\n")),
    targets: new Code(targets.statements(input).join("\n")),
    table: new Code(tableStatement(input, features, targets.variables[0] ?? "outcome")),
    splitNotes: lines(splitNotes(run)),
    split: new Code(splitStatement(run.split, hasTest ? 7 : null)),
    memberNotes: lines(memberNotes(economy)),
    trials: new Code(
      memberStatements(input, features, targets.variables, economy).join(
        economy.terse ? "\n" : "\n\n",
      ),
    ),
    weightNotes: lines(weightNotes(detail.spec.weighting)),
    ensemble: new Code(
      ensembleStatement(
        input,
        families.map(({ label }) => label),
      ),
    ),
    scoreHeading: new Code(scoreHeading(run.split)),
    scoreNotes: lines(commentLines(nestedNote, "// ", 100)),
    evaluate: new Code(evaluateCall("blend", metric)),
    testNotes: lines(testNotes(detail.record.scores.test, "ensemble")),
    example: example === null ? null : lines(example),
    print: new Code(printStatement(specs[0]?.target.column ?? "", example !== null)),
  };
}

const nestedNote =
  "Scored on the rows they were chosen on, weights would always look good. So the rows of each fold " +
  "are predicted with weights that are found again, in the same way, on the rows of the other folds.";

function imports(specs: readonly TrialSpec[], hasTest: boolean): string {
  const hasPipeline = specs.some(({ model }) => (model.steps ?? []).length > 0);
  return importStatement({
    isEnsemble: true,
    hasSearch: false,
    hasRange: false,
    hasPipeline,
    hasTest,
  });
}

/** Every column that any member takes, once. */
function allFeatures(specs: readonly TrialSpec[]): FeatureSpec[] {
  const found = new Map<string, FeatureSpec>();
  for (const spec of specs.flatMap(({ features }) => features)) {
    if (!found.has(spec.column)) found.set(spec.column, spec);
  }
  return [...found.values()];
}

function columnsHeadingOf({ single, statements }: MemberFeatures, count: number): string {
  if (statements.length > 1) return "each list of features once, for the members that share it.";
  return columnsHeading(single ? 1 : count + 1000);
}

interface MemberTargets {
  /** For every member, the variable that holds its target. */
  readonly variables: readonly string[];
  statements(input: EnsembleScriptInput): string[];
}

/** Members differ in the scale on which they are fitted: one statement for each. */
function memberTargets(specs: readonly TrialSpec[]): MemberTargets {
  const found = new Map<string, { spec: TrialSpec; variable: string }>();
  for (const spec of specs) {
    const key = stableStringify(spec.target);
    if (found.has(key)) continue;
    const { transform } = spec.target;
    const scale =
      transform === "none" ? "" : transform.charAt(0).toUpperCase() + transform.slice(1);
    const taken = [...found.values()].some(({ variable }) => variable === `outcome${scale}`);
    found.set(key, { spec, variable: `outcome${scale}${taken ? found.size + 1 : ""}` });
  }
  const all = [...found.values()];
  const variableOf = (variable: string): string => (all.length === 1 ? "outcome" : variable);
  return {
    variables: specs.map((spec) =>
      variableOf(found.get(stableStringify(spec.target))?.variable ?? "outcome"),
    ),
    statements: ({ run }) =>
      all.flatMap(({ spec, variable }, i) => [
        ...(i === 0 ? targetNotes(spec.target, run) : []),
        targetStatement(spec, variableOf(variable)),
      ]),
  };
}

function tableStatement(
  { run, dataPath, detail }: EnsembleScriptInput,
  features: MemberFeatures,
  target: string,
): string {
  const start = "const table = await ";
  const specs = detail.spec.members.map(({ spec }) => spec);
  const also =
    specs[0] === undefined ? null : otherColumns(run, specs[0].target, allFeatures(specs));
  const settings = fields(
    [
      ["features", features.read],
      ["target", name(target)],
      ...(also === null ? [] : [["also", also] as const]),
      ...readingFields(run.data),
      ["sha256", literal(run.data.sha256)],
    ],
    true,
  );
  const code = layout(call("readTable", literal(dataPath), settings), 0, start.length, 1);
  return [...readingNotes(run.data), `${start}${code};`].join("\n");
}

function memberNotes({ noDefaults }: Economy): string[] {
  return noDefaults ? ["// Parameters that are not written have their default values."] : [];
}

/** A paragraph for each member: what it is, how good it is alone, its model and the trial. */
function memberStatements(
  { detail }: EnsembleScriptInput,
  features: MemberFeatures,
  targets: readonly string[],
  { noDefaults, terse }: Economy,
): string[] {
  const explained = new Set<string>();
  return detail.spec.members.map(({ trial, spec }, i) => {
    const family = familyOf(spec);
    const suffix = suffixOf(trial, i);
    const isFirst = !explained.has(family.name);
    explained.add(family.name);
    const model = noDefaults ? withoutDefaults(spec.model, family) : spec.model;
    const statement =
      isFirst && !terse
        ? modelStatement(model, family, `model${suffix}`)
        : bareModelStatement(model, family, `model${suffix}`);
    const start = `const trial${suffix} = `;
    const code = call(
      "defineTrial",
      fields([
        ["features", name(features.variables[i] ?? "features")],
        ["target", name(targets[i] ?? "outcome")],
        ["model", name(`model${suffix}`)],
      ]),
    );
    return [
      ...(terse ? [] : [`// ${commentText(trial)} · ${commentText(family.label)}`]),
      statement,
      `${start}${layout(code, 0, start.length, 1)};`,
    ].join("\n");
  });
}

/** "017" is fit for a name; anything else is counted. */
function suffixOf(trial: string, position: number): string {
  return /^\d{1,9}$/.test(trial) ? trial : `Number${position + 1}`;
}

function weightNotes(weighting: EnsembleWeighting): string[] {
  const edited = "They add up to 1; other weights are scored as they are written.";
  return commentLines(`${weightingWords(weighting)} ${edited}`, "// ", 100);
}

/** How weights are found, in a sentence or two. */
function weightingWords(weighting: EnsembleWeighting): string {
  switch (weighting.method) {
    case "greedy":
      return (
        "Weights by greedy selection (Caruana et al. 2004): the trial that helps most is added again and again, " +
        `${weighting.rounds} times on each of ${weighting.bags} random parts of the rows; a weight is its share.`
      );
    case "nonNegative":
      return (
        "Weights by stacking (Breiman 1996): least squares on predictions for rows that the members have not seen, " +
        "no weight below 0, drawn to the mean weight by the penalty."
      );
  }
}

function ensembleStatement(
  { run, detail, alone }: EnsembleScriptInput,
  labels: readonly string[],
): string {
  const members = detail.spec.members.map(({ trial, weight }, i) => {
    const value = fields([
      ["trial", literal(trial)],
      ["weight", literal(weight)],
      ["spec", name(`trial${suffixOf(trial, i)}`)],
    ]);
    const score = alone[i] ?? null;
    const words = score === null ? "" : `: ${metrics[run.metric].label} ${numberText(score)} alone`;
    return {
      code: `    ${layout(value, 4, 4, 1)},`,
      note: commentText(`${labels[i] ?? ""}${words}`),
    };
  });
  const weighting = fields(
    Object.entries(detail.spec.weighting).map(([key, value]) => [key, literal(value)]),
  );
  return [
    "const blend = defineEnsemble({",
    "  members: [",
    ...alignNotes(members),
    "  ],",
    `${layoutField("weighting", weighting, 2)},`,
    "});",
  ].join("\n");
}

function scoreHeading({ kind, folds, repeats }: EnsembleScriptInput["run"]["split"]): string {
  if (folds === 1)
    return "one fit of each member, scored on training rows that were held out of it.";
  if (kind === "time")
    return `${folds} fits of each member, each predicting the rows that come next.`;
  return `${folds * repeats} fits of each member, each predicting training rows it has not seen.`;
}

function lead(ids: readonly string[]): string {
  return `It predicts the weighted sum of what ${ids.length} trials of the run predict: ${enumerate(ids)}.`;
}
