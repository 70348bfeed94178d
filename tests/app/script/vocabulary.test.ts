import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  column,
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
  split,
  steps,
  target,
  tune,
  type Trial,
} from "../../../src/index.ts";
import { readJournal } from "../../../src/engine/journal.ts";
import { loadModel } from "../../../src/ensemble/saved-model.ts";
import type { RunRecord, TrialDetail } from "../../../src/core/run-record.ts";
import { describeResult } from "../../../src/app/script/show/describe.ts";
import type { ScriptReport } from "../../../src/app/script/script-report.ts";
import { beginIn, houseSpec, makeHouseRun, temporaryFolder, type HouseRun } from "./house-run.ts";

const folder = temporaryFolder();
let run: HouseRun;
const recorded = { trial: "001", validation: {}, test: null };
const features = [
  column.numeric("area").impute("median"),
  column.numeric("rooms").impute("median"),
  column.category("town").oneHot(),
];
const outcome = target("price");
const ridge = pipeline(steps.standardize(), models.ridge({ alpha: 3 }));
const original = defineTrial({ features, target: outcome, model: ridge });
const parted = { test: 0.2, folds: 3, repeats: 1, stratify: true, seed: 1 };

async function houses() {
  const table = await readTable("../../../../houses.csv", { features, target: outcome });
  return { table, parts: split.random(table, parted) };
}

function detail(): TrialDetail {
  return JSON.parse(readFileSync(join(run.trial, "trial.json"), "utf8")) as TrialDetail;
}

function outcomes(reports: readonly ScriptReport[]): unknown[] {
  return reports.flatMap((report) => (report.kind === "recorded" ? [report.outcome] : []));
}

beforeAll(async () => {
  run = await makeHouseRun(folder.path);
});
afterAll(() => folder.clear());

describe("a script of a run", () => {
  let reports: ScriptReport[];
  beforeEach(() => {
    reports = beginIn(run.trial);
  });

  it("gives the recorded scores to the last bit and adds nothing", async () => {
    const { table, parts } = await houses();
    const result = await evaluate(original, table, parts);
    expect(result.validation).toEqual(detail().record.scores?.validation);
    expect(result.folds).toEqual(detail().record.foldScores);
    await record(result, recorded);
    expect(outcomes(reports)).toEqual([
      { kind: "unedited", trial: "001", differing: [], largest: 0 },
    ]);
    const fitted = await fit(original, table, parts.training);
    const test = await scoreTest(fitted, table, parts);
    expect(test.scores).toEqual(detail().record.scores?.test);
    expect(test.looks).toBe(0);
  });

  it("takes lines in another order for the same trial", async () => {
    const { table, parts } = await houses();
    const moved = defineTrial({ ...original, features: [...features].reverse() });
    const result = await evaluate(moved, table, parts);
    expect(result.validation).toEqual(detail().record.scores?.validation);
    await record(result, recorded);
    expect(outcomes(reports)).toEqual([
      { kind: "unedited", trial: "001", differing: [], largest: 0 },
    ]);
  });

  it("reads the file once: afterwards the table comes from the cache, to the last bit", async () => {
    rmSync(join(run.directory, ".cache"), { recursive: true, force: true });
    const first = await houses();
    expect(readdirSync(join(run.directory, ".cache"))).toHaveLength(2);
    vi.doMock("../../../src/data/open-file.ts", () => {
      throw new Error("the file is read again");
    });
    const second = await houses();
    const fewer = await readTable(run.data, { features: features.slice(1), target: outcome });
    rmSync(join(run.directory, ".cache"), { recursive: true });
    await expect(houses()).rejects.toThrow();
    vi.doUnmock("../../../src/data/open-file.ts");
    expect(second.table.columns).toEqual(first.table.columns);
    expect(second.table.sha256).toBe(first.table.sha256);
    expect(fewer.columns.map(({ name }) => name)).toEqual(["rooms", "town", "price"]);
  });

  it("adds a column to the cache without forgetting the others", async () => {
    const more = [...features, column.date("sold", "%Y-%m-%d").parts("month")];
    const table = await readTable(run.data, { features: more, target: outcome });
    expect(table.columns.map(({ name }) => name)).toEqual([
      "area",
      "rooms",
      "town",
      "sold",
      "price",
    ]);
    const again = await readTable(run.data, { features: more, target: outcome });
    expect(again.columns).toEqual(table.columns);
  });

  it("refuses a changed file with its way out, and notices through the cache", async () => {
    const changed = join(folder.path, "changed.csv");
    writeFileSync(changed, readFileSync(run.data));
    const options = { features, target: outcome, sha256: detailHash() };
    await expect(readTable(changed, options)).resolves.toBeDefined();
    writeFileSync(changed, `${readFileSync(run.data, "utf8")}50,2,Elm,2024-01-11,99000\n`);
    await expect(readTable(changed, options)).rejects.toMatchObject({
      code: "AUTOML_FILE_CHANGED",
      hint: expect.stringContaining("remove the sha256 line") as string,
    });
  });

  function detailHash(): string {
    const [start] = readJournal(join(run.directory, "journal.jsonl"));
    return start?.type === "run-started" ? start.data.sha256 : "";
  }

  it("saves next to itself what predicts the same", async () => {
    const { table, parts } = await houses();
    const final = await fit(original, table, parts.all);
    await save(final, "model.json");
    const model = loadModel(join(run.trial, "model.json"));
    expect(model.trial).toBe("001");
    expect(model).toMatchObject({ spec: houseSpec });
    const row = { area: 70, rooms: 3, town: "Elm" };
    const predicted = final.predict(row);
    expect(predicted).toBeGreaterThan(50_000);
    expect(final.predict({ ...row, town: "never seen" })).toBeTypeOf("number");
    expect(final.predict({ ...row, town: null })).toBeTypeOf("number");
    expect(final.predictTable(table)).toHaveLength(table.rows);
  });

  it("writes nothing into the run while it is verified", async () => {
    const scratch = join(folder.path, "scratch");
    reports = beginIn(run.trial, { scratch });
    rmSync(join(run.trial, "model.json"), { force: true });
    const before = readFileSync(join(run.directory, "journal.jsonl"), "utf8");
    const { table, parts } = await houses();
    const edited = defineTrial({ ...original, model: models.ridge({ alpha: 50 }) });
    await record(await evaluate(edited, table, parts), recorded);
    await save(await fit(edited, table, parts.all), "model.json");
    expect(existsSync(join(run.trial, "model.json"))).toBe(false);
    expect(existsSync(join(scratch, "model.json"))).toBe(true);
    expect(readFileSync(join(run.directory, "journal.jsonl"), "utf8")).toBe(before);
  });
});

