import { describe, expect, it } from "vitest";
import { chartSpecs } from "../../src/report/charts/build-charts.ts";
import { buildModel } from "../../src/report/model/build-model.ts";
import { ReportContext } from "../../src/report/model/context.ts";
import type { ReportModel } from "../../src/report/model/report-model.ts";
import { fixtureRun } from "./fixture.ts";

const run = fixtureRun({ trials: 11, hostile: false });
const model = buildModel(run);

/** Six digits and short lists: what a reader of the golden file can follow. */
function readable(value: ReportModel): string {
  const { charts, ...rest } = value;
  const text = JSON.stringify(
    { ...rest, charts: Object.keys(charts) },
    (_key, inner: unknown) => {
      if (typeof inner === "number" && !Number.isInteger(inner))
        return Number(inner.toPrecision(6));
      if (Array.isArray(inner) && inner.length > 24 && typeof inner[0] === "number") {
        return [...(inner as unknown[]).slice(0, 4), `… ${inner.length} numbers`];
      }
      return inner;
    },
    2,
  );
  return `${text}\n`;
}

const trial = (id: string): ReportModel["trials"][number] =>
  model.trials.find((one) => one.id === id)!;
const row = (id: string): ReportModel["leaderboard"]["rows"][number] =>
  model.leaderboard.rows.find((one) => one.id === id)!;

describe("the model of the page", () => {
  it("is what it was", async () => {
    await expect(readable(model)).toMatchFileSnapshot("../golden/report/model.json");
  });

  it("has charts that are what they were", async () => {
    const specs = chartSpecs(new ReportContext(run));
    const shared = specs["folds"]!.config;
    const own = Object.entries(specs).map(([name, { config, ...spec }]) => {
      expect(config).toBe(shared);
      return [name, spec];
    });
    const text = `${JSON.stringify({ shared, ...Object.fromEntries(own) }, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../golden/report/charts.json");
  });
});

describe("leaderboard", () => {
  it("ranks what completed and gives a reason for everything else", () => {
    expect(model.leaderboard.rows.map(({ rank }) => rank)).toEqual(
      Array.from({ length: 14 }, (_, i) => i + 1),
    );
    expect(model.leaderboard.notRanked.map(({ status }) => status)).toEqual([
      "failed",
      "out of memory",
      "timed out",
      "skipped",
      "pruned",
      "failed",
    ]);
    for (const { reason } of model.leaderboard.notRanked) expect(reason).not.toBe("");
  });

  it("draws the best trial's whole band and most of the others", () => {
    const { scale, rows } = model.leaderboard;
    expect(rows[0]!.low!).toBeGreaterThan(scale!.from);
    const inside = rows.filter(({ validation }) => validation.value! <= scale!.to);
    expect(inside.length).toBeGreaterThanOrEqual(Math.floor(rows.length * 0.7));
  });

  it("keeps the test part of edits closed", () => {
    expect(row("018").test).toMatchObject({ text: "closed", value: null });
    expect(row("011").test.value).toBe(run.record.trials[10]!.scores!.test!.rmse);
  });

  it("turns the scale around where more is better", () => {
    const other = buildModel(fixtureRun({ trials: 22, metric: "r2" }));
    const { scale, rows } = other.leaderboard;
    expect(rows[0]!.validation.value!).toBeGreaterThan(rows[1]!.validation.value!);
    expect(rows[0]!.high!).toBeLessThan(scale!.to);
  });
});

describe("recommendations", () => {
  it("give a trial that is recommended twice one card", () => {
    expect(model.recommendations.map(({ roles }) => roles)).toEqual([
      ["Most accurate"],
      ["Simplest within noise", "Fastest"],
    ]);
    expect(model.recommendations[0]!.commands[0]!.line).toBe(
      "npx automl predict sacramento-0914 new.csv",
    );
  });
});

describe("edits", () => {
  it("say what changed and what it did", () => {
    const edit = trial("018").edit!;
    expect(edit.parent).toBe("011");
    expect(edit.changes).toContainEqual({ kind: "removed", text: "column zip" });
    expect(edit.changes.some(({ text }) => /^maxLeaves: \d+ → 6$/.test(text))).toBe(true);
    expect(edit.folds).toMatch(/^better in \d+ of 10 folds$/);
    expect(edit.better).toBe(edit.difference!.startsWith("−"));
    expect(trial("011").edits).toEqual(["018", "020"]);
  });

  it("name a derived column and another model", () => {
    expect(trial("019").edit!.changes).toEqual([
      { kind: "added", text: "column sqftPerBed: = sqft / beds" },
    ]);
    expect(trial("020").edit!.changes).toContainEqual({
      kind: "changed",
      text: "model: gradient boosting → ridge",
    });
  });
});

describe("trial pages", () => {
  it("share their rows and the lines of their scripts", () => {
    expect(model.plottedRows).toHaveLength(1);
    const { lines } = trial("004").script!;
    const source = `${lines.map((line) => model.scriptLines[line]).join("\n")}\n`;
    expect(source).toBe(run.scripts.get("004"));
  });

  it("count every residual once", () => {
    for (const { plot } of model.trials) {
      if (plot === null) continue;
      expect(plot.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(plot.rows);
    }
  });

  it("draw all rows of the best and some of the others", () => {
    const many = buildModel(fixtureRun({ trials: 40, hostile: false }));
    const drawn = many.leaderboard.rows.map(
      ({ id }) => many.trials.find((one) => one.id === id)!.plot!.predicted.length,
    );
    expect(drawn.slice(0, 20).every((count) => count === 746)).toBe(true);
    expect(drawn.slice(20).every((count) => count === 200)).toBe(true);
    expect(many.plottedRows).toHaveLength(2);
  });
});

describe("families", () => {
  it("take their words from the registry when they are given", () => {
    const families = [
      {
        name: "ridge",
        label: "ridge regression",
        summary: "Linear with shrinkage.",
        space: {
          alpha: {
            type: "number",
            meaning: "shrinkage; more is smoother",
            low: 0.001,
            high: 1000,
            scale: "log",
            integer: false,
            default: 1,
            searched: true,
          },
        },
      },
    ] as const;
    const ridge = buildModel({ ...run, families }).families.find(
      ({ label }) => label === "ridge regression",
    )!;
    expect(ridge.parameters[0]).toMatchObject({
      name: "alpha",
      scale: "log",
      meaning: "shrinkage; more is smoother; 0.001 … 1\u202f000, log scale",
    });
  });
});

describe("several runs", () => {
  it("stand side by side, with a word where they do not compare", () => {
    const other = fixtureRun({ trials: 11, hostile: false, seed: 9, name: "later" }).record;
    const foreign = {
      ...other,
      name: "foreign",
      metric: "mae" as const,
      data: { ...other.data, sha256: "f".repeat(64) },
    };
    const { runs } = buildModel({ ...run, otherRuns: [other, foreign] });
    expect(runs!.rows.map(({ name, note }) => [name, note])).toEqual([
      ["sacramento-0914", "this report"],
      ["later", "same rows, same folds"],
      ["foreign", "other data, scored by MAE"],
    ]);
    expect(model.runs).toBeNull();
  });
});
