import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageDirectory, toolVersion } from "../../src/app/installation.ts";
import { linkPackage } from "../../src/app/link-package.ts";
import { temporaryFolder } from "./script/house-run.ts";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.clear());

describe("linkPackage", () => {
  it("links the package and its command inside the run", () => {
    const run = join(folder.path, "run");
    const at = join(run, "node_modules", "glassbox-automl");
    expect(linkPackage(run)).toEqual({ kind: "linked", at });
    expect(realpathSync(at)).toBe(realpathSync(packageDirectory()));
    const { stdout } = spawnSync(join(run, "node_modules", ".bin", "automl"), ["--version"], {
      encoding: "utf8",
    });
    expect(stdout.trim()).toBe(toolVersion());
    const tsx = spawnSync(join(run, "node_modules", ".bin", "tsx"), ["-p", "1 as number"], {
      encoding: "utf8",
    });
    expect(tsx.stdout.trim()).toBe("1");
    expect(linkPackage(run)).toEqual({ kind: "linked", at });
  });

  it("replaces a link to an installation that is gone", () => {
    const run = join(folder.path, "run");
    const at = join(run, "node_modules", "glassbox-automl");
    mkdirSync(join(run, "node_modules"), { recursive: true });
    symlinkSync(join(folder.path, "gone"), at);
    expect(linkPackage(run).kind).toBe("linked");
    expect(realpathSync(at)).toBe(realpathSync(packageDirectory()));
  });

  it("leaves an installation of the user's own alone", () => {
    const installed = join(folder.path, "node_modules", "glassbox-automl");
    mkdirSync(installed, { recursive: true });
    expect(linkPackage(folder.path)).toEqual({ kind: "installed", at: installed });
    expect(lstatSync(installed).isDirectory()).toBe(true);
    expect(existsSync(join(folder.path, "node_modules", ".bin"))).toBe(false);
  });

  it("never fails a run", () => {
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    expect(linkPackage(join(file, "run")).kind).toBe("failed");
  });
});
