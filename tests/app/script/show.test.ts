import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  column,
  defineTrial,
  evaluate,
  explain,
  fit,
  models,
  readTable,
  scoreTest,
  show,
  split,
  target,
  type LoadedTable,
  type Result,
  type Split,
} from "../../../src/index.ts";
import { beginScript } from "../../../src/app/script/context.ts";
import {
  describeImportance,
  describeResult,
  describeTable,
} from "../../../src/app/script/show/describe.ts";
import { mimeBundle } from "../../../src/app/script/show/notebook.ts";
import { differenceText } from "../../../src/app/script/show/scores.ts";
import { renderText } from "../../../src/app/script/show/text.ts";
import { houseCsv, temporaryFolder } from "./house-run.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = temporaryFolder();
/** Escapes of a terminal, markup, a right-to-left mark. */
const hostile = 'area\u001b[2J<script>alert("x")</script>\u202e';
let table: LoadedTable;
let parts: Split;
let result: Result;

function begin(): void {
  beginScript({ script: join(folder.path, "trial.ts") });
}

beforeAll(async () => {
  begin();
  const quoted = `"${hostile.replaceAll('"', '""')}"`;
  writeFileSync(join(folder.path, "houses.csv"), houseCsv().replace("area", quoted));
  const features = [
    column.numeric(hostile).impute("median"),
    column.numeric("rooms").impute("median"),
  ];
  const outcome = target("price");
  const read = await readTable("houses.csv", { features, target: outcome });
  table = read;
  parts = split.random(table, { test: 0.2, folds: 3, repeats: 2, seed: 1 });
  const trial = defineTrial({ features, target: outcome, model: models.mean() });
  result = await evaluate(trial, read, parts);
});
afterAll(() => folder.clear());

/** What `show` prints. */
function printed(act: () => void): string {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  act();
  const text = log.mock.calls.flat().join("\n");
  log.mockRestore();
  return text;
}

describe("show in a terminal", () => {
  it("prints a table's columns, harmless whatever they are called", () => {
    const text = printed(() => show(table));
    expect(text).toContain("houses.csv   90 rows, 3 columns");
    expect(text).toContain("price (target)");
    // eslint-disable-next-line no-control-regex -- it must not be there
    expect(text).not.toMatch(/[\u001b\u202e]/u);
  });

  it("prints the parts of a split", () => {
    expect(printed(() => show(parts))).toContain(
      "72 training rows in 3 folds x 2; 18 test rows, put aside",
    );
  });

  it("says when scores are the recorded ones to the last bit, and how they differ", () => {
    const { rmse, mae, r2 } = result.validation;
    const recorded = {
      run: "r",
      trial: "001",
      validation: { rmse, mae: mae + 100, r2 },
      test: null,
    };
    const lines = printed(() => show(result, recorded)).split("\n");
    expect(lines[0]).toMatch(/^ {2}validation +recorded +now +difference$/);
    expect(lines.find((line) => line.includes("RMSE"))).toContain("same to the last bit");
    expect(lines.find((line) => line.includes("MAE"))).toContain("−100 better");
  });

  it("prints a closed test part with the way to open it", async () => {
    const fitted = await fit(result.trial, table, parts.training);
    const test = await scoreTest(fitted, table, parts);
    expect(printed(() => show(test))).toContain("open: --test");
    expect(printed(() => show(fitted))).toContain("fitted on 72 rows");
  });
});

describe("differences", () => {
  it("knows which way is better", () => {
    expect(differenceText("rmse", 100, 90)).toBe("−10.0 better");
    expect(differenceText("r2", 0.5, 0.6)).toBe("+0.1000 better");
    expect(differenceText("rmse", 100, 100)).toBe("same to the last bit");
    expect(differenceText("rmse", 100, 100.00000000000001)).toBe("same but for the last bits");
    expect(differenceText("mape", null, 0.1)).toBe("–");
  });
});

describe("show in a notebook", () => {
  it("gives tables as HTML in which names are text", () => {
    const html = String(mimeBundle(describeTable(table))["text/html"]);
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toContain("<script>");
    expect(html).not.toContain("\u202e");
  });

  it("draws with Vega-Lite", async () => {
    const importance = await explain.importance(result, table, { repeats: 1, seed: 1 });
    for (const display of [describeResult(result), describeImportance(importance)]) {
      const bundle = mimeBundle(display);
      expect(bundle["text/plain"]).toBe(renderText(display));
      expect(JSON.stringify(bundle["application/vnd.vegalite.v5+json"])).toContain("vega-lite/v5");
    }
  });

  it("sends outputs to Deno's kernel in order", () => {
    const sent: unknown[] = [];
    const broadcast = (type: string, content: { data: object }): Promise<void> => {
      sent.push([type, Object.keys(content.data)]);
      return Promise.resolve();
    };
    vi.stubGlobal("Deno", { jupyter: { broadcast } });
    try {
      expect(printed(() => show(result))).toBe("");
    } finally {
      vi.unstubAllGlobals();
    }
    expect(sent).toEqual([
      ["display_data", ["text/plain", "text/html"]],
      ["display_data", ["text/plain", "application/vnd.vegalite.v5+json"]],
    ]);
  });
});
