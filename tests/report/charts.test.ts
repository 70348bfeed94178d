import { parse, View, type Spec } from "vega";
import { compile } from "vega-lite";
import { describe, expect, it } from "vitest";
import { buildCharts, chartSpecs } from "../../src/report/charts/build-charts.ts";
import { ReportContext } from "../../src/report/model/context.ts";
import { ShortNames } from "../../src/report/names.ts";
import { loadClient } from "./client-script.ts";
import { fixtureRun } from "./fixture.ts";

const context = new ReportContext(fixtureRun({ trials: 11 }));
const charts = buildCharts(context);
const { chartExpressions } = loadClient<{ chartExpressions: object }>(
  ["expressions"],
  ["chartExpressions"],
);

const trials = [
  { at: 1, shown: 90, beyond: true, record: true, family: "mean", value: 0.1, best: false },
  { at: 2, shown: 72, beyond: false, edited: true, family: "ridge", value: 3, best: true },
  { at: 3, shown: 75, beyond: false, family: "ridge", value: 40, best: false },
];
const families = [
  { family: "ridge", best: 72, low: 70, high: 74, seconds: 0.003, beyond: false },
  { family: "mean", best: 90, low: 88, high: 92, seconds: 0.4, beyond: true },
];
const rows = [1, 2, 3, 4].map((row) => ({
  row,
  actual: row * 10,
  predicted: row * 9 + 3,
  residual: row - 3,
}));

/** Some rows for every data set a chart may name. */
const data: { readonly [name: string]: readonly object[] } = {
  trials,
  steps: [
    { at: 1, best: 90 },
    { at: 2, best: 72 },
    { at: 3, best: 72 },
  ],
  failed: [{ at: 2.5 }],
  best: families,
  cost: families,
  folds: [1, 2, 3].map((fold) => ({ fold, score: 70 + fold })),
  pooled: [{ score: 72, low: 70, high: 74 }],
  rows,
  line: [{ at: 10 }, { at: 40 }],
  bins: [
    { from: -2, to: 0, count: 3 },
    { from: 0, to: 2, count: 1 },
  ],
  bars: [
    { column: "sqft", increase: 30, low: 25, high: 34 },
    { column: "</svg>", increase: 2, low: -1, high: 5 },
  ],
};

function withData(chart: Spec, given: typeof data = data): Spec {
  const filled = structuredClone(chart) as {
    width: number;
    data: { name: string; values?: unknown }[];
  };
  filled.width = 480;
  for (const source of filled.data) if (source.name in given) source.values = given[source.name];
  return filled;
}

/** The chart as SVG; numbers of clip paths count up over the whole process and are left out. */
async function drawn(chart: Spec, options: object, parseOptions: object): Promise<string> {
  const view = new View(parse(withData(chart), undefined, parseOptions), {
    renderer: "none",
    ...options,
  });
  const svg = await view.toSVG();
  return svg.replace(/clip\d+/g, "clip").replace(/gradient_\d+/g, "gradient");
}

/** What the test reads of Vega's scene: marks hold items, items of groups hold marks. */
interface SceneNode {
  readonly marktype?: string;
  readonly items?: readonly SceneNode[];
  readonly datum?: { readonly column?: string };
}

/** The items of all marks of one type that draw a column, in the order in which they are drawn. */
function marksOf(node: SceneNode, type: string): SceneNode[] {
  const items = node.items ?? [];
  const own = node.marktype === type ? items.filter(({ datum }) => datum?.column) : [];
  return [...own, ...items.flatMap((item) => marksOf(item, type))];
}

describe("charts", () => {
  it.each(Object.keys(charts))(
    "%s is drawn without compiling strings, and the same as with it",
    async (name) => {
      const compiled = await drawn(charts[name]!, {}, {});
      const interpreted = await drawn(charts[name]!, { expr: chartExpressions }, { ast: true });
      expect(interpreted).toBe(compiled);
      expect(interpreted).not.toMatch(/NaN|undefined/);
    },
  );

  it("have a bar of its own for columns named as what every object has", async () => {
    const names = new ShortNames();
    const columns = ["price", ...Object.getOwnPropertyNames(Object.prototype)];
    const bars = columns.map((column, i) => {
      return { column: names.of(column), increase: i + 2, low: i + 1, high: i + 3 };
    });
    const view = new View(parse(withData(charts["importance"]!, { bars })), { renderer: "none" });
    await view.runAsync();
    const drawnBars = marksOf(
      (view.scenegraph() as unknown as { readonly root: SceneNode }).root,
      "rect",
    ).map(({ datum }) => datum?.column);
    expect(drawnBars).toEqual(bars.map(({ column }) => column));
  });

  it("name only data that the page fills in, and hold none", () => {
    for (const chart of Object.values(charts)) {
      const sources = (chart.data ?? []) as {
        name: string;
        values?: unknown;
        source?: string;
        url?: string;
      }[];
      for (const source of sources) {
        expect(source.values).toBeUndefined();
        expect(source.url).toBeUndefined();
        expect(source.source !== undefined || source.name in data).toBe(true);
      }
    }
  });

  it("give Vega-Lite nothing to warn about", () => {
    const warnings: unknown[] = [];
    const logger = {
      level: () => logger,
      error: (...words: unknown[]) => (warnings.push(words), logger),
      warn: (...words: unknown[]) => (warnings.push(words), logger),
      info: () => logger,
      debug: () => logger,
    };
    for (const spec of Object.values(chartSpecs(context))) compile(spec, { logger });
    // It says so of every chart whose height follows from its rows, although only the width is to fit.
    const telling = warnings.filter((words) => !String(words).includes('Dropping "fit-y"'));
    expect(telling).toEqual([]);
  });
});

describe("expressions", () => {
  const { compileNode } = loadClient<{
    compileNode: (node: object, functions: object) => (scope: object) => unknown;
  }>(["expressions"], ["compileNode"]);
  const identifier = (name: string): object => ({ type: "Identifier", name });

  it("reach no further than the data", () => {
    const member = {
      type: "MemberExpression",
      object: identifier("datum"),
      property: identifier("constructor"),
    };
    expect(() => compileNode(member, {})({ datum: {} })).toThrow("property constructor");
    const call = { type: "CallExpression", callee: identifier("alert"), arguments: [] };
    expect(() => compileNode(call, {})).toThrow("function alert");
    expect(() => compileNode({ type: "NewExpression" }, {})).toThrow("NewExpression");
  });
});
