import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { JsonView, ProgressView } from "../../../src/cli/ui/train-view.ts";
import type { TrainEvent } from "../../../src/core/events.ts";
import { events, familyLabel, columns } from "../fake-run.ts";
import { recordedOutput, type RecordedOutput } from "../fake-terminal.ts";

/** Plays events to a view whose clock follows them. */
function play(output: RecordedOutput, played: readonly TrainEvent[]): ProgressView {
  let now = 100;
  const view = new ProgressView({
    output,
    clock: () => now,
    familyLabel,
    workingDirectory: "/home/me",
  });
  for (const event of played) {
    if ("elapsed" in event) now = 100 + event.elapsed;
    view.event(event);
  }
  return view;
}

/** What a terminal shows after the text was written to it: cursor up and erase below are all that is used. */
function screen(text: string): string {
  let lines = [""];
  for (const piece of text.split(/(\u001b\[\d+A\u001b\[0J)/)) {
    const up = /^\u001b\[(\d+)A/.exec(piece);
    if (up) lines = [...lines.slice(0, lines.length - 1 - Number(up[1])), ""];
    else {
      const [first = "", ...rest] = piece.split("\n");
      lines[lines.length - 1] += first;
      lines.push(...rest);
    }
  }
  return lines.join("\n");
}

const upTo = (type: TrainEvent["type"]): TrainEvent[] =>
  events.slice(
    0,
    events.findIndex((event) => event.type === type),
  );

describe("ProgressView", () => {
  it("tells a run in plain lines where there is no terminal", () => {
    const output = recordedOutput();
    play(output, events);
    expect(output.text).toMatchInlineSnapshot(`
      "
        sacramento.csv   932 rows, 9 columns, comma, UTF-8                                         0.2 s
        target           price  (by its name; the last column is longitude)   other: --target sqft
        columns          5 numeric (beds, baths, sqft, latitude, longitude)
                         3 categories (city 37, zip 68, type 3)               nothing dropped
        checks           2 rows are exact copies of others. Kept, each pair in one part.
                         price is skewed (1.36). Models of its logarithm are tried too.
        rows             746 training in 5 folds x 2, 186 test, put aside     seed 1

        60 s at most, 2 workers. Ctrl-C stops early and keeps everything.

        0 s of 60   1 trial   mean 130 288 +-4 100 (001)
        2 s of 60   2 trials   extra trees 74 402 +-2 270 (061)
        14 s of 60   4 trials, 1 failed   extra trees 74 402 +-2 270 (061)
        14 s of 60   5 trials, 1 failed   ridge 71 805 +-2 374 (042)
        25 s of 60   6 trials, 1 failed   ridge 71 805 +-2 374 (042)

        Stopped searching after 41 s: 30 s without a gain that is larger than noise.
        19 s of the budget are given back.
      "
    `);
  });

  it("draws a bar in place on a terminal, and takes it away at the end", () => {
    const output = recordedOutput({ isTerminal: true });
    const view = play(output, upTo("stopping"));
    view.draw();
    expect(screen(output.text).split("\n").slice(-5).join("\n")).toMatchInlineSnapshot(`
      "  60 s at most, 2 workers. Ctrl-C stops early and keeps everything.

        █████████████░░░░░░░░░░░░░░░░░  25 s of 60   6 trials, 1 failed   ridge 71 805 +-2 374 (042)
                                        last gain 11 s ago
      "
    `);
    view.close();
    expect(screen(output.text)).not.toContain("█");
    expect(screen(output.text)).toContain("2 workers. Ctrl-C stops early");
  });

  it("keeps the reason for stopping above the last step", () => {
    const output = recordedOutput({ isTerminal: true });
    const view = play(output, upTo("finished"));
    expect(screen(output.text).split("\n").slice(-4).join("\n")).toMatchInlineSnapshot(`
      "
        Stopped searching after 41 s: 30 s without a gain that is larger than noise.
        Fitting the best on all rows, writing scripts and report.
      "
    `);
    view.close();
    expect(screen(output.text).split("\n").slice(-3).join("\n")).toMatchInlineSnapshot(`
      "
        Stopped searching after 41 s: 30 s without a gain that is larger than noise.
      "
    `);
  });

  it("goes on counting between events", () => {
    const output = recordedOutput({ isTerminal: true });
    let now = 0;
    const view = new ProgressView({
      output,
      clock: () => now,
      familyLabel,
      workingDirectory: "/home/me",
    });
    for (const event of upTo("trial-started")) view.event(event);
    now = 30;
    view.draw();
    expect(screen(output.text)).toContain("███████████████░░░░░░░░░░░░░░░  30 s of 60   0 trials");
    view.close();
  });

  it("says that Ctrl-C was heard, above the bar", () => {
    const output = recordedOutput({ isTerminal: true });
    const view = play(output, upTo("stopping"));
    view.draw();
    view.interrupted();
    const lines = screen(output.text).split("\n");
    expect(lines.findIndex((line) => line.includes("Ctrl-C again"))).toBeLessThan(
      lines.findIndex((line) => line.includes("█")),
    );
    view.close();
  });

  it.each([40, 60, 80, 100])("never writes a line wider than %i cells", (width) => {
    const output = recordedOutput({ isTerminal: true, width, colors: true });
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...columns[4]!,
      name: `column number ${i}`,
    }));
    const wide = events.map((event) =>
      event.type === "columns" ? { ...event, columns: many } : event,
    );
    const view = play(output, wide);
    view.draw();
    view.close();
    for (const line of output.text.split(/\n|\u001b\[\d+A\u001b\[0J/))
      expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width);
  });

  it("lets no control character of a name reach the terminal", () => {
    const output = recordedOutput();
    const evil = "a\u001b[2J\u0007\r\nb\u202e";
    play(output, [
      {
        type: "data-read",
        path: `/x/${evil}.csv`,
        rows: 1,
        columns: 1,
        format: evil,
        seconds: 0,
        fileRows: 2,
        notes: [evil],
      },
      { type: "target", name: evil, why: evil, runnerUp: evil },
      {
        type: "columns",
        columns: [
          { ...columns[0]!, name: evil },
          { ...columns[0]!, name: evil, role: "unused", reason: evil },
        ],
      },
      {
        type: "checks",
        checks: [{ code: "x", severity: "warning", column: evil, message: evil, action: evil }],
      },
    ]);
    expect(output.text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(output.text).toContain("a\\x1b[2J\\x07\\r\\nb\\u202e");
  });

  it("says why rows are divided as they are, unless it is at random", () => {
    const output = recordedOutput();
    const spec = {
      kind: "group",
      column: "shop",
      test: 0.2,
      folds: 5,
      repeats: 1,
      seed: 3,
    } as const;
    const why = "By group (shop, 14 groups): no group has rows on two sides, in 5 folds.";
    play(output, [{ type: "split", spec, why, training: 800, test: 200 }]);
    expect(output.text).toMatch(/rows +800 training in 5 folds, 200 test, put aside/);
    expect(output.text.replace(/\s+/g, " ")).toContain(`${why} seed 3`);
  });

  it("keeps quiet about what did not happen", () => {
    const output = recordedOutput();
    play(output, [
      { type: "checks", checks: [] },
      { type: "columns", columns: [] },
      { type: "target", name: "y", why: "given", runnerUp: null },
      {
        type: "split",
        spec: {
          kind: "random",
          test: 0,
          folds: 1,
          repeats: 1,
          validation: 0.2,
          stratify: true,
          seed: 7,
        },
        why: "",
        training: 50_000,
        test: 0,
      },
      {
        type: "started",
        run: "r",
        directory: "r",
        metric: "rmse",
        seed: 7,
        workers: 1,
        seconds: null,
        trials: 40,
      },
    ]);
    expect(output.text).toMatchInlineSnapshot(`
      "  columns          none                                                 nothing dropped
        target           y  (given)
        rows             50 000 training, 20 % of them for validation, no test part   seed 7
        run              r, from its journal

        40 trials at most, 1 worker. Ctrl-C stops early and keeps everything.

      "
    `);
  });

  it("lists what was dropped, and only counts what is too much", () => {
    const output = recordedOutput();
    const dropped = Array.from({ length: 10 }, (_, i) => ({
      ...columns[0]!,
      name: `id${i}`,
      role: "identifier" as const,
      reason: "every row has its own value",
    }));
    play(output, [{ type: "columns", columns: [...columns, ...dropped] }]);
    expect(output.text).toMatchInlineSnapshot(`
      "  columns          5 numeric (beds, baths, sqft, latitude, longitude)
                         3 categories (city 37, zip 68, type 3)               10 dropped
        dropped          id0: every row has its own value
                         id1: every row has its own value
                         id2: every row has its own value
                         id3: every row has its own value
                         id4: every row has its own value
                         id5: every row has its own value
                         id6: every row has its own value
                         id7: every row has its own value
                         and 2 more, in the report
      "
    `);
  });
});

describe("JsonView", () => {
  it("writes one event a line", () => {
    const output = recordedOutput();
    const view = new JsonView(output);
    for (const event of events) view.event(event);
    const lines = output.text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
  });
});
