import { describe, expect, it } from "vitest";
import type { RunScriptOptions } from "../../../src/app/run-script.ts";
import { runCli } from "../../../src/cli/program.ts";
import { fakeCli } from "../fake-terminal.ts";

function fakeRunScript(exitCode: number) {
  const calls: (readonly [string, RunScriptOptions["test"]])[] = [];
  const runScript = (script: string, { test }: RunScriptOptions = {}) => {
    calls.push([script, test]);
    return Promise.resolve({
      script,
      exitCode,
      signal: null,
      reports: [],
      failure: null,
      output: "",
    });
  };
  return { calls, runScript };
}

describe("automl run", () => {
  it("runs a script by what the user wrote, the test closed unless it is asked for", async () => {
    const { calls, runScript } = fakeRunScript(0);
    expect(await runCli(["run", "017"], fakeCli({ runScript }))).toBe(0);
    expect(await runCli(["run", "best", "--test"], fakeCli({ runScript }))).toBe(0);
    expect(calls).toEqual([
      ["017", false],
      ["best", true],
    ]);
  });

  it("names the run of a script that was not given as a path", async () => {
    const runScript = (script: string, { onRun }: RunScriptOptions = {}) => {
      onRun?.("/home/me/automl-runs/a");
      return fakeRunScript(0).runScript(script);
    };
    const byId = fakeCli({ runScript });
    await runCli(["run", "017"], byId);
    expect(byId.err.text).toBe("  run   automl-runs/a\n");
    const byPath = fakeCli({ runScript });
    await runCli(["run", "automl-runs/a/best/trial.ts"], byPath);
    expect(byPath.err.text).toBe("");
  });

  it("fails when the script does, whatever its code", async () => {
    const { runScript } = fakeRunScript(7);
    const cli = fakeCli({ runScript });
    expect(await runCli(["run", "trial.ts"], cli)).toBe(1);
    expect(cli.err.text).toBe("");
  });

  it("prints what a script prints itself where a pipe reads it, and leaves a terminal to the script", async () => {
    const talking = (script: string, { onOutput }: RunScriptOptions = {}) => {
      onOutput?.("rmse 71 805\n");
      return Promise.resolve({
        script,
        exitCode: 0,
        signal: null,
        reports: [],
        failure: null,
        output: "",
      });
    };
    const piped = fakeCli({ runScript: talking });
    expect(await runCli(["run", "017"], piped)).toBe(0);
    expect(piped.out.text).toBe("rmse 71 805\n");
    const seen = fakeCli({ runScript: talking });
    Object.assign(seen.out, { isTerminal: true });
    expect(await runCli(["run", "017"], seen)).toBe(0);
    expect(seen.out.text).toBe("");
  });

  it("watches until Ctrl-C, which is the way to end it", async () => {
    const watchScript = (_script: string, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise<void>((resolve) => signal?.addEventListener("abort", () => resolve()));
    const cli = fakeCli({ watchScript });
    const ended = runCli(["run", "--watch", "017"], cli);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cli.interrupt();
    expect(await ended).toBe(0);
  });
});
