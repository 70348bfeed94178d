import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeReport } from "../../src/app/write-report.ts";
import type { JournaledRun } from "../../src/engine/run-record.ts";
import { fixtureRun } from "../report/fixture.ts";

const scratch = mkdtempSync(join(tmpdir(), "glassbox-report-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("writeReport", () => {
  const folder = join(scratch, "a");
  mkdirSync(folder);
  const { record, details, scripts } = fixtureRun({ trials: 11, hostile: false });
  const run = { record, details, config: { samples: true } } as unknown as JournaledRun;

  it("gives lines to paste that hold where it was called", async () => {
    const path = await writeReport(folder, { run, record, scripts });
    expect(path).toBe(join(folder, "report.html"));
    const reference = relative(process.cwd(), folder).replaceAll("\\", "/");
    expect(readFileSync(path, "utf8")).toContain(`"line":"npx automl verify ${reference}"`);
  });

  it("leaves the run's own report alone when it compares", async () => {
    const own = join(folder, "report.html");
    rmSync(own, { force: true });
    const path = await writeReport(folder, { run, record, scripts, otherRuns: [record] });
    expect(path).toBe(join(folder, "comparison.html"));
    expect(existsSync(own)).toBe(false);
  });
});