describe("an edit", () => {
  it("becomes a row of its own, once", async () => {
    let reports = beginIn(run.trial);
    writeFileSync(join(run.trial, "trial.ts"), "// edited\n");
    const { table, parts } = await houses();
    const edited = defineTrial({ ...original, features: features.slice(0, 2) });
    const result = await evaluate(edited, table, parts);
    await record(result, recorded);
    expect(outcomes(reports)).toMatchObject([
      { kind: "added", trial: "002", parent: "001", of: 2 },
    ]);
    const copy = join(run.directory, "trials", "002-edited-from-001");
    expect(readFileSync(join(copy, "trial.ts"), "utf8")).toBe("// edited\n");
    const saved = JSON.parse(readFileSync(join(copy, "trial.json"), "utf8")) as TrialDetail;
    expect(saved.record).toMatchObject({ id: "002", origin: "edited", parent: "001" });
    expect(saved.record.scores?.validation).toEqual(result.validation);
    expect(saved.record.units).toBeGreaterThan(0);
    reports = beginIn(run.trial);
    await record(await evaluate(edited, table, parts), recorded);
    expect(outcomes(reports)).toMatchObject([{ kind: "known", trial: "002" }]);
    const board = readFileSync(join(run.directory, "leaderboard.csv"), "utf8");
    expect(board.match(/edited-from/g)).toHaveLength(1);
    // The original is as it was.
    expect(detail().spec).toEqual(houseSpec);
    // An edit of the edit has the edit for a parent.
    reports = beginIn(copy);
    const further = defineTrial({
      ...edited,
      model: pipeline(steps.standardize(), models.ridge({ alpha: 9 })),
    });
    await record(await evaluate(further, table, parts), recorded);
    expect(outcomes(reports)).toMatchObject([{ kind: "added", trial: "003", parent: "002" }]);
  });

  it("leaves the test part closed, and counts every opening", async () => {
    beginIn(run.trial);
    const { table, parts } = await houses();
    const edited = defineTrial({ ...original, model: models.ridge({ alpha: 77 }) });
    const fitted = await fit(edited, table, parts.training);
    const closed = await scoreTest(fitted, table, parts, { open: "if-unedited" });
    expect(closed).toMatchObject({ scores: null, looks: 0, reason: "this trial was edited" });
    const opened = await scoreTest(fitted, table, parts, { open: "always" });
    expect(opened.scores?.rmse).toBeGreaterThan(0);
    expect(opened.looks).toBe(1);
    beginIn(run.trial, { openTest: true });
    expect(await scoreTest(fitted, table, parts)).toMatchObject({ looks: 2 });
    const lines = readJournal(join(run.directory, "journal.jsonl"));
    expect(lines.filter((line) => line.type === "test-opened")).toHaveLength(2);
    const record = JSON.parse(readFileSync(join(run.directory, "run.json"), "utf8")) as {
      testLooks: number;
    };
    expect(record.testLooks).toBe(2);
  });

  it("is shown with how much of its difference is noise", async () => {
    beginIn(run.trial);
    const { table, parts } = await houses();
    const trial = defineTrial({ ...original, features: features.slice(0, 2) });
    const edited = await evaluate(trial, table, parts);
    expect(describeResult(edited, recorded).notes.at(-1)).toMatch(
      /^difference on the same 3 folds: \+[\d\s]+ ± [\d\s]+, better in \d of 3 folds: \w/u,
    );
    expect(describeResult(edited).notes).toHaveLength(1);
    const same = await evaluate(original, table, parts);
    expect(describeResult(same, recorded).notes).toHaveLength(1);
    beginIn(folder.path);
    expect(describeResult(edited, recorded).notes).toHaveLength(1);
  });

  it("keeps the test score that was asked for, as its own", async () => {
    beginIn(run.trial, { openTest: true });
    const { table, parts } = await houses();
    const edited = defineTrial({ ...original, model: models.ridge({ alpha: 78 }) });
    await record(await evaluate(edited, table, parts), recorded);
    const test = await scoreTest(await fit(edited, table, parts.training), table, parts);
    const written = JSON.parse(readFileSync(join(run.directory, "run.json"), "utf8")) as RunRecord;
    const { id, script, scores } = written.trials.find(
      (trial) => trial.script !== null && trial.scores?.test?.rmse === test.scores?.rmse,
    )!;
    expect(scores?.test).toEqual(test.scores);
    expect(readFileSync(join(run.directory, "leaderboard.csv"), "utf8")).toContain(
      String(test.scores?.rmse),
    );
    // Its own script knows the number now, and a second look at it tells nothing new.
    beginIn(join(run.directory, dirname(script!)));
    const again = await scoreTest(await fit(edited, table, parts.training), table, parts);
    expect(again).toMatchObject({ scores: test.scores, looks: test.looks, reason: "unedited" });
    // What is not the recorded trial spends a look and leaves the others alone.
    const other = defineTrial({ ...original, model: models.ridge({ alpha: 79 }) });
    await scoreTest(await fit(other, table, parts.training), table, parts, { open: "always" });
    const opened = readJournal(join(run.directory, "journal.jsonl")).filter(
      (line) => line.type === "test-opened",
    );
    expect(opened.slice(-2)).toMatchObject([{ trial: id, scores: test.scores }, { trial: id }]);
    expect(opened.at(-1)).not.toHaveProperty("scores");
  });

  it("is not added when its scores cannot be compared with the run's", async () => {
    const reports = beginIn(run.trial);
    const { table } = await houses();
    const otherParts = split.random(table, { ...parted, seed: 2 });
    await record(await evaluate(original, table, otherParts), recorded);
    expect(outcomes(reports)).toMatchObject([{ kind: "refused" }]);
    const fitted = await fit(original, table, otherParts.training);
    expect((await scoreTest(fitted, table, otherParts)).scores).toBeNull();
  });

  it("cannot be tested with a model that has seen the test rows", async () => {
    beginIn(run.trial);
    const { table, parts } = await houses();
    const fitted = await fit(original, table, parts.all);
    await expect(scoreTest(fitted, table, parts)).rejects.toMatchObject({
      code: "AUTOML_SPLIT_INVALID",
    });
  });
});

