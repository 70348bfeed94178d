import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { renderExploreNotebook } from "../../../src/codegen/explore/explore-notebook.ts";
import { renderExplore } from "../../../src/codegen/explore/render-explore.ts";
import { hostileNames } from "../hostile-names.ts";
import { exploreInput, plainNames } from "./fixture.ts";

interface Output {
  readonly data: { readonly [mime: string]: unknown };
}

interface Cell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly outputs?: readonly Output[];
}

function cellsOf(notebook: string): Cell[] {
  return (JSON.parse(notebook) as { cells: Cell[] }).cells;
}

const chartType = "application/vnd.vegalite.v5+json";
const input = exploreInput(plainNames, { levels: ["north", "south", "</script>"] });
const cells = cellsOf(renderExploreNotebook(input, { kernel: "deno" }));
const outputs = cells.flatMap((cell) => cell.outputs ?? []);
const charts = outputs.flatMap(({ data }) =>
  data[chartType] === undefined ? [] : [data[chartType]],
);

describe("explore.ipynb", () => {
  it("is explore.ts, cut at its headings", () => {
    const code = cells
      .filter((cell) => cell.cell_type === "code")
      .map((cell) => cell.source.join(""));
    const script = renderExplore(input);
    for (const part of code) expect(script).toContain(part);
    expect(code).toHaveLength(1 + (script.match(/^\/\/ ## /gm) ?? []).length);
  });

  it("reads without a kernel: texts and charts are there", () => {
    const text = outputs.map(({ data }) => (data["text/plain"] as string[]).join("")).join("\n");
    for (const name of plainNames) expect(text).toContain(name);
    expect(text).toContain("240 rows, 7 columns");
    expect(text).toContain("mean price");
    // The target, six columns, and the matrix.
    expect(charts).toHaveLength(8);
  });

  it("has charts that Vega-Lite takes without a word", () => {
    const said: unknown[] = [];
    const listen = (...words: unknown[]) => (said.push(words), logger);
    const logger = {
      level: () => logger,
      error: listen,
      warn: listen,
      info: listen,
      debug: listen,
    };
    for (const chart of charts) compile(chart as TopLevelSpec, { logger });
    expect(said).toEqual([]);
  });

  it("keeps the reading direction and the markup of what it shows to itself", () => {
    const names = hostileNames.slice(0, -1);
    const notebook = renderExploreNotebook(exploreInput(names, { levels: hostileNames }), {
      kernel: "tslab",
    });
    const texts = cellsOf(notebook).flatMap((cell) => [
      ...(cell.cell_type === "markdown" ? cell.source : []),
      ...(cell.outputs ?? []).flatMap(({ data }) => data["text/plain"] as string[]),
    ]);
    expect(texts.join("")).not.toMatch(/[\u202e\u200f\u2066\u2069\u200b\u0000\u0007\u001b\u2028]/);
  });

  it("holds no level of the data when that is asked for", () => {
    const closed = exploreInput(plainNames, {
      levels: ["secret one", "secret two"],
      samples: false,
    });
    expect(renderExploreNotebook(closed, { kernel: "deno" })).not.toContain("secret");
  });

  it("stays small, however wide the table", () => {
    const wide = exploreInput(Array.from({ length: 300 }, (_, i) => `column ${i}`));
    expect(renderExploreNotebook(wide, { kernel: "deno" }).length).toBeLessThan(400_000);
  });
});
