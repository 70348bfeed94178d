import { describe, expect, it } from "vitest";
import { createPaint } from "../../../src/cli/ui/paint.ts";
import { renderFailures, renderRuns } from "../../../src/cli/ui/run-list.ts";
import { failed, familyLabel, trials } from "../fake-run.ts";
import { plain } from "../fake-terminal.ts";

const view = { paint: createPaint(false), width: 60, familyLabel, command: "npx automl" };

describe("renderRuns", () => {
  it("is a table of runs and their best scores", () => {
    const run = {
      name: "sacramento-0914",
      target: "price",
      metric: "rmse" as const,
      trials: 143,
      failed: 2,
      elapsedSeconds: 41.2,
      best: trials[0]!,
    };
    const empty = { ...run, name: "a\u001b[2J", trials: 0, failed: 0, best: null };
    expect(plain(renderRuns([run, empty], view))).toMatchInlineSnapshot(`
      "  run               target   trials   no score   took    best score   by
        sacramento-0914   price       143          2   41 s   RMSE 71 805   ridge (042)
        a\\x1b[2J          price         0          0   41 s
      "
    `);
    expect(renderRuns([], view)).toContain("npx automl train data.csv");
    const broken = { name: "torn", broken: "Line 2 of journal.jsonl is damaged." };
    expect(renderRuns([broken, empty], view)).toMatch(
      /took[^]*a\\x1b[^]*\n {2}torn {3}broken\n {8}Line 2 of journal.jsonl is damaged.\n$/,
    );
    expect(renderRuns([broken], view)).not.toContain("best score");
  });
});

describe("renderFailures", () => {
  it("gives each failed trial its reason", () => {
    const long = {
      ...failed,
      error: { code: "AUTOML_TRIAL_FAILED", message: "word ".repeat(20).trim() },
    };
    expect(renderFailures([failed, long], view)).toMatchInlineSnapshot(`
      "  003   gradient boosting   timed-out
              It ran for more than 12 s.
              (AUTOML_TRIAL_TIMED_OUT)
        003   gradient boosting   timed-out
              word word word word word word word word word word
              word word word word word word word word word word
              (AUTOML_TRIAL_FAILED)
      "
    `);
    expect(renderFailures([], view)).toBe("  No trial of this run failed.\n");
  });
});
