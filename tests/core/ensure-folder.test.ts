import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeFileAtomic } from "../../src/core/atomic-file.ts";
import { ensureFolder } from "../../src/core/ensure-folder.ts";

const root = mkdtempSync(join(tmpdir(), "ensure-folder-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const file = join(root, "file");
writeFileSync(file, "");

describe("ensureFolder", () => {
  it("makes what is missing and names the topmost that it made", () => {
    expect(ensureFolder(join(root, "a/b/c"))).toBe(join(root, "a"));
    expect(ensureFolder(join(root, "a/b/d"))).toBe(join(root, "a/b/d"));
    expect(ensureFolder(join(root, "a/b/d"))).toBeUndefined();
    expect(existsSync(join(root, "a/b/c"))).toBe(true);
  });

  it("throws what the system says", () => {
    expect(() => ensureFolder(file)).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(() => ensureFolder(join(file, "a/b"))).toThrow(
      expect.objectContaining({ code: "ENOTDIR" }),
    );
  });

  it.runIf(process.platform === "linux")("comes back where nothing can be made", () => {
    expect(() => ensureFolder("/proc/glassbox/automl")).toThrow(/mkdir/);
  });
});

describe("writeFileAtomic", () => {
  it.each([
    [join(file, "below"), "a file stands where a folder is needed"],
    [root, "it is a folder"],
  ])("has a code and a reason when it cannot write %s", (path, reason) => {
    expect(() => writeFileAtomic(path, "text")).toThrow(
      expect.objectContaining({
        code: "AUTOML_OUTPUT_UNWRITABLE",
        message: `${path} cannot be written: ${reason}.`,
      }),
    );
    expect(existsSync(`${path}.${process.pid}.tmp`)).toBe(false);
  });
});
