import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** How one call of the compiled program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled program as a shell would, in a folder; a call that does not come back is ended after a minute. */
export function automl(folder: string, ...argv: readonly string[]): Promise<Ended> {
  return ended(folder, [main, ...argv]);
}

/** Runs Node in a folder. */
export function ended(folder: string, argv: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, argv, {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: "", npm_command: "" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/**
 * One clear message on stderr: the code once, what happened, and after it what to do; no stack. Wrong usage exits with
 * 2, all else with 1.
 */
export function expectError(
  { status, stderr }: Ended,
  code: string,
  message: RegExp,
  hint: RegExp,
): void {
  const found = /^ {2}error (AUTOML_\w+) {2}([^]+)$/m.exec(stderr);
  expect(found?.[1], stderr).toBe(code);
  expect(stderr.match(/error AUTOML_/g)).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at \S+ \(/m);
  // Lines are wrapped at words.
  const said = found![2]!.replace(/\s+/g, " ");
  expect(said).toMatch(message);
  expect(said.slice(said.search(message))).toMatch(hint);
  expect(status).toBe(code === "AUTOML_OPTION_INVALID" ? 2 : 1);
}