describe("a script outside of a run", () => {
  beforeEach(() => void beginIn(folder.path));

  it("swaps the model in one line and says what was added", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const table = await readTable("houses.csv", { features, target: outcome });
    const parts = split.random(table, parted);
    const bare = [column.numeric("area"), column.numeric("rooms"), column.category("town")];
    const swapped = defineTrial({
      features: bare,
      target: outcome,
      model: models.ridge({ alpha: 3 }),
    });
    const result = await evaluate(swapped, table, parts);
    await evaluate(swapped, table, parts);
    const text = said.mock.calls.flat().join("\n");
    said.mockRestore();
    // Written out, it is the trial with everything said.
    expect(result.trial.model.steps).toEqual([{ kind: "standardize" }]);
    expect(result.validation).toEqual((await evaluate(original, table, parts)).validation);
    expect(text).toContain("median of the training rows");
    expect(text.match(/steps\.standardize/g)).toHaveLength(1);
    // A pipeline without steps means none.
    const plain = defineTrial({ ...swapped, model: pipeline(models.ridge({ alpha: 3 })) });
    const without = await evaluate(plain, table, parts);
    expect(without.trial.model.steps).toEqual([]);
    expect(without.validation.rmse).not.toBe(result.validation.rmse);
  });

  it("says where it is not recorded and that the test part cannot be known", async () => {
    const reports = beginIn(folder.path);
    const table = await readTable("houses.csv", { features, target: outcome });
    const parts = split.random(table, parted);
    await record(await evaluate(original, table, parts), recorded);
    expect(outcomes(reports)).toMatchObject([{ kind: "refused" }]);
    const fitted = await fit(original, table, parts.training);
    expect((await scoreTest(fitted, table, parts)).scores).toBeNull();
    expect((await scoreTest(fitted, table, parts, { open: "always" })).scores?.mae).toBeGreaterThan(
      0,
    );
  });

  it("names the column that was not read", async () => {
    const table = await readTable("houses.csv", {
      features: features.slice(0, 2),
      target: outcome,
    });
    const parts = split.random(table, parted);
    const wider: Trial = original;
    await expect(evaluate(wider, table, parts)).rejects.toMatchObject({
      code: "AUTOML_COLUMN_UNKNOWN",
    });
  });

  it("refuses rows that lack a column or hold another type", async () => {
    const table = await readTable("houses.csv", { features, target: outcome });
    const parts = split.random(table, parted);
    const final = await fit(original, table, parts.all);
    const predict = (row: object): number =>
      Reflect.apply(final.predict.bind(final), undefined, [row]) as number;
    expect(() => predict({ area: 70, rooms: 3 })).toThrow('no value for column "town"');
    expect(() => predict({ area: "70", rooms: 3, town: "Elm" })).toThrow("takes a number");
    expect(() => predict({ area: 70, rooms: 3, town: true })).toThrow("takes a string");
    // A column of numbers may have been made a category: a number is the level that it is written as.
    expect(predict({ area: 70, rooms: 3, town: 4 })).toBe(
      predict({ area: 70, rooms: 3, town: "4" }),
    );
  });

  it("runs a model of one's own and does not save it", async () => {
    const table = await readTable("houses.csv", { features, target: outcome });
    const parts = split.random(table, parted);
    const perArea = models.custom({
      name: "price per area",
      params: { areaColumn: 0, factor: 1 },
      fit: (x, y, { areaColumn, factor }) => {
        let sum = 0;
        for (let r = 0; r < x.rows; r++) sum += y[r]! / x.data[areaColumn * x.rows + r]!;
        return { rate: (factor * sum) / x.rows, areaColumn };
      },
      predict: ({ rate, areaColumn }, x) =>
        Float64Array.from({ length: x.rows }, (_, r) => rate * x.data[areaColumn * x.rows + r]!),
    });
    const trial = defineTrial({
      features: [column.numeric("area")],
      target: outcome,
      model: perArea,
    });
    const tuned = await tune(trial, table, parts, {
      trials: 5,
      seed: 1,
      space: { factor: range.linear(0.8, 1.1) },
    });
    expect(tuned.model.params.factor).not.toBe(1);
    const result = await evaluate(tuned, table, parts);
    expect(result.validation.r2).toBeGreaterThan(0.3);
    const final = await fit(tuned, table, parts.all);
    await expect(save(final, "model.json")).rejects.toMatchObject({ code: "AUTOML_CUSTOM_MODEL" });
  });

  it("explains with the most important column first", async () => {
    const table = await readTable("houses.csv", { features, target: outcome });
    const result = await evaluate(original, table, split.random(table, parted));
    const { rows } = await explain.importance(result, table, { repeats: 3, seed: 1 });
    expect(rows.map((row) => row.column)[0]).toBe("area");
    expect(rows).toHaveLength(3);
  });
});
