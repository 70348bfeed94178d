import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly main: string;
  readonly types: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>> | string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read("package.json")) as Manifest;

describe("package.json", () => {
  it("says what the package is", () => {
    expect(manifest.name).toBe("glassbox-automl");
    expect(manifest.type).toBe("module");
    expect(manifest.license).toBe("MIT");
    expect(manifest.engines).toEqual({ node: ">=20.19" });
  });

  it("exports types first and a default that require() takes too", () => {
    const entry = manifest.exports["."];
    expect(Object.keys(entry!)).toEqual(["types", "default"]);
    expect(entry).toEqual({ types: manifest.types, default: manifest.main });
    expect(manifest.exports["./package.json"]).toBe("./package.json");
  });

  it("names files that the build makes", () => {
    for (const file of [manifest.main, manifest.types, manifest.bin["automl"]!])
      expect(existsSync(join(root, file)), file).toBe(true);
    expect(read(manifest.bin["automl"]!).startsWith("#!/usr/bin/env node\n")).toBe(true);
  });

  it("publishes what is needed to run and nothing else", () => {
    expect(manifest.files).toEqual(["dist", "templates", "datasets", "CHANGELOG.md"]);
    for (const file of manifest.files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it("runs nothing when it is installed from the registry or from the packed file", () => {
    const names = Object.keys(manifest.scripts);
    const atInstall = [
      "preinstall",
      "install",
      "postinstall",
      "prepublish",
      "preprepare",
      "postprepare",
    ];
    expect(names.filter((name) => atInstall.includes(name))).toEqual([]);
  });

  it("pins every version, so that a checkout installs the same everywhere", () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(versions))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it("depends on nothing from git, a URL or this disk", () => {
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(version, name).not.toMatch(/[:/]/);
  });
});

describe("package-lock.json", () => {
  const lock = read("package-lock.json");

  it("names no host and no folder of a machine", () => {
    expect(lock).not.toMatch(/"resolved"/);
    expect(lock).not.toMatch(/https?:\/\/(?:[\w-]+\.)*(?:registry|npmjs|npm)\./);
    expect(lock).not.toMatch(/"(?:file:)?\/(?:home|Users|root|tmp|work)\//);
  });

  it("holds the optional packages of every platform, not only of the one it was made on", () => {
    const { packages } = JSON.parse(lock) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const optional = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    );
    const paths = Object.keys(packages);
    const missing = optional.filter(
      (name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)),
    );
    expect(missing).toEqual([]);
  });

  it("belongs to package.json", () => {
    const { name, version, packages } = JSON.parse(lock) as {
      name: string;
      version: string;
      packages: Record<string, Partial<Manifest>>;
    };
    expect({ name, version }).toEqual({ name: manifest.name, version: manifest.version });
    expect(packages[""]!.dependencies).toEqual(manifest.dependencies);
    expect(packages[""]!.devDependencies).toEqual(manifest.devDependencies);
  });
});

describe(".ci/run", () => {
  it("can be executed", () => {
    expect(statSync(join(root, ".ci/run")).mode & 0o111).not.toBe(0);
  });
});

describe("LICENSE and CHANGELOG.md", () => {
  it("stand beside the code", () => {
    expect(read("LICENSE")).toContain("Glassbox AutoML contributors");
    expect(read("CHANGELOG.md")).toContain(`## ${manifest.version}`);
  });
});
