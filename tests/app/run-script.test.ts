import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compiledFile } from "../../src/app/installation.ts";
import { runScript } from "../../src/app/run-script.ts";
import { watchScript } from "../../src/app/watch-script.ts";
import { houseCsv, makeHouseRun, temporaryFolder, type HouseRun } from "./script/house-run.ts";

// Scripts run in processes of their own, which load the compiled package.
const isCompiled = existsSync(compiledFile("app/script-host"));

/** The trial of the house run as a script. */
const source = `
import { column, defineTrial, evaluate, fit, models, pipeline, readTable, record, save, scoreTest, show, split, steps, target } from "glassbox-automl";

const recorded = { trial: "001", validation: {}, test: null };
const features = [
  column.numeric("area").impute("median"),
  column.numeric("rooms").impute("median"),
  column.category("town").oneHot(),
];
const outcome = target("price");
const table = await readTable("../../../../houses.csv", { features, target: outcome });
const parts = split.random(table, { test: 0.2, folds: 3, repeats: 1, stratify: true, seed: 1 });
const model = pipeline(steps.standardize(), models.ridge({ alpha: 3 }));
const trial = defineTrial({ features, target: outcome, model });
const result = await evaluate(trial, table, parts);
show(result, recorded);
await record(result, recorded);
const fitted = await fit(trial, table, parts.training);
show(await scoreTest(fitted, table, parts), recorded);
const final = await fit(trial, table, parts.all);
await save(final, "model.json");
console.log("predicted", final.predict({ area: 70, rooms: 3, town: "Elm" }) satisfies number);
`;

describe.skipIf(!isCompiled)("runScript", () => {
  const folder = temporaryFolder();
  let run: HouseRun;
  let script: string;
  beforeAll(async () => {
    run = await makeHouseRun(folder.path);
    script = join(run.trial, "trial.ts");
    writeFileSync(script, source);
  });
  afterAll(() => folder.clear());

  async function output(path: string, options: Parameters<typeof runScript>[1] = {}) {
    let text = "";
    const result = await runScript(path, { ...options, onOutput: (more) => (text += more) });
    return { text, result };
  }

  it("runs a TypeScript module in a folder that has nothing beside it", async () => {
    const { text, result } = await output(script);
    expect(result.failure).toBeNull();
    expect(result.exitCode).toBe(0);
    expect(text).toContain("not edited: the recorded scores, to the last bit");
    expect(text).toContain("predicted");
    expect(existsSync(join(run.trial, "model.json"))).toBe(true);
    const recorded = result.reports.flatMap((report) =>
      report.kind === "recorded" ? [report.outcome] : [],
    );
    expect(recorded).toMatchObject([{ kind: "unedited", trial: "001" }]);
  });

  it("records an edit, saves its model with it, and keeps the test part closed", async () => {
    const before = readFileSync(join(run.trial, "model.json"), "utf8");
    writeFileSync(script, source.replace("alpha: 3", "alpha: 30"));
    const { text, result } = await output(script);
    writeFileSync(script, source);
    expect(result.exitCode).toBe(0);
    expect(text).toContain("recorded as 002 (edited from 001)");
    expect(text).toContain("closed: this trial was edited");
    const edit = join(run.directory, "trials", "002-edited-from-001");
    expect(readFileSync(join(edit, "trial.ts"), "utf8")).toContain("alpha: 30");
    expect(readFileSync(join(edit, "model.json"), "utf8")).toContain('"trial":"002"');
    expect(readFileSync(join(run.trial, "model.json"), "utf8")).toBe(before);
    // The copy runs where it lies.
    const again = await output("002", { run: run.directory });
    expect(again.text).toContain("trial 002, not edited: the recorded scores, to the last bit");
  });

  it("opens the test part on request", async () => {
    const { text } = await output("002", { run: run.directory, test: true });
    expect(text).toContain("1 look spent on edits");
  });

  it("ends with 1 and one clear message when the script fails", async () => {
    const failing = join(folder.path, "failing.ts");
    writeFileSync(failing, "const x: number = 3;\nthrow new TypeError(`no ${x}`);\n");
    const { result } = await output(failing);
    expect(result).toMatchObject({
      exitCode: 1,
      failure: { code: "AUTOML_SCRIPT_FAILED", message: "TypeError: no 3", line: 2 },
    });
  });

  it("tells errors of the package by their code", async () => {
    const path = join(folder.path, "unknown-column.ts");
    writeFileSync(path, source.replaceAll("rooms", "romos").replace("../../../../", ""));
    const { result } = await output(path);
    expect(result.exitCode).toBe(1);
    expect(result.failure).toMatchObject({ code: "AUTOML_COLUMN_UNKNOWN", line: 11 });
  });

  it("passes on the exit code of a script that ends itself", async () => {
    const path = join(folder.path, "exits.ts");
    writeFileSync(path, "process.exit(process.argv.length + 3);\n");
    expect((await output(path, { arguments: ["a", "b"] })).result.exitCode).toBe(7);
  });

  it("stops at once when it is aborted", async () => {
    const path = join(folder.path, "endless.ts");
    writeFileSync(path, "console.log('begun');\nfor (;;) {}\n");
    const controller = new AbortController();
    const result = await runScript(path, {
      signal: controller.signal,
      onOutput: (text) => text.includes("begun") && controller.abort(),
    });
    expect(result.exitCode).not.toBe(0);
  });

  it("watches: says what a save changed and what that did", async () => {
    const controller = new AbortController();
    let text = "";
    const seen = async (wanted: RegExp): Promise<void> => {
      while (!wanted.test(text)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const watching = watchScript(script, {
      signal: controller.signal,
      onOutput: (more) => (text += more),
    });
    await seen(/001 as it is[^]*to the last bit/);
    text = "";
    writeFileSync(script, source.replace('  column.category("town").oneHot(),\n', ""));
    await seen(/recorded as 003/);
    expect(text).toContain("edit 1 of 001");
    expect(text).toContain("columns: - town");
    expect(text).toMatch(/worse {2}±.*better in \d of 3 folds: \w+/);
    text = "";
    writeFileSync(script, source);
    await seen(/001 as it is/);
    controller.abort();
    await watching;
  });
});

describe.skipIf(!isCompiled)("a script without a run", () => {
  it("finds its data beside itself, wherever it is started from", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, "deep"));
    writeFileSync(join(folder.path, "houses.csv"), houseCsv());
    const path = join(folder.path, "deep", "own.ts");
    writeFileSync(path, source.replace("../../../../houses", "../houses"));
    let text = "";
    const result = await runScript(path, { onOutput: (more) => (text += more) });
    expect(result.exitCode).toBe(0);
    expect(text).toContain("not recorded: this script lies in no run");
    expect(existsSync(join(folder.path, "deep", "model.json"))).toBe(true);
    folder.clear();
  });
});
