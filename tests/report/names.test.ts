import { describe, expect, it } from "vitest";
import {
  commandName,
  restoreCommands,
  shellWord,
  trialCommands,
} from "../../src/report/commands.ts";
import { harmlessKey, shorten, ShortNames, visibleName } from "../../src/report/names.ts";
import { fixtureRun, hostileNames } from "./fixture.ts";

describe("names", () => {
  it("show what would otherwise be invisible", () => {
    expect(visibleName("a\nb\tc")).toBe("a⏎b⇥c");
    expect(visibleName("\u202egnp.exe")).toBe("[U+202E]gnp.exe");
    expect(visibleName("plain, ünïcode, עברית, 名前")).toBe("plain, ünïcode, עברית, 名前");
  });

  it("are short, distinct, and the same every time", () => {
    const names = new ShortNames();
    const long = names.of(hostileNames.long);
    expect(long).toHaveLength(60);
    expect(long.endsWith("…")).toBe(true);
    expect(names.of(`${hostileNames.long}!`)).toBe(`${long} (2)`);
    expect(names.of(hostileNames.long)).toBe(long);
    expect([names.of("a\nb"), names.of("a⏎b"), names.of("")]).toEqual([
      "a⏎b",
      "a⏎b (2)",
      "(no name)",
    ]);
  });

  it("are no property that every object has: Vega keys data by plain objects", () => {
    const names = new ShortNames();
    const inherited = Object.getOwnPropertyNames(Object.prototype);
    expect(inherited).toContain("__proto__");
    for (const name of inherited) {
      const bars: { [key: string]: number } = {};
      expect(names.of(name)).toBe(`“${name}”`);
      expect(bars[names.of(name)]).toBeUndefined();
      bars[names.of(name)] = 1;
      expect(Object.keys(bars)).toEqual([names.of(name)]);
    }
    expect(names.of("“constructor”")).toBe("“constructor” (2)");
    expect(harmlessKey("price")).toBe("price");
  });

  it("are never cut inside a character", () => {
    expect(shorten("ab😀cd", 4)).toBe("ab…");
    expect(shorten("ab😀cd", 5)).toBe("ab😀…");
  });
});

describe("commands", () => {
  it("quote what a shell would take apart", () => {
    expect(shellWord("sacramento-0914")).toBe("sacramento-0914");
    expect(shellWord("my run; rm -rf ~")).toBe("'my run; rm -rf ~'");
    expect(shellWord("it's $(whoami)")).toBe("'it'\\''s $(whoami)'");
    expect(shellWord("-rf")).toBe("./-rf");
  });

  it("name the trial's folder, or the run where the trial is its answer", () => {
    const run = { command: "npx automl", path: "automl-runs/a run" };
    const ridge = fixtureRun().record.trials.find((trial) => trial.family === "ridge")!;
    expect(trialCommands(run, ridge, false).map(({ line }) => line)).toEqual([
      "npx automl predict 'automl-runs/a run/trials/004-ridge' new.csv",
      "npx automl run --watch 'automl-runs/a run/trials/004-ridge/trial.ts'",
    ]);
    expect(trialCommands(run, ridge, true)[0]!.line).toBe(
      "npx automl predict 'automl-runs/a run' new.csv",
    );
  });

  it("offer the original of what was generated, and of nothing else", () => {
    const run = { command: "npx automl", path: "automl-runs/a" };
    const { trials } = fixtureRun().record;
    const ridge = trials.find((trial) => trial.family === "ridge")!;
    expect(restoreCommands(run, ridge).map(({ line }) => line)).toEqual([
      "npx automl restore automl-runs/a 004",
    ]);
    expect(restoreCommands(run, { ...ridge, origin: "edited" })).toEqual([]);
    expect(restoreCommands(run, { ...ridge, script: null })).toEqual([]);
  });

  it("call the package by its name only where npx keeps it in its own cache", () => {
    expect(commandName("/usr/bin/automl")).toBe("npx automl");
    expect(commandName("/p/node_modules/.bin/automl")).toBe("npx automl");
    expect(commandName("/c/_npx/ab/node_modules/.bin/automl")).toBe("npx glassbox-automl");
    expect(commandName("C:\\c\\_npx\\ab\\node_modules\\.bin\\automl")).toBe("npx glassbox-automl");
  });
});
