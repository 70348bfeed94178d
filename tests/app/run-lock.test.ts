import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { holdRun, isHeld } from "../../src/app/run-lock.ts";

const run = mkdtempSync(join(tmpdir(), "run-lock-"));
const lock = join(run, ".training");
const journal = join(run, "journal.jsonl");
afterAll(() => rmSync(run, { recursive: true, force: true }));

const heldBy = (pid: number, host: string): void =>
  writeFileSync(lock, JSON.stringify({ pid, host }));
const busy = expect.objectContaining({ code: "AUTOML_RUN_BUSY" }) as Error;

describe("holdRun", () => {
  beforeEach(() => {
    rmSync(lock, { force: true });
    writeFileSync(journal, "");
  });

  it("lets one command at a time train a run", () => {
    expect(isHeld(run)).toBe(false);
    const release = holdRun(run);
    expect(isHeld(run)).toBe(true);
    expect(() => holdRun(run)).toThrow(busy);
    release();
    expect(isHeld(run)).toBe(false);
    expect(existsSync(lock)).toBe(false);
    holdRun(run)();
  });

  it("takes over what a process left that is dead, though its number may be ours now", () => {
    heldBy(spawnSync(process.execPath, ["--version"]).pid, hostname());
    holdRun(run)();
    heldBy(process.pid, hostname());
    holdRun(run)();
  });

  it.runIf(process.platform === "linux")(
    "takes over from a killed process that nobody waited for",
    async () => {
      // The shell becomes a sleep that never waits for its child.
      const parent = spawn("sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
      const [printed] = (await once(parent.stdout, "data")) as [Buffer];
      const child = Number(printed.toString());
      heldBy(child, hostname());
      expect(() => holdRun(run)).toThrow(busy);
      process.kill(child, "SIGKILL");
      await expect.poll(() => readFileSync(`/proc/${child}/stat`, "utf8")).toMatch(/\) Z /);
      holdRun(run)();
      parent.kill("SIGKILL");
    },
  );

  it("does not take over from a process that lives", () => {
    heldBy(process.ppid, hostname());
    expect(() => holdRun(run)).toThrow(busy);
  });

  it("believes another machine as long as it writes to the journal", () => {
    heldBy(1, "elsewhere.invalid");
    expect(() => holdRun(run)).toThrow(busy);
    utimesSync(journal, 1000, 1000);
    holdRun(run)();
  });

  it("does not take what it cannot read for nothing", () => {
    writeFileSync(lock, "");
    expect(() => holdRun(run)).toThrow(busy);
  });
});
