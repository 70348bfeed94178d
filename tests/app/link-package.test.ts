import {
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageDirectory } from "../../src/app/installation.ts";
import { linkPackage } from "../../src/app/link-package.ts";
import { temporaryFolder } from "./script/house-run.ts";

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.clear());

describe("linkPackage", () => {
  it("links the package once for all runs below automl-runs", () => {
    const run = join(folder.path, "automl-runs", "one");
    mkdirSync(run, { recursive: true });
    const at = join(folder.path, "automl-runs", "node_modules", "glassbox-automl");
    expect(linkPackage(run)).toEqual({ kind: "linked", at });
    expect(realpathSync(at)).toBe(realpathSync(packageDirectory()));
    expect(linkPackage(join(folder.path, "automl-runs", "two"))).toEqual({ kind: "resolves", at });
  });

  it("stays inside a run that lies in a folder of the user's own", () => {
    const run = join(folder.path, "results");
    mkdirSync(run);
    expect(linkPackage(run)).toEqual({
      kind: "linked",
      at: join(run, "node_modules", "glassbox-automl"),
    });
  });

  it("replaces a link to an installation that is gone, and never a folder", () => {
    const run = join(folder.path, "run");
    const at = join(run, "node_modules", "glassbox-automl");
    mkdirSync(join(run, "node_modules"), { recursive: true });
    symlinkSync(join(folder.path, "gone"), at);
    expect(linkPackage(run).kind).toBe("linked");
    expect(realpathSync(at)).toBe(realpathSync(packageDirectory()));
    const other = join(folder.path, "other");
    const installed = join(other, "node_modules", "glassbox-automl");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, "package.json"), '{"version":"0.0.1"}');
    expect(linkPackage(other).kind).toBe("failed");
    expect(lstatSync(installed).isDirectory()).toBe(true);
  });

  it("uses an installation of the same version", () => {
    const { version } = JSON.parse(
      readFileSync(join(packageDirectory(), "package.json"), "utf8"),
    ) as { version: string };
    const installed = join(folder.path, "node_modules", "glassbox-automl");
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, "package.json"), JSON.stringify({ version }));
    expect(linkPackage(join(folder.path, "a", "b"))).toEqual({ kind: "resolves", at: installed });
  });

  it("never fails a run", () => {
    const file = join(folder.path, "file");
    writeFileSync(file, "");
    expect(linkPackage(join(file, "run")).kind).toBe("failed");
  });
});
