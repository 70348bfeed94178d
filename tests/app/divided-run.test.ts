import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compiledFile } from "../../src/app/installation.ts";
import { predict } from "../../src/app/predict.ts";
import { resume } from "../../src/app/resume.ts";
import { runScript } from "../../src/app/run-script.ts";
import { train } from "../../src/app/train.ts";
import type { TrainOptions } from "../../src/app/train-options.ts";
import { verify } from "../../src/app/verify.ts";
import { Random } from "../../src/core/random.ts";
import { splitFromCsv } from "../../src/data/split-csv.ts";
import { temporaryFolder } from "./script/house-run.ts";

const isCompiled = existsSync(compiledFile("app/script-host"));
const rows = 160;

/** Sales with a day, a shop, a part and a weight each; the first two rows are alike. */
function salesCsv(): string {
  const random = new Random("sales");
  const lines = ["day,shop,part,households,size,amount"];
  for (let i = 0; i < rows; i++) {
    const day = `${String(1 + (i % 28)).padStart(2, "0")}/${String(1 + (i % 9)).padStart(2, "0")}/2023`;
    const shop = `shop ${random.integer(14)}`;
    const part = i % 10 === 9 ? "" : i % 5 === 3 ? "test" : "train";
    const households = i % 20 === 19 ? 0 : 1 + random.integer(5);
    const size = 10 + random.integer(90);
    const amount = 40 + 3 * size + 10 * (i % 9) + 8 * random.normal();
    lines.push(`${day},${shop},${part},${households},${size},${amount.toFixed(2)}`);
  }
  lines[2] = lines[1]!;
  return `${lines.join("\n")}\n`;
}

describe.skipIf(!isCompiled)("a run whose rows are divided by a column", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.clear());
  const data = join(folder.path, "sales.csv");
  writeFileSync(data, salesCsv());

  async function trained(name: string, options: TrainOptions) {
    return train(data, {
      target: "amount",
      families: ["mean", "ridge", "nearestNeighbors", "gradientBoosting"],
      maxTrials: 5,
      workers: 2,
      out: join(folder.path, name),
      ...options,
    });
  }

  it.each([
    ["random", {}],
    ["time", { timeCol: "day" }],
    ["group", { groupCol: "shop", weightCol: "households" }],
    ["column", { splitCol: "part", cv: 3 }],
  ] as const)(
    "%s: scripts give the recorded scores, and the run goes on",
    async (kind, options) => {
      const run = await trained(kind, options);
      const { split, columns } = run.record;
      expect(split.kind).toBe(kind);
      expect(run.record.trials.some(({ status }) => status === "completed")).toBe(true);
      const verified = await verify(run.directory);
      expect(verified.results.filter(({ status }) => status !== "same")).toEqual([]);
      // What divides rows or weights them is no feature; the time is.
      const roles = new Map(columns.map(({ name, role }) => [name, role]));
      for (const name of ["groupCol", "splitCol", "weightCol"] as const) {
        const column = (options as TrainOptions)[name];
        if (column !== undefined) expect(roles.get(column)).toBe("excluded");
      }
      expect(roles.get("day")).toBe("feature");
      const again = await resume(run.directory, { maxTrials: 7 });
      expect(again.record.split).toEqual(split);
      expect(again.record.trials.length).toBeGreaterThan(run.record.trials.length);
      const predicted = await predict(run.directory, data);
      expect(predicted.predictions).toHaveLength(rows);
    },
    120_000,
  );

  it("says how many rows are in each part, and lists them", async () => {
    const run = await trained("parts", { timeCol: "day", weightCol: "households", maxTrials: 2 });
    const { split, data: read } = run.record;
    expect(split.rows!.training + split.rows!.test).toBe(rows - 8);
    expect(split.rows!.validated).toBeLessThan(split.rows!.training);
    expect(split.why).toContain("8 rows without a weight above 0 left out");
    expect(read.rows).toBe(rows);
    const csv = readFileSync(join(run.directory, "data", "split.csv"), "utf8");
    expect(csv.split("\n").filter((line) => line.includes(",excluded,"))).toHaveLength(8);
    const numbers = Int32Array.from({ length: rows }, (_, row) => row + 1);
    const table = { rows, columns: [], rowNumbers: numbers, sha256: "" };
    const parts = splitFromCsv(csv, table as never, true);
    expect([parts.training.count, parts.test.count]).toEqual([
      split.rows!.training,
      split.rows!.test,
    ]);
  }, 60_000);

  it("records an edit that keeps the division, and refuses one that changes it", async () => {
    const run = await trained("edited", {
      groupCol: "shop",
      families: ["mean", "ridge"],
      maxTrials: 2,
    });
    const script = join(run.directory, "best", "trial.ts");
    const source = readFileSync(script, "utf8");
    expect(source).toContain('split.byGroup(table, "shop", {');
    expect(source).toContain('also: [column.category("shop")]');
    const edited = source.replace(/alpha: [\d.]+/, "alpha: 77");
    writeFileSync(script, edited);
    const kept = await runScript(script, { onOutput: () => undefined });
    const outcomeOf = (reports: readonly { kind: string }[]) =>
      JSON.stringify(reports.find(({ kind }) => kind === "recorded"));
    expect(outcomeOf(kept.reports)).toContain('"kind":"added"');
    writeFileSync(script, edited.replace("folds: 5", "folds: 4"));
    const changed = await runScript(script, { onOutput: () => undefined });
    expect(outcomeOf(changed.reports)).toContain("the rows are split in another way");
  }, 60_000);

  it.each([
    [{ timeCol: "shop" }, "AUTOML_SPLIT_INVALID"],
    [{ timeCol: "dya" }, "AUTOML_COLUMN_UNKNOWN"],
    [{ timeCol: "day", groupCol: "shop" }, "AUTOML_OPTION_INVALID"],
    [{ splitCol: "shop" }, "AUTOML_SPLIT_INVALID"],
    [{ weightCol: "amount" }, "AUTOML_OPTION_INVALID"],
    [{ groupCol: "amount" }, "AUTOML_OPTION_INVALID"],
  ])("refuses %j and writes nothing", async (options, code) => {
    await expect(trained("refused", options)).rejects.toMatchObject({ code });
    expect(existsSync(join(folder.path, "refused"))).toBe(false);
  });
});
