import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitRun } from "../../src/app/emit-run.ts";
import { compiledFile } from "../../src/app/installation.ts";
import { restore } from "../../src/app/restore.ts";
import { runScript } from "../../src/app/run-script.ts";
import { verify } from "../../src/app/verify.ts";
import { makeHouseRun, temporaryFolder, type HouseRun } from "./script/house-run.ts";

const isCompiled = existsSync(compiledFile("app/script-host"));

describe.skipIf(!isCompiled)("verify", () => {
  const folder = temporaryFolder();
  let run: HouseRun;
  let script: string;
  beforeAll(async () => {
    run = await makeHouseRun(folder.path);
    await emitRun(run.directory, { scripts: "write", report: false });
    script = join(run.trial, "trial.ts");
  });
  afterAll(() => folder.clear());

  /** Everything in the run but its cache, by path and content. */
  function contents(): Record<string, string> {
    const paths = readdirSync(run.directory, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      paths
        .filter((entry) => entry.isFile() && !entry.parentPath.includes(".cache"))
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path, readFileSync(path, "utf8")]),
    );
  }

  it("finds that a printed script gives the recorded scores, and leaves the run as it is", async () => {
    const before = contents();
    const verified = await verify(run.directory);
    expect(verified.results).toEqual([
      { trial: "001", status: "same", edited: false, message: "" },
    ]);
    expect(verified.node).toBe(process.versions.node);
    expect(contents()).toEqual(before);
  });

  it("runs the original of a script that was edited, and edits as they were saved", async () => {
    const original = readFileSync(script, "utf8");
    writeFileSync(script, original.replace("alpha: 3", "alpha: 30"));
    await runScript(script, { onOutput: () => undefined });
    const verified = await verify(run.directory);
    expect(verified.results).toEqual([
      { trial: "001", status: "same", edited: true, message: "" },
      { trial: "002", status: "same", edited: false, message: "" },
    ]);
    expect(await restore(run.directory, "1")).toBe(script);
    expect(readFileSync(script, "utf8")).toBe(original);
    await expect(restore(run.directory, "002")).rejects.toMatchObject({
      code: "AUTOML_TRIAL_UNKNOWN",
    });
    await expect(restore(run.directory, "040")).rejects.toMatchObject({
      code: "AUTOML_TRIAL_UNKNOWN",
    });
  });

  it("counts what was not checked when it is interrupted, and no script as failed that it ended", async () => {
    const controller = new AbortController();
    const verified = verify(run.directory, { signal: controller.signal, processes: 1 });
    // The first script waits for its process to load the package.
    setTimeout(() => controller.abort(), 10);
    expect(await verified).toMatchObject({ results: [], scripts: 2 });
  });

  it("names scores that do not come out again", async () => {
    const journal = join(run.directory, "journal.jsonl");
    const lines = readFileSync(journal, "utf8");
    writeFileSync(
      journal,
      lines.replace(/"mae":(\d+)/, (_, digits: string) => `"mae":${Number(digits) + 1}`),
    );
    const verified = await verify(run.directory);
    writeFileSync(journal, lines);
    expect(verified.results[0]).toMatchObject({ trial: "001", status: "different" });
    expect(verified.results[0]?.message).toMatch(/^validation mae: [\d.]+ instead of [\d.]+$/);
  });

  it("tells when the data file has changed", async () => {
    const data = readFileSync(run.data, "utf8");
    writeFileSync(run.data, `${data}70,2,Elm,2024-01-11,99000\n`);
    const verified = await verify(run.directory);
    writeFileSync(run.data, data);
    expect(verified.results[0]).toMatchObject({ status: "failed" });
    expect(verified.results[0]?.message).toContain("AUTOML_FILE_CHANGED");
  });
});

describe("printing a run again", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.clear());

  it("brings scripts up to date that nobody has changed, and leaves the others", async () => {
    const run = await makeHouseRun(folder.path);
    await emitRun(run.directory, { scripts: "write", report: false });
    const script = join(run.trial, "trial.ts");
    const journal = join(run.directory, "journal.jsonl");
    const first = readFileSync(script, "utf8");
    const measure = (rmse: number): void => {
      const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
      const { sequence } = JSON.parse(lines.at(-1)!) as { sequence: number };
      const exam = { number: 1, test: { rmse, mae: 1, r2: 0.5 } };
      const line = {
        sequence: sequence + 1,
        time: "2026-01-01T00:00:00.000Z",
        type: "trial-examined",
        exam,
      };
      writeFileSync(journal, `${lines.join("\n")}\n${JSON.stringify(line)}\n`);
    };
    // A later sitting measures what the first had no time for.
    measure(4321.5);
    await emitRun(run.directory, { scripts: "keep", report: false });
    const second = readFileSync(script, "utf8");
    expect(second).not.toBe(first);
    expect(second).toContain("4321.5");
    writeFileSync(script, `${second}// mine\n`);
    measure(1234.5);
    await emitRun(run.directory, { scripts: "keep", report: false });
    expect(readFileSync(script, "utf8")).toBe(`${second}// mine\n`);
  });
});
