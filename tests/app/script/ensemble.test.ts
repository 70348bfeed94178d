import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  column,
  defineEnsemble,
  defineTrial,
  evaluate,
  explain,
  fit,
  models,
  pipeline,
  readTable,
  save,
  split,
  steps,
  target,
} from "../../../src/index.ts";
import { describeEnsemble, describeFitted } from "../../../src/app/script/show/describe.ts";
import { loadModel } from "../../../src/ensemble/saved-model.ts";
import { predictFitted } from "../../../src/ensemble/ensemble-model.ts";
import { evaluateEnsemble } from "../../../src/engine/evaluate-ensemble.ts";
import { FitSession } from "../../../src/ensemble/fit-session.ts";
import { specChanges } from "../../../src/app/spec-changes.ts";
import { asEnsemble, isSameTrial } from "../../../src/app/script/same-trial.ts";
import { checkedEnsemble } from "../../../src/app/script/ensemble.ts";
import { ensembleAsTrial } from "../../../src/ensemble/ensemble-spec.ts";
import { beginIn, houseCsv, temporaryFolder } from "./house-run.ts";

const folder = temporaryFolder();
const outcome = target("price");
const area = column.numeric("area").impute("median");
const rooms = column.numeric("rooms").impute("median");
// Each member knows a column that the other does not, so that both are of use.
const forLinear = [area, column.category("town").oneHot()];
const forTrees = [area, rooms];
const ridge = defineTrial({
  features: forLinear,
  target: outcome,
  model: pipeline(steps.standardize(), models.ridge({ alpha: 3 })),
});
const trees = defineTrial({
  features: forTrees,
  target: target("price", { transform: "log" }),
  model: models.extraTrees({ trees: 40, seed: 1 }),
});
const weighting = { method: "greedy", rounds: 10, bags: 5, seed: 1 } as const;

function blendOf(first: number, second: number) {
  return defineEnsemble({
    members: [
      { trial: "001", weight: first, spec: ridge },
      { trial: "002", weight: second, spec: trees },
    ],
    weighting,
  });
}

async function houses() {
  beginIn(folder.path);
  const table = await readTable("houses.csv", { features: [...forLinear, rooms], target: outcome });
  return {
    table,
    parts: split.random(table, { test: 0.2, folds: 3, repeats: 1, stratify: true, seed: 1 }),
  };
}

beforeAll(() => writeFileSync(join(folder.path, "houses.csv"), houseCsv()));
afterAll(() => folder.clear());

describe("an ensemble in a script", () => {
  it("is plain frozen JSON, checked", () => {
    const blend = blendOf(0.6, 0.4);
    expect(JSON.parse(JSON.stringify(blend))).toMatchObject({
      members: [
        { trial: "001", weight: 0.6 },
        { trial: "002", weight: 0.4 },
      ],
      weighting,
    });
    expect(Object.isFrozen(blend.members[0])).toBe(true);
    expect(() => blendOf(0, 1)).toThrow(expect.objectContaining({ code: "AUTOML_SPEC_INVALID" }));
    const [member] = blend.members;
    const twice = { members: [member!, member!], weighting };
    expect(() => defineEnsemble(twice)).toThrow(/same name/);
    expect(() => defineEnsemble({ members: [], weighting })).toThrow(/1 to 8/);
    const other = defineTrial({ ...ridge, features: [rooms], target: target("area") });
    const mixed = [member!, { trial: "x", weight: 1, spec: other }];
    expect(() => defineEnsemble({ members: mixed, weighting })).toThrow(/different columns/);
  });

  it("has the nested score when its weights are those that its members give", async () => {
    const { table, parts } = await houses();
    const session = new FitSession(table);
    const found = evaluateEnsemble(checkedEnsemble(blendOf(0.5, 0.5)), parts, session);
    const [first, second] = found.weights as [number, number];
    const result = await evaluate(blendOf(first, second), table, parts);
    expect(result.validation).toEqual(found.scores);
    expect(result.folds).toEqual(found.foldScores);
    expect(result.alone).toEqual(found.members.map(({ scores }) => scores));
    const { notes, table: scores } = describeEnsemble(result);
    expect(scores?.rows.length).toBeGreaterThan(2);
    expect(notes.at(-1)).toMatch(/^RMSE of each member alone: 001 .+ \(weight .+\), 002 /);
  });

  it("is scored with its weights as they are written when somebody wrote others, and says so", async () => {
    const { table, parts } = await houses();
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const alone = await evaluate(ridge, table, parts);
    const almost = await evaluate(blendOf(0.999999, 0.000001), table, parts);
    expect(almost.validation.rmse).toBeCloseTo(Number(alone.validation.rmse), 0);
    expect(almost.validation).not.toEqual(alone.validation);
    await evaluate(blendOf(0.5, 0.2), table, parts);
    const text = said.mock.calls.flat().join("\n");
    expect(text).toContain("with the weights that are written");
    expect(text).toContain("add up to 0.7");
    said.mockRestore();
  });

  it("fits, predicts rows and tables, saves and explains", async () => {
    const { table, parts } = await houses();
    const final = await fit(blendOf(0.75, 0.25), table, parts.all);
    const row = { area: 70, rooms: 3, town: "Elm" };
    const [one, two] = [await fit(ridge, table, parts.all), await fit(trees, table, parts.all)];
    expect(final.predict(row)).toBe(0.75 * one.predict(row) + 0.25 * two.predict(row));
    const all = final.predictTable(table);
    expect(all).toHaveLength(table.rows);
    await save(final, "model.json");
    const saved = loadModel(join(folder.path, "model.json"));
    expect(predictFitted(saved, table, parts.all.index)).toEqual(all);
    expect(describeFitted(final).notes).toEqual(["ensemble of 2, each fitted on 90 rows"]);
    const result = await evaluate(blendOf(0.75, 0.25), table, parts);
    const { rows } = await explain.importance(result, table, { repeats: 3, seed: 1 });
    expect(rows.map((each) => each.column).sort()).toEqual(["area", "rooms", "town"]);
    expect(rows[0]?.column).toBe("area");
    const again = await explain.importance(result, table, { repeats: 3, seed: 1 });
    expect(again.rows).toEqual(rows);
  });

  it("is told apart from others, and its changes are named", () => {
    const [blend, other] = [checkedEnsemble(blendOf(0.6, 0.4)), checkedEnsemble(blendOf(0.5, 0.4))];
    expect(isSameTrial(blend, checkedEnsemble(blendOf(0.6, 0.4)))).toBe(true);
    expect(isSameTrial(blend, other)).toBe(false);
    expect(isSameTrial(ensembleAsTrial(blend), blend)).toBe(true);
    expect(asEnsemble(ensembleAsTrial(blend))).toEqual(blend);
    expect(specChanges(blend, other)).toEqual(["001 weight: 0.6 → 0.5"]);
    const fewer = { members: blend.members.slice(1), weighting: blend.weighting };
    expect(specChanges(blend, fewer)).toEqual(["members: - 001"]);
    const changed = defineTrial({ ...ridge, model: models.ridge({ alpha: 9 }) });
    const members = [{ ...blend.members[0]!, spec: changed }, blend.members[1]!];
    const text = specChanges(blend, checkedEnsemble({ members, weighting })).join("; ");
    expect(text).toContain("001 alpha: 3 → 9");
    expect(specChanges(blend, blend.members[0]!.spec)).toEqual([
      "one model instead of the ensemble",
    ]);
  });
});
