// Trial 001 · mean on sacramento.csv · glassbox-automl 0.1.0
//
// Run it, in the run's folder:  npx automl run trials/001-mean/trial.ts
// With --watch it runs on every save and says what changed. Here, without the command: npx tsx trial.ts
// Everything below is yours to edit. The result joins the leaderboard as "edited from 001".

import {
  column,
  defineTrial,
  evaluate,
  explain,
  fit,
  models,
  readTable,
  record,
  save,
  scoreTest,
  show,
  split,
  target,
} from "glassbox-automl";

/** What the run measured for this trial. Errors are in the unit of the target. */
const recorded = {
  trial: "001",
  validation: { rmse: 72318.40915736221, mae: 50127.83304481207, r2: 0.6925117290447318 },
  test: null,
};

// ## 1. Columns: one line each. Comment a line out to drop it; change a line to prepare it differently.

// native: the trees split on the levels themselves.
const features = [
  column.category("city").native(), // 37 different texts in 932 cells
  column.category("zip").native(), //  68 different texts in 932 cells
  column.numeric("beds"), //           all 932 filled cells are numbers
  column.numeric("baths"), //          all 932 filled cells are numbers
  column.numeric("sqft"), //           all 932 filled cells are numbers
  column.category("type").native(), // 3 different texts in 932 cells
  column.numeric("latitude"), //       all 932 filled cells are numbers
  column.numeric("longitude"), //      all 932 filled cells are numbers
  // Your own, from + - * /, log, sqrt, abs, min, max and days(a, b):
  // column.derived("ratio", "beds / baths"),
];

// The column to predict (by its name), fitted as it is. Seen in the data: price is skewed (1.36).
// Others: transform: "log", "boxCox" or "quantile".
const outcome = target("price", { transform: "none" });

// ## 2. Data and split: the same rows in the same parts as every other trial of the run.

// The hash names the file this trial was measured on: if it has changed since, you are told.
const table = await readTable("../../../datasets/sacramento.csv", {
  features,
  target: outcome,
  sha256: "5f0c9a3e6d1b7f24a8e95c30d2714b6f8c3e1a907b5d42f6e8091c7a3b5d9e02",
});
show(table);

// Few rows (932), so every row outside the test part is validated twice.
const parts = split.random(table, {
  test: 0.2, //      share of the rows put aside for step 6
  folds: 5, //       every training row is held out of one fit
  repeats: 2, //     all of that again, on other folds
  stratify: true, // low and high targets alike in every part
  seed: 1,
});

// ## 3. Model: the value used, then what it does and the range that was searched.

// Predicts the mean of the training target for every row: the bar that any real model has to clear.
const model = models.mean();
// Another model is one line. A column it cannot take as it is gets its default preparation, and it says so:
// const model = models.gradientBoosting({ trees: 100, learningRate: 0.15, maxLeaves: 16,
// minSamplesLeaf: 10, seed: 1 });
// const model = pipeline(steps.standardize(), models.ridge({ alpha: 1 }));
// (and import pipeline and steps, which put every column on one scale first)

const trial = defineTrial({ features, target: outcome, model });

// ## 4. Score: 10 fits, each scored on training rows it has not seen.

const result = await evaluate(trial, table, parts);
show(result, recorded);
await record(result, recorded);

// ## 5. What drives it: how much worse the error gets when one column is shuffled, on validation rows.

show(await explain.importance(result, table, { repeats: 5, seed: 1 }));

// ## 6. Test: rows that took no part in any choice. Choose by validation (4), confirm here.

// The run did not open these rows for this trial, so there is no recorded score to compare with. An
// edited one keeps these rows closed.
const fitted = await fit(trial, table, parts.training);
show(await scoreTest(fitted, table, parts, { open: "if-unedited" }), recorded);

// ## 7. Use it: fit on every row, save, predict. The compiler knows the columns and their types.

const final = await fit(trial, table, parts.all);
await save(final, "model.json");

const prediction = final.predict({
  city: "SACRAMENTO",
  zip: "z95823",
  beds: 3,
  baths: 2,
  sqft: 1420,
  type: "Residential",
  latitude: 38.478902,
  longitude: -121.431028,
});
console.log("price:", prediction);
