import { describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { fakeCli } from "../fake-terminal.ts";

describe("automl report", () => {
  it("prints where the report is, for the runs that are named or for the newest", async () => {
    const calls: (readonly string[])[] = [];
    const report = (runs: readonly string[]) => {
      calls.push(runs);
      return Promise.resolve("/home/me/automl-runs/a/report.html");
    };
    const cli = fakeCli({ report });
    expect(await runCli(["report", "a", "b"], cli)).toBe(0);
    expect(await runCli(["report"], cli)).toBe(0);
    expect(calls).toEqual([["a", "b"], ["/home/me/automl-runs/newest"]]);
    expect(cli.out.text).toBe("  automl-runs/a/report.html\n".repeat(2));
  });
});
