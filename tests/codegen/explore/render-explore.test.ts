import { describe, expect, it } from "vitest";
import { renderExplore } from "../../../src/codegen/explore/render-explore.ts";
import type { ColumnRecord } from "../../../src/core/run-record.ts";
import { hostileNames } from "../hostile-names.ts";
import { prettier } from "../prettier.ts";
import { typeErrors } from "../type-check.ts";
import { exploreInput, plainNames } from "./fixture.ts";

const dropped: ColumnRecord = {
  name: "row",
  type: "numeric",
  role: "identifier",
  reason: "Counts the rows from 1.",
  missing: 0,
  distinct: 240,
};

const plain = exploreInput(plainNames, { dropped: [dropped] });
const wide = exploreInput(Array.from({ length: 300 }, (_, i) => `column ${i}`));
const forty = exploreInput(Array.from({ length: 39 }, (_, i) => `measured value ${i}`));
const hostile = exploreInput(hostileNames.slice(0, -1), { levels: hostileNames });
const longName = exploreInput(["x".repeat(10_240), "sqft"]);
const hostileTargets = hostileNames.map((name) =>
  exploreInput(["sqft", "city"], { target: { name, why: `the last column is ${name}` } }),
);
/** The ones that look different: prettier takes its time. */
const few = [plain, wide, hostile, longName, ...hostileTargets.filter((_, i) => i % 4 === 0)];
const all = [plain, wide, forty, hostile, longName, ...hostileTargets];
const asFrame = all.map((input) => ({ ...input, frame: "danfo" as const }));

describe("explore.ts", () => {
  it("names every column with its type and the reason, left out ones too", () => {
    const script = renderExplore(plain);
    expect(script).toContain('column.numeric("sqft"), //          reason number 0');
    expect(script).toContain('column.date("sold", "%Y-%m-%d"), // reason number 2');
    expect(script).toMatch(
      /\/\/ column\.numeric\("row"\),\s+\/\/ +left out: identifier; counts the rows from 1/,
    );
    expect(script).toContain('target("price"');
  });

  it("looks at the training rows of a run, and at all rows without one", () => {
    expect(renderExplore(plain)).toContain('split.fromFile(table, "data/split.csv")');
    expect(renderExplore(plain)).toContain(
      "explore.profile(table, { rows: parts.training, seed: 1 })",
    );
    const alone = renderExplore({ ...plain, splitPath: null });
    expect(alone).not.toContain("split");
    expect(alone).toContain("explore.profile(table, { seed: 1 })");
  });

  it("has at most 220 lines and one import, whatever the table", () => {
    for (const input of all) {
      const script = renderExplore(input);
      expect(script.split("\n").length).toBeLessThanOrEqual(220);
      expect(script.match(/^import /gm)).toHaveLength(1);
    }
  });

  it("is left alone by prettier, with a DataFrame too", async () => {
    for (const input of [...few, ...asFrame.slice(0, 5)]) {
      const script = renderExplore(input);
      expect(await prettier(script)).toBe(script);
    }
  }, 60_000);

  it("is taken by the compiler, with everything strict", () => {
    const scripts = Object.fromEntries(
      all.map((input, i) => [`explore-${i}`, renderExplore(input)]),
    );
    const found = Object.entries(typeErrors(scripts)).filter(([, errors]) => errors.length > 0);
    expect(found).toEqual([]);
  }, 60_000);

  it("holds names and levels as text and never as code", () => {
    for (const input of [...all, ...asFrame]) {
      const script = renderExplore(input);
      expect(script).not.toMatch(/^\/\/ ## 9/m);
      expect(script).not.toMatch(/[\u202e\u200f\u2066\u2069\u200b\u0000\u0007\u001b\u2028]/);
      const headings = script.match(/^\/\/ ## \d/gm) ?? [];
      expect(headings.length).toBeLessThanOrEqual(7);
    }
  });

  it("holds no level of the data", () => {
    const closed = exploreInput(plainNames, {
      levels: ["secret one", "secret two"],
      samples: false,
    });
    expect(renderExplore(closed)).not.toContain("secret");
    expect(renderExplore({ ...closed, frame: "danfo" })).not.toContain("secret");
  });

  it("is the same every time", () => {
    expect(renderExplore(plain)).toBe(
      renderExplore(exploreInput(plainNames, { dropped: [dropped] })),
    );
  });
});

describe("explore.ts with a DataFrame", () => {
  const script = renderExplore({ ...plain, frame: "danfo" });

  it("says how danfojs is installed, and makes a frame of the same rows", () => {
    expect(script).toContain("npm install");
    expect(script).toContain("await toDanfo<DataFrame>(table, { rows: parts.training })");
    expect(script).toContain('frame.groupby(["city"]).col(["price"]).mean().print()');
  });

  it("calls nothing that is slow or wrong in danfojs", () => {
    const code = script.replace(/^\/\/.*$/gm, "");
    expect(code).not.toMatch(/\.(loc|iloc|sortValues|describe|toCSV|getDummies)\(/);
    expect(code).not.toMatch(/Scaler|Encoder/);
  });

  it("groups by no name that danfojs could take for something else", () => {
    const code = renderExplore({ ...hostile, frame: "danfo" });
    for (const [, name] of code.matchAll(/groupby\(\["(.*?)"\]\)/g)) {
      expect(["__proto__", "constructor", "toString"]).not.toContain(name);
      expect(name).toMatch(/^[\p{L}_][\p{L}\p{N}_ .-]*$/u);
    }
  });
});
