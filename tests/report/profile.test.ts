import { parse, View, type Spec } from "vega";
import { describe, expect, it } from "vitest";
import { profileTable } from "../../src/data/profile/profile-table.ts";
import { compileCharts } from "../../src/report/charts/build-charts.ts";
import { profileCharts } from "../../src/report/charts/profile-charts.ts";
import { renderExplorePage, type ExplorePageInput } from "../../src/report/explore-page.ts";
import { buildProfile } from "../../src/report/model/profile-section.ts";
import { ShortNames } from "../../src/report/names.ts";
import { renderReport } from "../../src/report/report.ts";
import { hostileNames } from "../codegen/hostile-names.ts";
import { levels, numbers, tableOf } from "../data/profile/tables.ts";
import { clientSource, loadClient } from "./client-script.ts";
import { fixtureRun } from "./fixture.ts";
import { pageElements } from "./page-elements.ts";

const rows = 200;
const price = Array.from({ length: rows }, (_, i) => 1000 + ((i * 37) % 211));
const table = tableOf([
  numbers(
    "size",
    price.map((value, i) => (i % 9 === 0 ? NaN : value / 7)),
  ),
  numbers(
    "sold",
    price.map((_, i) => Date.UTC(2020, 0, 1 + i)),
    "date",
  ),
  levels(
    "hostile",
    price.map((_, i) => hostileNames[i % hostileNames.length]!),
  ),
  levels(
    "place",
    price.map((_, i) => ["north", "south", null][i % 3]!),
  ),
  numbers("price", price),
]);
const profile = profileTable(table, { target: "price" });
const closed = profileTable(table, { target: "price", samples: false });

const input: ExplorePageInput = {
  data: {
    path: "/data/houses.csv",
    sha256: "ab".repeat(32),
    rows,
    rowsWithoutTarget: 0,
    columns: 5,
    sampledFraction: 1,
  },
  target: { name: "price", why: "by its name" },
  columns: table.columns.map(({ name, type }) => ({
    name,
    type,
    role: name === "price" ? "target" : name === "place" ? "identifier" : "feature",
    reason: `What ${name} is.`,
    missing: 0,
    distinct: 3,
    ...(type === "date" ? { format: "%Y-%m-%d" } : {}),
  })),
  checks: [],
  profile,
  toolVersion: "0.1.0",
};

const { chartExpressions } = loadClient<{ chartExpressions: object }>(
  ["expressions"],
  ["chartExpressions"],
);

/** Some rows for the data sets that the charts name. */
const data: { readonly [name: string]: readonly object[] } = {
  shape: [
    { from: 0, to: 2, level: "north", rows: 3, others: false },
    { from: 2, to: 4, level: "9 others", rows: 8, others: true },
  ],
  relation: [
    { at: 1, level: "north", mean: 5, q1: 3, q3: 6, rows: 4 },
    { at: 3, level: "</svg>", mean: 7, q1: 6, q3: 9, rows: 4 },
  ],
  cells: [
    { a: "x", b: "y", value: -0.5, strength: 0.5 },
    { a: "y", b: "x", value: 0.25, strength: 0.25 },
  ],
};

async function drawn(chart: Spec, options: object, parseOptions: object): Promise<string> {
  const filled = structuredClone(chart) as {
    width: number;
    data: { name: string; values?: unknown }[];
  };
  filled.width = 300;
  for (const source of filled.data) {
    if (source.name in data) source.values = structuredClone(data[source.name]);
  }
  const view = new View(parse(filled, undefined, parseOptions), {
    renderer: "none",
    ...options,
  });
  return (await view.toSVG()).replace(/clip\d+/g, "clip");
}

describe("the charts of a profile", () => {
  const charts = compileCharts(profileCharts(2e6));

  it.each(Object.keys(charts))("%s is drawn without compiling strings", async (name) => {
    const compiled = await drawn(charts[name]!, {}, {});
    const interpreted = await drawn(charts[name]!, { expr: chartExpressions }, { ast: true });
    expect(interpreted).toBe(compiled);
    expect(interpreted).not.toMatch(/NaN|undefined/);
  });

  it("hold no data", () => {
    for (const chart of Object.values(charts)) {
      for (const source of (chart.data ?? []) as { values?: unknown; url?: string }[]) {
        expect(source.values).toBeUndefined();
        expect(source.url).toBeUndefined();
      }
    }
  });
});

