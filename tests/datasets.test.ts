import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sha256 } from "../src/core/json.ts";

interface Entry {
  readonly file: string;
  readonly rows: number;
  readonly target: string;
  readonly source: string;
  readonly licence: string;
  readonly description: string;
  readonly sha256: string;
}

const folder = new URL("../datasets/", import.meta.url);
const catalog = JSON.parse(readFileSync(new URL("catalog.json", folder), "utf8")) as Entry[];

describe("datasets/catalog.json", () => {
  it("names every file, and only these", () => {
    const files = readdirSync(folder).filter((name) => name !== "catalog.json");
    expect(catalog.map(({ file }) => file)).toEqual(files.sort());
  });

  it.each(catalog)("describes $file as it is", (entry) => {
    const bytes = readFileSync(new URL(entry.file, folder));
    // None of the four has a quoted cell, so lines are rows.
    const lines = bytes.toString("utf8").trimEnd().split("\n");
    expect(sha256(bytes)).toBe(entry.sha256);
    expect(lines.length - 1).toBe(entry.rows);
    expect(lines[0]!.trim().split(",")).toContain(entry.target);
    expect(["MIT", "BSD-3-Clause"]).toContain(entry.licence);
    expect(entry.source).toMatch(/^\S+ \d+\.\d+/);
    expect(entry.description.length).toBeGreaterThan(20);
  });
});
