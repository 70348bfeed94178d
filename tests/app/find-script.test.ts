import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findScript } from "../../src/app/find-script.ts";
import { temporaryFolder } from "./script/house-run.ts";

const folder = temporaryFolder();
const run = join(folder.path, "automl-runs", "houses");
const trial = join(run, "trials", "017-ridge", "trial.ts");

beforeAll(() => {
  mkdirSync(join(run, "trials", "017-ridge"), { recursive: true });
  mkdirSync(join(run, "best"));
  writeFileSync(join(run, "journal.jsonl"), "");
  writeFileSync(trial, "");
  writeFileSync(join(run, "best", "trial.ts"), "");
  writeFileSync(join(folder.path, "own.ts"), "");
});
afterAll(() => folder.clear());

describe("findScript", () => {
  it("takes paths, folders, ids and best", () => {
    expect(findScript(trial)).toEqual({ path: trial, run });
    expect(findScript(join(run, "trials", "017-ridge"))).toEqual({ path: trial, run });
    expect(findScript("017", run)).toEqual({ path: trial, run });
    expect(findScript("17", run)).toEqual({ path: trial, run });
    expect(findScript("best", run)).toEqual({ path: join(run, "best", "trial.ts"), run });
    expect(findScript(join(folder.path, "own.ts"))).toEqual({
      path: join(folder.path, "own.ts"),
      run: null,
    });
  });

  it("says what it did not find", () => {
    expect(() => findScript("018", run)).toThrow("no script of trial 018");
    expect(() => findScript("nothing.ts")).toThrow('There is no script "nothing.ts"');
  });
});
