import { describe, expect, it } from "vitest";
import { commandName, nameRun, nextSteps } from "../../../src/cli/ui/next-steps.ts";
import { record } from "../fake-run.ts";

const steps = (directory: string, run = record): string =>
  nextSteps(run, nameRun(directory, "/home/me"), "automl");

describe("nextSteps", () => {
  it("calls a run in the usual place by its name", () => {
    expect(steps("/home/me/automl-runs/sacramento-0914")).toMatchInlineSnapshot(`
      "
        report    automl-runs/sacramento-0914/report.html       automl report --open
        script    automl-runs/sacramento-0914/best/trial.ts     automl run --watch best
        predict   automl predict sacramento-0914 new-rows.csv
      "
    `);
  });

  it("gives whole paths, quoted for a shell, elsewhere", () => {
    expect(steps("/data/my runs/it's")).toMatchInlineSnapshot(`
      "
        report    /data/my runs/it's/report.html                        automl report '/data/my runs/it'\\''s' --open
        script    /data/my runs/it's/best/trial.ts                      automl run --watch '/data/my runs/it'\\''s/best/trial.ts'
        predict   automl predict '/data/my runs/it'\\''s' new-rows.csv
      "
    `);
  });

  it("offers only the report when there is no model", () => {
    const lines = steps("/home/me/automl-runs/a", { ...record, best: null });
    expect(lines.trim().split("\n")).toHaveLength(1);
  });
});

describe("commandName", () => {
  it("is what the user typed, as far as it can be known", () => {
    expect(commandName({}, "/usr/bin/automl")).toBe("automl");
    expect(commandName({ npm_command: "exec" }, "/p/node_modules/.bin/automl")).toBe("npx automl");
    expect(commandName({ npm_command: "exec" }, "/c/_npx/ab/node_modules/.bin/automl")).toBe(
      "npx glassbox-automl",
    );
  });
});
