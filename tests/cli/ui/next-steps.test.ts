import { describe, expect, it } from "vitest";
import { nextSteps, runPath } from "../../../src/cli/ui/next-steps.ts";
import { record } from "../fake-run.ts";

const steps = (directory: string, run = record, interrupted = false): string =>
  nextSteps({ record: run, interrupted }, runPath(directory, "/home/me"), "npx automl");

describe("nextSteps", () => {
  it("gives the paths from the working directory", () => {
    expect(steps("/home/me/automl-runs/sacramento-0914")).toMatchInlineSnapshot(`
      "
        report    automl-runs/sacramento-0914/report.html
                  npx automl report automl-runs/sacramento-0914 --open
        script    npx automl run --watch automl-runs/sacramento-0914/best/trial.ts
        predict   npx automl predict automl-runs/sacramento-0914 new-rows.csv
      "
    `);
  });

  it("gives whole paths, quoted for a shell, elsewhere", () => {
    expect(steps("/data/my runs/it's")).toMatchInlineSnapshot(`
      "
        report    /data/my runs/it's/report.html
                  npx automl report '/data/my runs/it'\\''s' --open
        script    npx automl run --watch '/data/my runs/it'\\''s/best/trial.ts'
        predict   npx automl predict '/data/my runs/it'\\''s' new-rows.csv
      "
    `);
  });

  it("offers only the report when there is no model", () => {
    const lines = steps("/home/me/automl-runs/a", { ...record, best: null });
    expect(lines.trim().split("\n")).toHaveLength(2);
  });

  it("says how to go on with a run that was stopped, also before its first trial", () => {
    const goOn = "  go on    npx automl resume automl-runs/a\n";
    expect(steps("/home/me/automl-runs/a", { ...record, best: null }, true)).toContain(goOn);
    expect(steps("/home/me/automl-runs/a")).not.toContain("resume");
  });
});
