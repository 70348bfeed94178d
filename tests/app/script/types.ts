/**
 * What the compiler has to accept and to refuse in a script. This file is never run: `tsc -p tests/tsconfig.json` checks
 * it, and an expected error that does not occur is an error.
 */
import {
  column,
  defineEnsemble,
  defineTrial,
  evaluate,
  explain,
  fit,
  models,
  pipeline,
  range,
  readTable,
  record,
  save,
  scoreTest,
  show,
  split,
  steps,
  target,
  tune,
  type Recorded,
  type Row,
} from "../../../src/index.ts";

const features = [
  column.category("city").targetEncode({ smoothing: 12 }),
  column.numeric("beds").impute("median").flagMissing(),
  column.boolean("garden"),
  column.date("soldOn", "%Y-%m-%d").parts("year", "elapsed"),
  ...column.each(["f1", "f2"], column.numeric),
  column.derived("density", "log(sqft) / beds"),
];
const price = target("price", { transform: "log" });
const recorded: Recorded = {
  trial: "017",
  validation: { rmse: 1, mae: 1, r2: 0.5 },
  test: null,
};

export async function script(): Promise<void> {
  const table = await readTable("houses.csv", { features, target: price, sha256: "5f0c9a3e" });
  const parts = split.random(table, { test: 0.2, folds: 5, repeats: 2, stratify: true, seed: 1 });
  const model = models.gradientBoosting({ trees: 148, learningRate: 0.05, seed: 17 });
  const trial = defineTrial({ features, target: price, model });
  const tuned = await tune(trial, table, parts, {
    trials: 0,
    space: { learningRate: range.log(0.02, 0.15), maxLeaves: [4, 8, 16] },
    seed: 1,
    metric: "mae",
  });
  const result = await evaluate(tuned, table, parts, { metric: "mae" });
  show(table);
  show(parts);
  show(result, recorded);
  await record(result, recorded);
  show(await explain.importance(result, table, { repeats: 5, seed: 1 }));
  const fitted = await fit(tuned, table, parts.training);
  show(await scoreTest(fitted, table, parts, { open: "if-unedited" }), recorded);
  const final = await fit(tuned, table, parts.all);
  await save(final, "model.json");
  show(final);

  // Rows to predict: every column, of its type, and no other.
  const row = { city: "A", beds: 3, garden: null, soldOn: "2024-01-01", f1: 1, f2: null, sqft: 90 };
  const predicted: number = final.predict(row);
  const predictions: Float64Array = final.predictTable(table);
  final.predict({ ...row, soldOn: new Date(0) });
  show(await explain.shapley(final, row));
  show(await explain.shapley(final, table, parts.test));
  show(await explain.splits(final));
  // @ts-expect-error columns are missing
  await explain.shapley(final, { city: "A", beds: 3 });
  // @ts-expect-error a result is no fitted model
  await explain.splits(result);
  // @ts-expect-error a string for a number
  final.predict({ ...row, beds: "three" });
  // @ts-expect-error a number for a category
  final.predict({ ...row, city: 3 });
  // @ts-expect-error columns are missing
  final.predict({ city: "A", beds: 3 });
  // @ts-expect-error a column that a derived one is computed from is missing
  final.predict({ city: "A", beds: 3, garden: null, soldOn: "2024-01-01", f1: 1, f2: null });
  // @ts-expect-error there is no such column
  final.predict({ ...row, sqm: 90 });
  // @ts-expect-error a derived column is computed, not given
  final.predict({ ...row, density: 3 });
  const typed: Row<typeof features> = row;

  // The model's parameters drive the space of the search.
  // @ts-expect-error alpha is a parameter of other models
  await tune(trial, table, parts, { trials: 1, seed: 1, space: { alpha: range.log(0.1, 10) } });
  // @ts-expect-error a list of values has their type
  await tune(trial, table, parts, { trials: 1, seed: 1, space: { maxLeaves: ["many"] } });
  // @ts-expect-error the seed is not for choosing
  await tune(trial, table, parts, { trials: 1, seed: 1, space: { seed: [1, 2, 3] } });
  const linear = pipeline(steps.standardize(), models.ridge({ alpha: 3 }));
  const other = defineTrial({ features, target: price, model: linear });
  await tune(other, table, parts, { trials: 1, seed: 1, space: { alpha: range.log(0.1, 10) } });
  // @ts-expect-error a pipeline has the parameters of its model
  await tune(other, table, parts, { trials: 1, seed: 1, space: { beta: range.log(0.1, 10) } });
  // @ts-expect-error there is no such parameter
  models.ridge({ lambda: 3 });
  // @ts-expect-error there is no such family
  void models.rigde;

  // A trial can use the columns that were read, and fewer.
  const fewer = defineTrial({ features: [column.numeric("beds")], target: price, model: linear });
  await evaluate(fewer, table, parts);
  const more = defineTrial({ features: [column.numeric("age")], target: price, model: linear });
  // @ts-expect-error the column was not read
  await evaluate(more, table, parts);
  // @ts-expect-error the column was not read
  await fit(more, table, parts.training);

  // An ensemble knows the columns of all its members.
  const narrow = defineTrial({
    features: [column.numeric("beds").impute("mean"), column.category("city").native()],
    target: price,
    model: linear,
  });
  const weighting = { method: "nonNegative", penalty: 0.1 } as const;
  const blend = defineEnsemble({
    members: [
      { trial: "017", weight: 0.6, spec: trial },
      { trial: "042", weight: 0.4, spec: narrow },
    ],
    weighting,
  });
  const mixed = await evaluate(blend, table, parts, { metric: "mae" });
  show(mixed, recorded);
  await record(mixed, recorded);
  show(await explain.importance(mixed, table, { repeats: 5, seed: 1 }));
  const together = await fit(blend, table, parts.training);
  show(await scoreTest(together, table, parts, { open: "if-unedited" }), recorded);
  await save(together, "model.json");
  show(together);
  together.predict(row);
  // @ts-expect-error a column of one of the members is missing
  together.predict({ city: "A", beds: 3 });
  // @ts-expect-error a weight is a number
  defineEnsemble({ members: [{ trial: "017", weight: "0.6", spec: trial }], weighting });
  // @ts-expect-error there is no such weighting
  defineEnsemble({ members: [], weighting: { method: "equal" } });
  const unread = defineEnsemble({ members: [{ trial: "1", weight: 1, spec: more }], weighting });
  // @ts-expect-error the column was not read
  await evaluate(unread, table, parts);
  // @ts-expect-error an ensemble has no trees of its own
  await explain.splits(together);

  // A model of one's own.
  const mine = models.custom({
    name: "constant",
    params: { shift: 1 },
    fit: (_x, y, params) => (y[0] ?? 0) + params.shift,
    predict: (state, x) => new Float64Array(x.rows).fill(state),
  });
  const own = defineTrial({ features, target: price, model: mine });
  await tune(own, table, parts, { trials: 1, seed: 1, space: { shift: range.linear(0, 1) } });

  // A trial read from JSON is a trial, whose columns only the run knows.
  const spec = JSON.parse("{}") as typeof result.trial;
  await evaluate(spec, table, parts);
  console.log(predicted, predictions, typed);

  // @ts-expect-error there is no such transform
  target("price", { transform: "sqrt" });
  // @ts-expect-error a metric that is none
  await evaluate(trial, table, parts, { metric: "rsme" });
  // @ts-expect-error a preparation that categories have and numbers do not
  void column.numeric("beds").oneHot;
}
