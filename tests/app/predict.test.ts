import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { predict } from "../../src/app/predict.ts";
import { sharedInt32 } from "../../src/core/table.ts";
import type { TrialSpec } from "../../src/core/trial-spec.ts";
import { loadTable } from "../../src/data/open-file.ts";
import { encodeEnsemble, saveModel } from "../../src/ensemble/saved-model.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { fitTrial } from "../../src/ensemble/trial-model.ts";
import { houseCsv, temporaryFolder } from "./script/house-run.ts";

const folder = temporaryFolder();
const data = join(folder.path, "new.csv");
const model = join(folder.path, "model.json");
const rows = "area,rooms,sold\n70,3,2024-05-12\nn/k,3,2024-05-12\n9999,3,2031-01-01\n50,2,soon\n";

const spec: TrialSpec = {
  features: [
    { kind: "numeric", column: "area", impute: "median" },
    {
      kind: "date",
      column: "sold",
      format: "%Y-%m-%d",
      parts: ["year", "month"],
      impute: "median",
    },
  ],
  target: { column: "price", transform: "none" },
  model: { kind: "ridge", params: { alpha: 3 }, steps: [{ kind: "standardize" }] },
};

beforeAll(async () => {
  const training = join(folder.path, "houses.csv");
  writeFileSync(training, houseCsv());
  writeFileSync(data, rows);
  const { table } = await loadTable(training, {
    columns: [
      { name: "area", type: "numeric" },
      { name: "sold", type: "date", format: "%Y-%m-%d" },
    ],
    target: "price",
  });
  const all = sharedInt32(table.rows);
  for (let row = 0; row < all.length; row++) all[row] = row;
  const fitted = fitTrial(spec, all, new FitSession(table));
  saveModel(model, fitted, { trial: null, fittedOn: "all rows" });
});
afterAll(() => folder.clear());

describe("predict", () => {
  it("tells of cells that are not of their column's type, and of values beyond training", async () => {
    const out = join(folder.path, "priced.csv");
    const summary = await predict(model, data, { out });
    expect(summary.unreadable).toEqual([
      { column: "area", type: "numeric", cells: 1 },
      { column: "sold", type: "date", cells: 1 },
    ]);
    expect(summary.outside).toMatchObject([
      { column: "area", rows: 1 },
      { column: "sold", kind: "date", rows: 1, low: Date.UTC(2024, 0, 10) },
    ]);
    expect(readFileSync(out, "utf8").split("\n")).toHaveLength(6);
    expect(summary.empty).toBeNull();
    // Its own earlier answer may be replaced.
    await predict(model, data, { out });
  });

  it("tells of rows without any value in the columns of the model", async () => {
    const sparse = join(folder.path, "sparse.csv");
    writeFileSync(sparse, "area,rooms,sold\n70,3,2024-05-12\n,3,\n,2,2024-01-10\nNA,4,soon\n");
    const { empty, predictions } = await predict(model, sparse);
    expect(empty).toEqual({ rows: 2, examples: [2, 4] });
    expect(predictions[1]).toBe(predictions[3]);
  });

  it("adds up the members of an ensemble, and tells of each column once", async () => {
    const ensemble = join(folder.path, "ensemble.json");
    const text = readFileSync(model, "utf8");
    const members = [0.25, 0.75].map((weight, i) => ({ trial: `00${i}`, weight, model: text }));
    const weighting = { method: "nonNegative", penalty: 0.03 } as const;
    writeFileSync(
      ensemble,
      encodeEnsemble(members, weighting, { trial: "ensemble", fittedOn: "all rows" }),
    );
    const single = await predict(model, data);
    const both = await predict(ensemble, data);
    both.predictions.forEach((value, row) => {
      const alone = single.predictions[row]!;
      expect(value).toBe(0.25 * alone + 0.75 * alone);
    });
    expect(both.outside).toEqual(single.outside);
    expect(both.matched).toBe(single.matched);
  });

  it("never writes over what it reads, under whatever name", async () => {
    const link = join(folder.path, "link");
    symlinkSync(folder.path, link);
    for (const out of [data, join(link, "new.csv"), model]) {
      const code = "AUTOML_OUTPUT_EXISTS";
      await expect(predict(model, data, { out })).rejects.toMatchObject({ code });
    }
    expect(readFileSync(data, "utf8")).toBe(rows);
  });

  it("makes no folders", async () => {
    const folders = join(folder.path, "a", "b");
    const existing = join(folder.path, "there");
    mkdirSync(existing);
    for (const out of [join(folders, "priced.csv"), existing, join(data, "priced.csv")]) {
      const code = "AUTOML_OUTPUT_UNWRITABLE";
      await expect(predict(model, data, { out })).rejects.toMatchObject({ code });
    }
    expect(existsSync(join(folder.path, "a"))).toBe(false);
  });
});
