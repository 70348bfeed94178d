import { describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { failed, record, trials } from "../fake-run.ts";
import { fakeCli } from "../fake-terminal.ts";

const summary = {
  name: record.name,
  directory: "/home/me/automl-runs/sacramento-0914",
  data: record.data.path,
  target: "price",
  metric: record.metric,
  trials: 6,
  failed: 1,
  stopped: record.stopped,
  elapsedSeconds: 41,
  best: trials[0]!,
};

describe("automl runs", () => {
  it("lists runs with their best scores", async () => {
    const cli = fakeCli({ listRuns: () => Promise.resolve([summary]) });
    expect(await runCli(["runs"], cli)).toBe(0);
    expect(cli.out.text).toMatch(/sacramento-0914 +price +6 +1 +41 s +RMSE 71 805 +ridge \(042\)/);
  });

  it("lists failed trials with their reasons", async () => {
    const asked: string[] = [];
    const failedTrials = (run: string) => {
      asked.push(run);
      return Promise.resolve({ trials: [failed] });
    };
    const cli = fakeCli({ failedTrials });
    expect(await runCli(["runs", "--failed"], cli)).toBe(0);
    expect(await runCli(["runs", "sacramento-0914", "--failed"], cli)).toBe(0);
    expect(asked).toEqual(["/home/me/automl-runs/newest", "sacramento-0914"]);
    expect(cli.out.text).toContain("AUTOML_TRIAL_TIMED_OUT");
  });
});
