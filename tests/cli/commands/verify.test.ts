import { describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import type { Verification, VerifiedTrial, VerifyOptions } from "../../../src/app/verify.ts";
import { fakeCli } from "../fake-terminal.ts";

const result = (status: VerifiedTrial["status"]): VerifiedTrial => ({
  trial: "001",
  status,
  edited: false,
  message: "",
});

/** A verify() with these results, and the runs it was called with. */
function fakeVerify(...results: readonly VerifiedTrial[]) {
  const scripts = results.length;
  const runs: string[] = [];
  const verify = (run: string, options: VerifyOptions = {}) => {
    runs.push(run);
    results.forEach((one, i) => options.onTrial?.(one, i + 1, results.length));
    return Promise.resolve({ directory: run, node: "20.20.2", results, scripts, seconds: 2 });
  };
  return { runs, verify };
}

describe("automl verify", () => {
  it("ends with 0 when every script gives the recorded scores, else with 1", async () => {
    const same = fakeCli({ verify: fakeVerify(result("same")).verify });
    expect(await runCli(["verify", "sacramento-0914"], same)).toBe(0);
    expect(same.out.text).toContain("1 of 1 script gives the recorded scores");
    expect(same.err.text).toBe("");
    for (const status of ["different", "failed"] as const) {
      const cli = fakeCli({ verify: fakeVerify(result("same"), result(status)).verify });
      expect(await runCli(["verify", "x"], cli)).toBe(1);
    }
  });

  it("means the newest run when none is named", async () => {
    const { runs, verify } = fakeVerify(result("same"));
    const cli = fakeCli({ verify });
    await runCli(["verify"], cli);
    expect(runs).toEqual(["/home/me/automl-runs/newest"]);
    expect(cli.err.text).toBe("  run   automl-runs/newest\n");
  });

  it("says that it was interrupted, and how much was checked", async () => {
    const verify = (directory: string, { signal }: VerifyOptions = {}) =>
      new Promise<Verification>((resolve) => {
        const results = [result("same"), result("same")];
        signal?.addEventListener("abort", () =>
          resolve({ directory, node: "20.20.2", results, scripts: 152, seconds: 2 }),
        );
      });
    const cli = fakeCli({ verify });
    const ended = runCli(["verify", "x"], cli);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cli.interrupt();
    expect(await ended).toBe(130);
    expect(cli.out.text).toContain(
      "Interrupted: 2 of 152 scripts were checked, and 2 of these give the recorded scores",
    );
  });
});
