import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The package as a stranger gets it: the files that `npm pack` puts in, unpacked into `node_modules` of an empty
 * project, with the checkout's dependencies beside it (so that no test needs the network).
 */
describe("the packed package in an empty folder", () => {
  let project = "";
  let automl = "";

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), "automl-packed-"));
    writeFileSync(
      join(project, "package.json"),
      '{ "name": "empty", "private": true, "type": "module" }\n',
    );
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", project], {
      cwd: root,
      stdio: "pipe",
    });
    const tarball = readdirSync(project).find((name) => name.endsWith(".tgz"))!;
    const installed = join(project, "node_modules", "glassbox-automl");
    execFileSync("mkdir", ["-p", installed]);
    execFileSync("tar", ["-xzf", join(project, tarball), "-C", installed, "--strip-components=1"]);
    for (const name of runtimePackages()) link(name, project);
    automl = join(installed, "dist/cli/main.js");
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [automl, ...args], { cwd: project, encoding: "utf8" });
  }

  it("trains on a shipped data set and leaves the run folder that the contract names", () => {
    const data = join(project, "node_modules/glassbox-automl/datasets/diabetes.csv");
    const trained = run("train", data, "--max-trials", "14", "--out", "run");
    expect(trained.stderr).toContain("diabetes.csv");
    expect(trained.status).toBe(0);
    expect(readdirSync(join(project, "run")).sort()).toEqual(
      expect.arrayContaining([
        "AGENTS.md",
        "best",
        "data",
        "journal.jsonl",
        "leaderboard.csv",
        "package.json",
        "predictions.f64",
        "report.html",
        "run.json",
        "trials",
        "tsconfig.json",
      ]),
    );
    const record = JSON.parse(readFileSync(join(project, "run/run.json"), "utf8")) as {
      trials: { family: string; status: string }[];
    };
    const families = new Set(
      record.trials.filter((t) => t.status === "completed").map((t) => t.family),
    );
    for (const family of ["mean", "linear", "ridge", "gradientBoosting"])
      expect(families).toContain(family);
  });

  it("gives scripts that type-check where they lie", () => {
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "--noEmit", "-p", "run"], {
      cwd: project,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });

  it("gives scripts that reproduce their scores, through the command and through tsx alone", () => {
    const verified = run("verify", "run");
    expect(verified.stdout).toMatch(/15 of 15 scripts give the recorded scores to the last bit/);
    const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
    const alone = spawnSync(process.execPath, [tsx, "trial.ts"], {
      cwd: join(project, "run/best"),
      encoding: "utf8",
    });
    expect(alone.stderr).toBe("");
    expect(alone.stdout).toMatch(/same to the last bit/);
  });

  it("predicts a file, one line per row", () => {
    const data = join(project, "node_modules/glassbox-automl/datasets/diabetes.csv");
    expect(run("predict", "run", data, "--out", "out.csv").status).toBe(0);
    const lines = readFileSync(join(project, "out.csv"), "utf8").trim().split("\n");
    expect(lines[0]).toBe("prediction");
    expect(lines).toHaveLength(443);
    for (const line of lines.slice(1)) expect(Number.isFinite(Number(line))).toBe(true);
  });

  it("is a library too", () => {
    writeFileSync(
      join(project, "use.mjs"),
      `import { train } from "glassbox-automl";
       const run = await train("node_modules/glassbox-automl/datasets/cars_mpg.csv", { target: "Miles_per_Gallon", maxTrials: 6, out: "lib" });
       console.log(run.best.trial.model.kind, run.best.predict({ ...Object.fromEntries(run.best.trial.features.map((f) => [f.column, null])) }));`,
    );
    const { stdout, status } = spawnSync(process.execPath, ["use.mjs"], {
      cwd: project,
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\w+ \d+\.\d+\n$/);
  });
});

/** Everything in the checkout's `node_modules` but this package and what only development needs to have on its path. */
function runtimePackages(): string[] {
  return readdirSync(join(root, "node_modules")).filter((name) => !name.startsWith("."));
}

function link(name: string, project: string): void {
  symlinkSync(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
}
