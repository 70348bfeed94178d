import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/report.ts";
import { clientSource } from "./client-script.ts";
import { fixtureRun, hostileNames } from "./fixture.ts";
import { pageElements, pageSkeleton } from "./page-elements.ts";

const run = fixtureRun({ trials: 22 });
const html = renderReport(run);
const elements = pageElements(html);
const scripts = elements.filter(({ name }) => name === "script");

describe("the page", () => {
  it("is the same for the same input", () => {
    expect(renderReport(fixtureRun({ trials: 22 })) === html).toBe(true);
  });

  it("has a skeleton with nothing of the data in it", async () => {
    await expect(pageSkeleton(html)).toMatchFileSnapshot("../golden/report/skeleton.html");
    expect(pageSkeleton(renderReport(fixtureRun({ trials: 11, hostile: false })))).toBe(
      pageSkeleton(html),
    );
  });

  it("loads nothing: no address outside, no element that fetches", () => {
    for (const { name, attributes } of elements) {
      expect(["img", "iframe", "object", "embed", "base", "form"]).not.toContain(name);
      for (const attribute of ["src", "href"]) {
        expect(attributes.get(attribute) ?? "#").toMatch(/^(#|data:image\/svg)/);
      }
    }
  });
});

describe("the security policy", () => {
  const policy = elements
    .find(({ attributes }) => attributes.has("http-equiv"))!
    .attributes.get("content")!;
  const hash = (text: string): string =>
    `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

  it("forbids everything but this page's own scripts and styles", () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|'self'/);
  });

  it("names the hashes of exactly the scripts and styles that are there", () => {
    const runnable = [...scripts.slice(1), ...elements.filter(({ name }) => name === "style")];
    expect(policy.match(/'sha256-[^']+'/g)).toEqual(runnable.map(({ text }) => hash(text)));
  });
});

describe("hostile names", () => {
  it("add no element and no attribute", () => {
    expect(scripts.map(({ attributes }) => [...attributes])).toEqual([
      [
        ["type", "application/json"],
        ["id", "report-model"],
      ],
      [],
      [],
    ]);
    expect(elements.filter(({ name }) => name === "title")).toHaveLength(1);
    for (const { attributes } of elements) {
      for (const name of attributes.keys()) expect(name).not.toMatch(/^on|^style$/);
    }
  });

  it("are in the JSON and nowhere else", () => {
    const [data, client] = scripts;
    const rest = html.replace(data!.text, "").replace(client!.text, "");
    expect(rest).not.toContain("alert(");
    expect(data!.text).not.toContain("<");
    expect(data!.text).toContain("\\u003c/script>\\u003cscript>alert(1)");
  });

  it("come out of the JSON as they were", () => {
    const model = JSON.parse(scripts[0]!.text) as {
      data: { columns: { name: string; full?: string }[] };
      scriptLines: string[];
    };
    const names = model.data.columns.map((column) => column.full ?? column.name);
    for (const name of [
      hostileNames.script,
      hostileNames.image,
      hostileNames.prototype,
      hostileNames.long,
    ]) {
      expect(names).toContain(name);
    }
    expect(names).toContain("[U+202E]gnp.exe\u200f");
    expect(model.scriptLines).toContain(
      `  column.numeric(${JSON.stringify(hostileNames.quotes)}),`,
    );
  });

  it("reach the page as text only, in every file of its script", () => {
    const files =
      "dom model numbers theme copy expressions charts sortable-table summary leaderboard search data";
    for (const file of `${files} source-code trial-charts trial main`.split(" ")) {
      expect(clientSource(file)).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("(?:style|on)/,
      );
    }
  });
});

describe("private reports", () => {
  it("hold no values of the data", () => {
    const page = renderReport({ ...run, scripts: new Map(), noSamples: true });
    const model = JSON.parse(pageElements(page).find(({ name }) => name === "script")!.text) as {
      noSamples: boolean;
      plottedRows: unknown[];
      preparations: { text: string }[];
      trials: { plot: { base: number | null; predicted: number[] } | null }[];
    };
    expect(model.noSamples).toBe(true);
    expect(model.plottedRows).toEqual([]);
    expect(
      model.trials.every(
        ({ plot }) => plot === null || (plot.base === null && plot.predicted.length === 0),
      ),
    ).toBe(true);
    expect(model.preparations.map(({ text }) => text)).toContain("3 levels in a given order");
    expect(page).not.toContain("Multi-Family");
  });
});

describe("unusual runs", () => {
  it("without any trial still give a page", () => {
    const { record } = fixtureRun({ trials: 11 });
    const empty = {
      ...record,
      trials: [],
      best: null,
      recommended: { mostAccurate: null, simplestWithinNoise: null, fastest: null },
    };
    expect(renderReport({ record: empty, details: [], scripts: new Map() })).toContain(
      "report-model",
    );
  });

  it("with one holdout part, no test part, other metrics", () => {
    for (const metric of ["r2", "mape", "medae"] as const) {
      const other = fixtureRun({ trials: 12, metric, test: 0 });
      const record = {
        ...other.record,
        split: { ...other.record.split, folds: 1, repeats: 1, validation: 0.2 },
        trials: other.record.trials.map((trial) => ({
          ...trial,
          foldScores: [],
          standardError: null,
        })),
      };
      expect(renderReport({ ...other, record })).toContain("There is no test part in this run.");
    }
  });

  it.each([
    [
      { kind: "time", column: "day", test: 0.2, folds: 5, repeats: 1, validation: 0.5 },
      "in the order of time, each part after the rows that its model is fitted on",
    ],
    [
      { kind: "group", column: "day", test: 0.2, folds: 5, repeats: 1, seed: 4 },
      "whole groups in every part, seed 4",
    ],
    [{ kind: "column", column: "day", test: 0.2, folds: 5, repeats: 1 }, "as a column says"],
  ] as const)("says how rows were divided: %j", (spec, words) => {
    const run = fixtureRun({ trials: 8 });
    const split = { ...spec, why: "Asked for." };
    expect(renderReport({ ...run, record: { ...run.record, split } })).toContain(words);
  });
});
