import { describe, expect, it } from "vitest";
import { buildModel } from "../../src/report/model/build-model.ts";
import { renderReport } from "../../src/report/report.ts";
import { fixtureRun } from "./fixture.ts";
import { pageElements } from "./page-elements.ts";

const run = fixtureRun({ trials: 22, hostile: false, ensemble: true });
const model = buildModel(run);
const page = model.trials.find(({ id }) => id === "ensemble")!;

describe("the ensemble on the page", () => {
  it("has a section: its members with their weights, and its score beside the best single trial's", () => {
    const section = model.ensemble!;
    expect(section.label).toBe(`ensemble of ${run.record.ensemble!.members.length}`);
    expect(section.words).toMatch(
      /^The ensemble of \d is .+ better than the best single trial, \d{3}: /,
    );
    expect(section.how).toContain("greedy selection");
    expect(section.how).toContain("nested");
    expect(section.members.map(({ weight }) => weight.value)).toEqual(
      run.record.ensemble!.members.map(({ weight }) => weight),
    );
    expect(section.members[0]).toMatchObject({ share: 1, trial: section.members[0]!.id });
    for (const { trial, family, summary, score } of section.members) {
      expect(model.trials.find(({ id }) => id === trial)?.family).toBe(family);
      expect(summary).not.toBe("");
      expect(score.value).not.toBeNull();
    }
    expect(section.scores.map(({ trial }) => trial)).toEqual([
      "ensemble",
      run.record.best,
      undefined,
    ]);
  });

  it("stands on top of leaderboard, summary and recommendations when it is the most accurate answer", () => {
    const [first, second] = model.leaderboard.rows;
    expect(first).toMatchObject({ id: "ensemble", rank: null, origin: "ensemble" });
    expect(first?.summary).toMatch(/^0\.41 × \d{3} \+ 0\.27 × \d{3}/);
    expect(second?.rank).toBe(1);
    expect(model.recommendations[0]).toMatchObject({ trial: "ensemble", roles: ["Most accurate"] });
    expect(model.recommendations[0]?.script).toBe("ensemble/trial.ts");
    expect(model.summary.facts[0]).toMatchObject({ trial: "ensemble" });
    expect(
      model.leaderboard.noise === "" || model.leaderboard.noise.includes("best single trial"),
    ).toBe(true);
  });

  it("stands at its place when a trial is the answer", () => {
    const recommended = { ...run.record.recommended, mostAccurate: run.record.best };
    const { leaderboard, summary } = buildModel({ ...run, record: { ...run.record, recommended } });
    const scores = leaderboard.rows.map(({ validation }) => validation.value!);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(summary.facts[0]?.trial).toBe(run.record.best);
  });

  it("has a page with members, charts and commands, and no preparation of its own", () => {
    expect(page.members).toEqual(model.ensemble!.members);
    expect(page.parameters).toEqual([]);
    expect(page.plot?.base).not.toBeNull();
    expect(page.folds?.scores).toHaveLength(10);
    expect(page.commands.map(({ line }) => line)).toEqual([
      "npx automl predict sacramento-0914 new.csv",
      "npx automl run --watch sacramento-0914/ensemble/trial.ts",
      "npx automl restore sacramento-0914 ensemble",
    ]);
    expect(page.script?.path).toBe("ensemble/trial.ts");
  });

  it("says what an edit of it changed, member by member", () => {
    const edit = model.trials.find(({ edit: each }) => each?.parent === "ensemble")!;
    expect(page.edits).toEqual([edit.id]);
    const texts = edit.edit!.changes.map(({ kind, text }) => `${kind} ${text}`);
    expect(texts[0]).toMatch(/^changed \d{3}: weight 0\.410 → 0\.600$/);
    expect(texts[1]).toMatch(/^removed member \d{3}$/);
    expect(texts).toHaveLength(2);
    expect(edit.members).toHaveLength(run.record.ensemble!.members.length - 1);
  });

  it("tells what the search says of its best score and of more budget", () => {
    const { search } = buildModel({
      ...run,
      record: {
        ...run.record,
        optimism: { bestOf: 22, estimate: 310, relative: 0.0043 },
        outlook: { verdict: "unlikely", expectedGain: 0, noise: 0.01, sentence: "It is enough." },
      },
    });
    expect(search.words).toMatch(
      /^The best score is the best of 22: likely 310 too good .* It is enough\.$/,
    );
  });

  it("is text, whatever its members are called", () => {
    const hostile = renderReport(fixtureRun({ trials: 22, ensemble: true }));
    const names = pageElements(hostile).filter(({ name }) => name === "script");
    expect(names).toHaveLength(3);
  });
});