describe("the profile in a page", () => {
  const model = buildProfile(profile, new ShortNames(), "{rows} of the training part");

  it("has the target first, then the strongest relations", () => {
    expect(model.columns[0]).toMatchObject({ name: "price", isTarget: true, relation: null });
    const strengths = model.columns.slice(1).map(({ relation }) => relation?.strength ?? -1);
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    expect(model.note).toBe("200 rows of the training part.");
  });

  it("names only charts that there are", () => {
    const charts = profileCharts(1);
    for (const { shape, relation } of model.columns) {
      if (shape !== null) expect(charts).toHaveProperty(shape.chart);
      if (relation !== null) expect(charts).toHaveProperty(relation.chart);
    }
  });

  it("shows levels as short, visible and distinct texts", () => {
    const column = model.columns.find(({ name }) => name === "hostile");
    if (column?.shape?.chart !== "shapeLevels") throw new Error("no levels");
    const texts = column.shape.levels.map(([level]) => level);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(44);
      expect(text).not.toMatch(/[\u0000-\u001f\u202e\u2066]/);
      expect(text in Object.prototype).toBe(false);
    }
  });
});

describe("the page of an exploration", () => {
  const html = renderExplorePage(input);
  const elements = pageElements(html);
  const [json, client] = elements.filter(({ name }) => name === "script");

  it("is the same for the same input, loads nothing, and stays small", () => {
    expect(renderExplorePage(input) === html).toBe(true);
    expect(html.length).toBeLessThan(900_000);
    for (const { name, attributes } of elements) {
      expect(["img", "iframe", "object", "embed", "base", "form", "dialog"]).not.toContain(name);
      for (const attribute of ["src", "href"]) {
        expect(attributes.get(attribute) ?? "#").toMatch(/^(#|data:image\/svg)/);
      }
    }
  });

  it("holds names and levels as JSON and nowhere else", () => {
    expect(json?.text).not.toContain("<");
    expect(html.replace(json!.text, "").replace(client!.text, "")).not.toContain("pwned");
    expect(elements.filter(({ name }) => name === "script")).toHaveLength(3);
  });

  it("tells what was left out or converted, and why", () => {
    const { data: part } = JSON.parse(json!.text) as {
      data: { leftOut: object[]; converted: object[]; split: null; profile: object | null };
    };
    expect(part.leftOut).toEqual([{ name: "place", role: "identifier", reason: "What place is." }]);
    expect(part.converted).toEqual([{ name: "sold", type: "date", reason: "What sold is." }]);
    expect(part.split).toBeNull();
    expect(part.profile).not.toBeNull();
  });

  it("holds no cell when that is asked for", () => {
    const page = renderExplorePage({ ...input, profile: closed });
    const [text] = pageElements(page).filter(({ name }) => name === "script");
    for (const level of ["north", "south", "pwned"]) expect(text!.text).not.toContain(level);
  });

  it("is made by a client that writes text only", () => {
    for (const file of ["profile", "segmented", "explore-model", "explore-main"]) {
      expect(clientSource(file)).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
      );
    }
  });
});

describe("the report of a run", () => {
  const run = fixtureRun({ trials: 11 });
  const modelOf = (html: string) =>
    JSON.parse(pageElements(html).find(({ name }) => name === "script")!.text) as {
      data: { profile: { columns: object[] } | null };
      charts: object;
    };

  it("shows the profile of its data", () => {
    const model = modelOf(renderReport({ ...run, profile }));
    expect(model.data.profile?.columns).toHaveLength(5);
    expect(model.charts).toHaveProperty("associations");
  });

  it("has none in runs without one, and none with cells where cells stay out", () => {
    expect(modelOf(renderReport(run)).data.profile).toBeNull();
    expect(modelOf(renderReport(run)).charts).not.toHaveProperty("associations");
    expect(modelOf(renderReport({ ...run, profile, noSamples: true })).data.profile).toBeNull();
    const shown = modelOf(renderReport({ ...run, profile: closed, noSamples: true }));
    expect(shown.data.profile).not.toBeNull();
  });
});
