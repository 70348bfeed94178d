import { describe, expect, it } from "vitest";
import { shellWord, trialCommands } from "../../src/report/commands.ts";
import { shorten, ShortNames, visibleName } from "../../src/report/names.ts";
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
    expect([names.of("__proto__"), names.of("constructor")]).toEqual(["__proto__", "constructor"]);
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
    const ridge = fixtureRun().record.trials.find((trial) => trial.family === "ridge")!;
    expect(trialCommands("a run", ridge, false).map(({ line }) => line)).toEqual([
      "automl predict 'a run/trials/004-ridge' new.csv",
      "automl run --watch 004",
    ]);
    expect(trialCommands("a run", ridge, true)[0]!.line).toBe("automl predict 'a run' new.csv");
  });
});
