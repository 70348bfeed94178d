import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findRun, newestRun } from "../../src/app/find-run.ts";
import { findScript } from "../../src/app/find-script.ts";
import { listRuns } from "../../src/app/runs.ts";
import { makeHouseRun, temporaryFolder, type HouseRun } from "./script/house-run.ts";

const folder = temporaryFolder();
let run: HouseRun;
let runs: string;

beforeAll(async () => {
  run = await makeHouseRun(folder.path);
  runs = join(folder.path, "automl-runs");
  for (const [name, journal] of [
    ["empty", ""],
    ["torn", "{oops}\n"],
  ] as const) {
    mkdirSync(join(runs, name));
    writeFileSync(join(runs, name, "journal.jsonl"), journal);
  }
  utimesSync(join(run.directory, "journal.jsonl"), 1e9, 1e9);
  writeFileSync(join(run.trial, "trial.ts"), "");
});
afterAll(() => folder.clear());
afterEach(() => vi.restoreAllMocks());

/** Tests run in worker threads, which cannot change their directory. */
function workIn(directory: string): void {
  vi.spyOn(process, "cwd").mockReturnValue(directory);
}

describe("the runs of a place", () => {
  it("are found by name from above, from their folder and from within one of them", () => {
    for (const place of [folder.path, runs, run.directory, run.trial]) {
      workIn(place);
      expect(findRun("houses")).toBe(run.directory);
      expect(() => findRun("house")).toThrow(
        expect.objectContaining({ code: "AUTOML_RUN_UNKNOWN", hint: 'Did you mean "houses"?' }),
      );
      expect(listRuns().map(({ name }) => name)).toContain("houses");
    }
  });

  it("give the one that the directory lies in, else the newest", () => {
    for (const place of [run.directory, join(run.directory, "trials"), run.trial]) {
      workIn(place);
      expect(newestRun()).toBe(run.directory);
      expect(findScript("1").run).toBe(run.directory);
    }
    for (const place of [folder.path, runs]) {
      workIn(place);
      expect(newestRun()).not.toBe(run.directory);
    }
  });

  it("are listed under their folders' names, broken ones with the reason", () => {
    workIn(folder.path);
    const listed = listRuns();
    expect(listed.map(({ name }) => name)).toEqual(["empty", "houses", "torn"]);
    expect(listed[0]).toMatchObject({
      broken: expect.stringContaining("does not begin") as string,
    });
    expect(listed[1]).toMatchObject({ target: "price", trials: 1 });
    expect(listed[2]).toMatchObject({ broken: expect.stringContaining("Line 1") as string });
  });
});
