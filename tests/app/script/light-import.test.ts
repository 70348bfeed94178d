import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** What a script must not wait for: it is loaded where it is used. */
const heavy = [
  "@duckdb/node-api",
  "vega",
  "vega-lite",
  "handlebars",
  "piscina",
  "commander",
  "zod",
  "yaml",
];

/** Packages and files that importing a module imports, types and `import()` left out. */
function reached(entry: string): { packages: Set<string>; files: Set<string> } {
  const packages = new Set<string>();
  const files = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const source = readFileSync(file, "utf8");
    const imports = source.matchAll(
      /^(?:import|export)\s+(?!type\b)(?:[^;]*?\sfrom\s+)?"([^"]+)";/gm,
    );
    for (const [, specifier = ""] of imports) {
      if (specifier.startsWith(".")) visit(join(dirname(file), specifier));
      else if (!specifier.startsWith("node:")) packages.add(specifier);
    }
  };
  visit(entry);
  return { packages, files };
}

describe("importing the package", () => {
  const { packages, files } = reached(
    fileURLToPath(new URL("../../../src/index.ts", import.meta.url)),
  );

  it("loads nothing that only reading, drawing or printing needs", () => {
    expect(files.size).toBeGreaterThan(50);
    expect([...packages].filter((name) => heavy.includes(name))).toEqual([]);
  });
});
