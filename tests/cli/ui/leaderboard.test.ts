import { describe, expect, it } from "vitest";
import { renderLeaderboard } from "../../../src/cli/ui/leaderboard.ts";
import { finding } from "../../../src/data/checks/code-table.ts";
import { createPaint } from "../../../src/cli/ui/paint.ts";
import { familyLabel, failed, record, trial, trials, withEnsemble } from "../fake-run.ts";
import { plain } from "../fake-terminal.ts";

const options = {
  paint: createPaint(false),
  width: 100,
  fullWidth: Infinity,
  familyLabel,
  failedCommand: "automl runs --failed",
};

describe("renderLeaderboard", () => {
  it("tells the end of a run", () => {
    expect(plain(renderLeaderboard(record, options))).toMatchInlineSnapshot(`
      "
           trial  family             error (validation RMSE)     fit  predict    size
           042    ridge                      71 805  +-2 374    3 ms     1 µs    4 kB  most accurate, simplest
           017    gradient boosting          72 318  +-2 210   60 ms   7.2 µs  180 kB
           061    extra trees                74 402  +-2 270  310 ms   1.2 ms    4 MB
           001    mean                      130 288  +-4 100  0.4 ms     0 µs   312 B  fastest
           ...    1 more trial
           2 other trials cannot be told apart from the best on 746 rows.
           1 trial failed: automl runs --failed

        Test rows, opened once:  042 ridge 75 055   001 mean 133 538
                                 (186 rows: about +-4 800; use it to confirm, not to choose)
      "
    `);
  });

  it("puts the ensemble on top when it is the most accurate answer, and says by how much", () => {
    expect(plain(renderLeaderboard(withEnsemble, options))).toMatchInlineSnapshot(`
      "
           trial  family             error (validation RMSE)     fit  predict    size
           ens    ensemble of 3              69 870  +-2 150   1.9 s   210 µs  610 kB  most accurate
           042    ridge                      71 805  +-2 374    3 ms     1 µs    4 kB  simplest within noise
           017    gradient boosting          72 318  +-2 210   60 ms   7.2 µs  180 kB
           061    extra trees                74 402  +-2 270  310 ms   1.2 ms    4 MB
           001    mean                      130 288  +-4 100  0.4 ms     0 µs   312 B  fastest
           ...    1 more trial
           The ensemble of 3 is 1 935 (2.7 %) better than the best single trial, 042: more than noise
           explains.
           2 other trials cannot be told apart from the best single trial on 746 rows.
           1 trial failed: automl runs --failed
           The best score is the best of 5: likely 310 too good for that. More budget is unlikely to
           help: the second half of the work did not lower the validation error.

        Test rows, opened once:  ensemble 70 950   042 ridge 75 055   001 mean 133 538
                                 (186 rows: about +-4 300; use it to confirm, not to choose)
      "
    `);
  });

  it("accounts for trials without a rank and families without a row", () => {
    const pruned = (id: string, family: string) => ({
      ...trial(id, family, 0, { scores: null }),
      status: "pruned" as const,
    });
    const all = [...trials, pruned("070", "extraTrees"), pruned("071", "neuralNetwork")];
    const text = plain(renderLeaderboard({ ...record, trials: all }, options));
    expect(text).toContain(
      "...    1 more trial; 2 given up early; no ranked trial of neuralNetwork",
    );
  });

  it("says how often the test rows were opened, and what there was no time for", () => {
    const resumed = { ...record, testOpenings: 2, testLooks: 1 };
    expect(plain(renderLeaderboard(resumed, options))).toContain("Test rows, opened 3 times:");
    const untested = trials.map((each) =>
      each.family === "mean" && each.scores !== null
        ? { ...each, scores: { ...each.scores, test: null } }
        : each,
    );
    expect(plain(renderLeaderboard({ ...record, trials: untested }, options))).toContain(
      "(there was no time left to score the mean on them)",
    );
  });

  it("warns when nothing but constants was fitted", () => {
    const check = finding("only-constants", {
      message: "Nothing but the mean was fitted.",
      action: "Raise --time-budget.",
    });
    expect(plain(renderLeaderboard({ ...record, checks: [check] }, options))).toContain(
      "Nothing but the mean was fitted. Raise --time-budget.",
    );
  });

  it("does not call a difference that rounds to nothing a difference", () => {
    const ensemble = withEnsemble.ensemble!;
    const validation = { ...ensemble.scores.validation, rmse: 71_805.0001 };
    const scores = { ...ensemble.scores, validation };
    const text = plain(
      renderLeaderboard({ ...withEnsemble, ensemble: { ...ensemble, scores } }, options),
    );
    expect(text).toContain("scores as good as the ensemble of 3");
  });

  it("says when the ensemble is not ahead of the best single trial's own score", () => {
    const ensemble = withEnsemble.ensemble!;
    const validation = { ...ensemble.scores.validation, rmse: 72_000 };
    const scores = { ...ensemble.scores, validation };
    const text = renderLeaderboard(
      {
        ...withEnsemble,
        ensemble: { ...ensemble, scores, pickedScore: 72_900 },
        recommended: { ...record.recommended },
      },
      options,
    );
    const lines = plain(text).split("\n");
    expect(lines.findIndex((line) => line.includes("042"))).toBeLessThan(
      lines.findIndex((line) => line.includes("ens  ")),
    );
    expect(lines.join(" ").replace(/ +/g, " ")).toContain(
      "The best single trial, 042, scores 195 better than the ensemble of 3, but owes a part of that to luck",
    );
  });

  it("goes without a test part, without folds, with another metric", () => {
    const bare = trial("001", "mean", 3, {
      rank: 1,
      standardError: null,
      scores: { ...trials[0]!.scores!, test: null },
      modelBytes: null,
    });
    const text = renderLeaderboard(
      {
        ...record,
        metric: "r2",
        split: { ...record.split, test: 0 },
        trials: [bare],
        recommended: { mostAccurate: "001", simplestWithinNoise: null, fastest: null },
      },
      options,
    );
    expect(plain(text)).toMatchInlineSnapshot(`
      "
           trial  family  validation R²   fit  predict  size
           001    mean           0.7000  3 ms     1 µs        most accurate
           Where cells are blank, there was no time left to measure.
      "
    `);
  });

  it("shows a recommended trial although its family has a better one, and edits", () => {
    const text = renderLeaderboard(
      {
        ...record,
        trials: [
          ...trials,
          trial("070", "ridge", 90_000, { rank: 6, origin: "edited", parent: "042" }),
        ],
        recommended: { ...record.recommended, fastest: "070" },
      },
      options,
    );
    expect(text).toMatch(/070 +ridge .*fastest, edited from 042/);
  });

  it("leaves out columns of the table that a narrow terminal has no room for", () => {
    const heads = [Infinity, 92, 86, 79, 70, 60].map((fullWidth) => {
      const lines = renderLeaderboard(record, { ...options, width: 60, fullWidth }).split("\n");
      return lines[1]!.trim().split(/ {2,}/).join("|");
    });
    expect(heads).toMatchInlineSnapshot(`
      [
        "trial|family|error (validation RMSE)|fit|predict|size",
        "trial|family|RMSE|fit|predict",
        "trial|family|RMSE|fit",
        "trial|family|RMSE",
        "trial|family|RMSE",
        "trial|family|RMSE",
      ]
    `);
  });

  it("says so when nothing was completed", () => {
    const text = renderLeaderboard({ ...record, trials: [failed], best: null }, options);
    expect(text).toBe("\n  No trial was completed: automl runs --failed\n");
  });
});
