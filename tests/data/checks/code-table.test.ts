import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  byImportance,
  checkCodes,
  finding,
  someNames,
} from "../../../src/data/checks/code-table.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe("docs/checks.md", () => {
  it("lists every code with its severity and meaning in order of importance, and no other", () => {
    const rows = [...read("docs/checks.md").matchAll(/^\| `([a-z-]+)` +\| (.+?) +\| (.+?) +\|$/gm)];
    const listed = rows.map(([, ...cells]) => cells);
    const known = Object.entries(checkCodes).map(([code, kind]) => [
      code,
      "slight" in kind ? `${kind.severity} / ${kind.slight}` : kind.severity,
      kind.meaning,
    ]);
    expect(listed).toEqual(known);
  });
});

describe("the code table", () => {
  it("has the codes that checks give, and no other", () => {
    const files = ["src/data", "src/data/checks", "src/engine/checks"].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.startsWith("check-"))
        .map((file) => read(join(folder, file))),
    );
    const given = files.flatMap((text) =>
      [...text.matchAll(/(?:finding\(|^ {2,4}(?:\["\w+", )?)"([a-z]+(?:-[a-z]+)+)",/gm)].map(
        (match) => match[1]!,
      ),
    );
    expect([...new Set(given)].sort()).toEqual(Object.keys(checkCodes).sort());
  });

  it("sorts what is wrong before what is worth knowing", () => {
    const what = { message: "", action: "" };
    const checks = [
      finding("constant-column", what),
      finding("duplicate-rows", { ...what, slight: true }),
      finding("few-rows", what),
      finding("leak-column", what),
    ];
    expect(byImportance(checks).map(({ code }) => code)).toEqual([
      "leak-column",
      "few-rows",
      "duplicate-rows",
      "constant-column",
    ]);
  });

  it("keeps the place of a code that an older version gave", () => {
    const old = { ...finding("few-rows", { message: "", action: "" }), code: "long-gone" };
    expect(byImportance([old, finding("leak-column", { message: "", action: "" })])[1]).toBe(old);
  });
});

describe("finding", () => {
  it("names the column when there is one, and at most twenty rows", () => {
    const rows = Array.from({ length: 30 }, (_, i) => i + 1);
    const one = finding("leak-column", { message: "m", action: "a", columns: ["x"], rows });
    expect(one).toMatchObject({ column: "x", columns: ["x"], severity: "warning" });
    expect(one.rows).toHaveLength(20);
    const two = finding("near-copies", { message: "m", action: "a", columns: ["x", "z"] });
    expect(two).toEqual({
      code: "near-copies",
      severity: "info",
      column: null,
      message: "m",
      action: "a",
      columns: ["x", "z"],
    });
  });
});

describe("someNames", () => {
  it("cuts a long list", () => {
    expect(someNames(["a", "b", "c"], 2)).toBe("a, b and 1 more");
    expect(someNames(["a"], 2)).toBe("a");
  });
});
