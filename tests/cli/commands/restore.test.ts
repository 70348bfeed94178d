import { describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { fakeCli } from "../fake-terminal.ts";

describe("automl restore", () => {
  it("takes a run and a trial, or a trial of the newest run", async () => {
    const calls: (readonly [string, string])[] = [];
    const restore = (run: string, trial: string) => {
      calls.push([run, trial]);
      return Promise.resolve("/home/me/automl-runs/a/trials/017-ridge/trial.ts");
    };
    const cli = fakeCli({ restore });
    expect(await runCli(["restore", "a", "017"], cli)).toBe(0);
    expect(await runCli(["restore", "017"], cli)).toBe(0);
    expect(calls).toEqual([
      ["a", "017"],
      ["/home/me/automl-runs/newest", "017"],
    ]);
    expect(cli.out.text).toContain("  restored automl-runs/a/trials/017-ridge/trial.ts\n");
  });
});
