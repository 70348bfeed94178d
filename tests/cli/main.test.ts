import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Runs the compiled program as a shell would. */
function automl(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "", npm_command: "" },
  });
  return { status, stdout, stderr };
}

describe("the program", () => {
  it("prints its version", () => {
    expect(automl("--version")).toMatchObject({ status: 0, stderr: "" });
  });

  it("tells a wrong flag from a wrong file by its exit code", () => {
    const usage = automl("train", "a.csv", "--traget", "x");
    expect(usage).toMatchObject({ status: 2, stdout: "" });
    expect(usage.stderr).toContain('Did you mean "--target"?');
    const missing = automl("train", "there-is-no-such-file.csv");
    expect(missing).toMatchObject({ status: 1, stdout: "" });
    expect(missing.stderr).toContain("error AUTOML_FILE_MISSING  ");
  });
});
