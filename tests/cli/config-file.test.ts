import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfigFile } from "../../src/cli/config-file.ts";
import { AutomlError } from "../../src/core/errors.ts";

const scratch = mkdtempSync(join(tmpdir(), "glassbox-config-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function read(text: string): unknown {
  const path = join(scratch, "automl.yaml");
  writeFileSync(path, text);
  return readConfigFile(path);
}

/** Message and hint of the error that reading gives. */
function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof AutomlError && error.code === "AUTOML_OPTION_INVALID")
      return `${error.message} | ${error.hint ?? ""}`.replaceAll(scratch, "");
    throw error;
  }
  return "accepted";
}

describe("readConfigFile", () => {
  it("takes the names of the flags and gives the names of the options", () => {
    const text = [
      "target: price",
      "time-budget: 20",
      "families: [ridge, gradientBoosting]",
      "exclude: zip, city",
      "test-fraction: 0.25",
      "samples: false",
      "metric: mae",
    ].join("\n");
    expect(read(text)).toEqual({
      target: "price",
      timeBudget: 20,
      families: ["ridge", "gradientBoosting"],
      exclude: ["zip", "city"],
      testFraction: 0.25,
      samples: false,
      metric: "mae",
    });
  });

  it("takes types by column, or as the flag writes them", () => {
    const types = { size: "ordered:S<M<L", sold: "date:%b %d, %Y" };
    expect(read("types:\n  size: ordered:S<M<L\n  sold: 'date:%b %d, %Y'\n")).toEqual({ types });
    expect(read("types: size=ordered:S<M<L,sold=date:%b %d, %Y\n")).toEqual({ types });
    expect(refusal("types: size\n")).toContain("is no column=type");
    expect(refusal("types: [size]\n")).toContain("must be column=type pairs");
  });

  it("takes an empty file for no settings", () => {
    expect(read("# nothing yet\n")).toEqual({});
  });

  it("refuses an unknown setting and names the nearest", () => {
    expect(refusal("tiem-budget: 20")).toMatch(
      /^There is no setting "tiem-budget" \(in .*\)\. \| Did you mean "time-budget"\? {2}Settings: target, out, /,
    );
    expect(refusal("timeBudget: 20")).toContain('Did you mean "time-budget"?');
    const listed = refusal("tiem: 1").split("Settings: ")[1]!.split(", ");
    expect(new Set(listed).size).toBe(listed.length);
    expect(refusal("__proto__: 1")).toContain("There is no setting");
  });

  it.each([
    ["time-budget: soon", 'The setting "time-budget" must be a number from 1 to 10000000'],
    ["max-trials: 1.5", 'The setting "max-trials" must be a whole number from 1 to 100000'],
    ["metric: rsme", 'The setting "metric" must be one of rmse, mae'],
    ["families: 7", 'The setting "families" must be a list of names'],
    ["quiet: perhaps", 'The setting "quiet" must be true or false'],
    ["target: ''", 'The setting "target" must be a text that is not empty'],
    ["- target", "does not hold settings"],
    ["target: [", "cannot be read"],
    ["target: a\ntarget: b", "cannot be read"],
  ])("refuses %j", (text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it("refuses a file that is not there", () => {
    expect(() => readConfigFile(join(scratch, "none.yaml"))).toThrow(
      /cannot be read: there is no such file\.$/,
    );
  });
});
