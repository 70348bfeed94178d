// Trial 017 · neural network on sacramento.csv · glassbox-automl 0.1.0
//
// Run it, in the run's folder:  npx automl run trials/017-neural-network/trial.ts
// With --watch it runs on every save and says what changed. Here, without the command: npx tsx trial.ts
// Everything below is yours to edit. The result joins the leaderboard as "edited from 017".

import {
  column,
  defineTrial,
  evaluate,
  explain,
  fit,
  models,
  range,
  readTable,
  record,
  save,
  scoreTest,
  show,
  split,
  target,
  tune,
} from "glassbox-automl";

/** What the run measured for this trial. Errors are in the unit of the target. */
const recorded = {
  trial: "017",
  validation: { rmse: 72318.40915736221, mae: 50127.83304481207, r2: 0.6925117290447318 },
  test: { rmse: 71942.11860290448, mae: 49870.20418335512, r2: 0.7076120338190024 },
};

// ## 1. Columns: alike ones together. Take a name out to drop it; give it a line of its own to prepare it differently.

// text: length, number of words, and 0/1 columns of the most frequent words.
const features = [
  // 23 columns alike
  ...column.each(["column 0", "column 4", "column 8", "column 12", "column 16"], column.numeric),
  ...column.each(["column 20", "column 24", "column 28", "column 32", "column 36"], column.numeric),
  ...column.each(["column 40", "column 44", "column 48", "column 52", "column 56"], column.numeric),
  ...column.each(["column 60", "column 64", "column 68", "column 72", "column 76"], column.numeric),
  ...column.each(["column 80", "column 84", "column 88"], column.numeric),

  // 23 columns alike
  ...column.each(["column 1", "column 5", "column 9", "column 13", "column 17"], column.category),
  ...column.each(["column 21", "column 25", "column 29", "column 33"], column.category),
  ...column.each(["column 37", "column 41", "column 45", "column 49"], column.category),
  ...column.each(["column 53", "column 57", "column 61", "column 65"], column.category),
  ...column.each(["column 69", "column 73", "column 77", "column 81"], column.category),
  ...column.each(["column 85", "column 89"], column.category),

  // 22 columns alike: by its cells
  ...column.each(["column 2", "column 6", "column 10", "column 14", "column 18"], column.boolean),
  ...column.each(["column 22", "column 26", "column 30", "column 34", "column 38"], column.boolean),
  ...column.each(["column 42", "column 46", "column 50", "column 54", "column 58"], column.boolean),
  ...column.each(["column 62", "column 66", "column 70", "column 74", "column 78"], column.boolean),
  ...column.each(["column 82", "column 86"], column.boolean),

  // 22 columns alike
  ...column.each(["column 3", "column 7", "column 11", "column 15", "column 19"], column.text),
  ...column.each(["column 23", "column 27", "column 31", "column 35", "column 39"], column.text),
  ...column.each(["column 43", "column 47", "column 51", "column 55", "column 59"], column.text),
  ...column.each(["column 63", "column 67", "column 71", "column 75", "column 79"], column.text),
  ...column.each(["column 83", "column 87"], column.text),
  // left out: "column 90", "column 91", "column 92", "column 93", "column 94", "column 95", "column 96", "column 97",
  // "column 98", "column 99", "column 100", "column 101", "column 102", "column 103", "column 104", "column 105",
  // "column 106", "column 107", "column 108", "column 109": identifier; by its cells
  // Your own, from + - * /, log, sqrt, abs, min, max and days(a, b):
  // column.derived("ratio", "a / b"),
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
  test: 0.2, //      share of the rows put aside for step 7
  folds: 5, //       every training row is held out of one fit
  repeats: 2, //     all of that again, on other folds
  stratify: true, // low and high targets alike in every part
  seed: 1,
});

// ## 3. Model: the value used, then what it does and the range that was searched.

// Layers of weighted sums and bends, several networks averaged: good where the target bends
// smoothly in many columns at once.
const model = models.neuralNetwork({
  width: 48, //            units per layer; more bends finer and takes longer; 32 … 256 (log)
  layers: 2, //            hidden layers; more combines columns more deeply; 1 … 3
  members: 4, //           networks that share their layers and are averaged; more is steadier and slower
  pieces: 8, //            straight pieces each numeric column is bent in; 0 takes columns as they are; 0 … 32
  activation: "smooth", // what a unit does to its sum: a smooth bend, or 0 below 0; one of "smooth", "relu"
  steps: 1500, //          updates of the weights; more fits closer and takes longer; 1000 … 12 000 (log)
  learningRate: 0.01, //   largest step size; more learns faster and less evenly; 0.002 … 0.04 (log)
  weightDecay: 0.2, //     pull of weights towards 0; more is smoother; 0.005 … 1 (log)
  dropout: 0, //           share of hidden values left out at random while training; more is smoother; 0 … 0.3
  seed: 1,
});
// Another model is one line. A column it cannot take as it is gets its default preparation, and it says so:
// const model = models.gradientBoosting({ trees: 100, learningRate: 0.15, maxLeaves: 16,
// minSamplesLeaf: 10, seed: 1 });
// const model = pipeline(steps.standardize(), models.ridge({ alpha: 1 }));
// (and import pipeline and steps, which put every column on one scale first)

const trial = defineTrial({ features, target: outcome, model });

// ## 4. Search from here: raise `trials` to 50 to look for better values around these, on the same folds.

const tuned = await tune(trial, table, parts, {
  trials: 0,
  space: {
    width: range.int(32, 144),
    layers: range.int(1, 3),
    pieces: range.int(0, 16),
    activation: ["smooth", "relu"],
    steps: range.int(1000, 4500),
    learningRate: range.log(0.0033, 0.03),
    weightDecay: range.log(0.067, 0.6),
    dropout: range.linear(0, 0.075),
  },
  seed: 1,
});

// ## 5. Score: 10 fits, each scored on training rows it has not seen.

const result = await evaluate(tuned, table, parts);
show(result, recorded);
await record(result, recorded);

// ## 6. What drives it: how much worse the error gets when one column is shuffled, on validation rows.

show(await explain.importance(result, table, { repeats: 2, seed: 1 }));

// ## 7. Test: rows that took no part in any choice. Choose by validation (5), confirm here.

// An unedited trial shows the recorded score again. An edited one keeps these rows closed.
const fitted = await fit(tuned, table, parts.training);
show(await scoreTest(fitted, table, parts, { open: "if-unedited" }), recorded);

// ## 8. Use it: fit on every row, save, predict. The compiler knows the columns and their types.

const final = await fit(tuned, table, parts.all);
await save(final, "model.json");

const predictions = final.predictTable(table);
console.log("price:", predictions.slice(0, 5));
