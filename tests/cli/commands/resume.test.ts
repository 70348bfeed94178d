import { describe, expect, it } from "vitest";
import type { ResumeOptions } from "../../../src/app/resume.ts";
import { runCli } from "../../../src/cli/program.ts";
import { bestModel, events, record } from "../fake-run.ts";
import { fakeCli } from "../fake-terminal.ts";

describe("automl resume", () => {
  it("goes on with a run, or the newest, and tells its end as train does", async () => {
    const calls: (readonly [string, object])[] = [];
    const resume = (run: string, { on, signal: _signal, ...limits }: ResumeOptions = {}) => {
      calls.push([run, limits]);
      for (const event of events.slice(5)) on?.event?.(event);
      const directory = "/home/me/automl-runs/sacramento-0914";
      return Promise.resolve({
        directory,
        record,
        best: bestModel,
        ensemble: null,
        interrupted: false,
      });
    };
    const cli = fakeCli({ resume });
    expect(await runCli(["resume", "a", "--time-budget", "30", "--max-trials", "9"], cli)).toBe(0);
    expect(await runCli(["resume", "--quiet"], cli)).toBe(0);
    expect(calls).toEqual([
      ["a", { timeBudget: 30, maxTrials: 9 }],
      ["/home/me/automl-runs/newest", {}],
    ]);
    const named = fakeCli({ resume });
    expect(await runCli(["resume"], named)).toBe(0);
    expect(named.err.text).toMatch(/^ {2}run +automl-runs\/sacramento-0914, from its journal\n/);
    expect(cli.err.text).toContain("2 workers. Ctrl-C stops early");
    expect(cli.out.text).toContain("error (validation RMSE)");
  });
});
