import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  column,
  defineTrial,
  explain,
  fit,
  models,
  readTable,
  split,
  target,
} from "../../../src/index.ts";
import { beginScript } from "../../../src/app/script/context.ts";
import { describeShapley, describeSplits } from "../../../src/app/script/show/describe-trees.ts";
import { mimeBundle } from "../../../src/app/script/show/notebook.ts";
import { renderText } from "../../../src/app/script/show/text.ts";
import { houseCsv, temporaryFolder } from "./house-run.ts";

const folder = temporaryFolder();
const features = [
  column.numeric("area"),
  column.numeric("rooms"),
  column.category("town").oneHot(),
];
const house = { area: 140, rooms: 5, town: "Oak" };

beforeAll(() => {
  writeFileSync(join(folder.path, "houses.csv"), houseCsv());
});
afterAll(() => folder.clear());

async function fitted(transform: "none" | "log" = "none", loss: "squared" | "poisson" = "squared") {
  beginScript({ script: join(folder.path, "trial.ts") });
  const price = target("price", { transform });
  const table = await readTable("houses.csv", { features, target: price });
  const parts = split.random(table, { test: 0.2, folds: 3, repeats: 1, stratify: true, seed: 1 });
  const model = models.gradientBoosting({
    trees: 30,
    learningRate: 0.2,
    minSamplesLeaf: 3,
    loss,
    seed: 1,
  });
  const trial = defineTrial({ features, target: price, model });
  return { table, parts, final: await fit(trial, table, parts.all) };
}

describe("explain.shapley", () => {
  it("tells one row's prediction column by column", async () => {
    const { final } = await fitted();
    const found = await explain.shapley(final, house);
    expect(found.columns).toEqual(["area", "rooms", "town"]);
    expect(found.predictions[0]).toBeCloseTo(final.predict(house), 4);
    expect(found.values[0]).toBeGreaterThan(found.values[2]!);
    const text = renderText(describeShapley(found));
    expect(text).toMatch(/column +added to price\n/);
    expect(text).toMatch(/area +\+\d/);
    expect(text).toContain("when no column is known");
  });

  it("tells the rows of a table, or a part of them", async () => {
    const { final, table, parts } = await fitted();
    const all = await explain.shapley(final, table);
    const some = await explain.shapley(final, table, parts.test);
    expect([all.rows, some.rows]).toEqual([table.rows, parts.test.count]);
    expect(some.expected).toBe(all.expected);
    const predicted = final.predictTable(table);
    all.predictions.forEach((value, r) => expect(value / predicted[r]!).toBeCloseTo(1, 10));
    const row = parts.test.index[0]!;
    expect(Array.from(some.values.subarray(0, 3))).toEqual(
      Array.from(all.values.subarray(3 * row, 3 * row + 3)),
    );
    const text = renderText(describeShapley(all));
    expect(text).toMatch(/column +mean change of price +low … high\n/);
    expect(text).toMatch(/\n +area .*█/);
  });

  it("names the scale on which values add up", async () => {
    for (const { final } of [await fitted("log"), await fitted("none", "poisson")]) {
      const { scale, predictions } = await explain.shapley(final, house);
      expect(scale).toBe("log of price");
      // The log transform is smeared on its way back, the link is not.
      expect(Math.exp(predictions[0]!) / final.predict(house)).toBeCloseTo(1, 1);
    }
  });
});

describe("explain.splits", () => {
  it("tells what the splits on each column were worth", async () => {
    const { final } = await fitted();
    const { rows } = await explain.splits(final);
    expect(rows.map((row) => row.column)).toEqual(["area", "town", "rooms"]);
    const text = renderText(describeSplits({ kind: "splits", rows }));
    expect(text).toMatch(/column +share of gain +splits\n/);
    expect(text).toMatch(/area +\d+\.\d.%/);
  });
});

describe("both", () => {
  it("draw charts in a notebook", async () => {
    const { final, table } = await fitted();
    const displays = [
      describeShapley(await explain.shapley(final, house)),
      describeShapley(await explain.shapley(final, table)),
      describeSplits(await explain.splits(final)),
    ];
    for (const display of displays)
      expect(JSON.stringify(mimeBundle(display)["application/vnd.vegalite.v5+json"])).toContain(
        '"column":"area"',
      );
  });

  it("refuse a model without trees and say what works", async () => {
    const { table, parts, final } = await fitted();
    const trial = defineTrial({ ...final.trial, model: models.mean() });
    const mean = await fit(trial, table, parts.all);
    for (const refused of [explain.shapley(mean, house), explain.splits(mean)]) {
      await expect(refused).rejects.toMatchObject({
        code: "AUTOML_SPEC_INVALID",
        hint: expect.stringContaining("explain.importance") as string,
      });
    }
  });
});
