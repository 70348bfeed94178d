import { describe, expect, it } from "vitest";
import { commands, createProgram, runCli } from "../../src/cli/program.ts";
import { AutomlError } from "../../src/core/errors.ts";
import { fakeCli } from "./fake-terminal.ts";

/** What a command line that cannot be taken prints. */
async function usage(...argv: readonly string[]): Promise<string> {
  const cli = fakeCli();
  expect(await runCli(argv, cli)).toBe(2);
  expect(cli.out.text).toBe("");
  return cli.err.text;
}

describe("automl", () => {
  it("prints its version and its help on stdout", async () => {
    const cli = fakeCli();
    expect(await runCli(["--version"], cli)).toBe(0);
    expect(cli.out.text).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = fakeCli();
    expect(await runCli(["--help"], help)).toBe(0);
    expect(help.out.text).toMatchInlineSnapshot(`
      "Usage: automl [options] [command]

      Glass-box AutoML for regression on tables: every model comes with its source code.

      Options:
        -v, --version  print the version
        -h, --help     print this help

      Commands:
        train          find good models for a table; a script and a notebook for each, and a report
        explore        look at a table without training: types with reasons, findings, a page, a script
        run            run a generated or edited script and record its result in its run
        verify         run every trial's script again and compare with the recorded scores
        resume         go on with an interrupted or finished run
        report         rebuild run.json and the report, edits included; several runs are compared
        restore        print a trial's original script again
        predict        predict the rows of a new file
        runs           list runs and their best scores

      First steps:
        automl train data.csv
        automl report --open
      "
    `);
  });

  it("has help as a command, too", async () => {
    for (const [asked, same] of [
      [["help"], ["--help"]],
      [
        ["help", "train"],
        ["train", "--help"],
      ],
    ] as const) {
      const [help, flag] = [fakeCli(), fakeCli()];
      expect(await runCli(asked, help)).toBe(0);
      expect(await runCli(same, flag)).toBe(0);
      expect(help.out.text).toBe(flag.out.text);
    }
  });

  it("prints its help on stderr when it was called without a command", async () => {
    const cli = fakeCli();
    expect(await runCli([], cli)).toBe(2);
    expect(cli.out.text).toBe("");
    expect(cli.err.text).toContain("Usage: automl");
  });

  it.each(commands.map(({ name }) => name))("explains %s", async (name) => {
    const cli = fakeCli();
    expect(await runCli([name, "--help"], cli)).toBe(0);
    expect(cli.out.text).toMatchSnapshot();
    for (const line of cli.out.text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("loads only what a command needs", async () => {
    const program = await createProgram(fakeCli(), ["verify"]);
    const withArguments = program.commands.filter(
      (command) => command.registeredArguments.length > 0,
    );
    expect(withArguments.map((command) => command.name())).toEqual(["verify"]);
  });
});

describe("wrong usage", () => {
  it("ends with code 2, the reason and the nearest name", async () => {
    expect(await usage("train", "a.csv", "--traget", "price")).toMatchInlineSnapshot(`
      "
        error AUTOML_OPTION_INVALID  Unknown option "--traget"
              Did you mean "--target"?
              automl train --help lists the options.
      "
    `);
    expect(await usage("trian", "a.csv")).toContain('Did you mean "train"?');
  });

  it.each([
    [["train"], 'Missing required argument "data"'],
    [["train", "a.csv", "b.csv"], "Too many arguments"],
    [["train", "a.csv", "--seed"], '"--seed <number>" argument missing'],
    [["train", "a.csv", "--seed", "x"], "It takes a whole number, 0 or more."],
    [["train", "a.csv", "--seed", "1.5"], "It takes a whole number, 0 or more."],
    [["train", "a.csv", "--workers", "0x10"], "It takes a whole number from 1 to 256."],
    [["train", "a.csv", "--test-fraction", "0.9"], "It takes a number from 0 to 0.5."],
    [["train", "a.csv", "--metric", "rsme"], "It takes one of rmse, mae, r2, mape, rmsle, medae."],
    [["train", "a.csv", "--families", "a,,b"], "It takes names separated by commas."],
    [["train", "a.csv", "--target", ""], "It takes a text that is not empty."],
    [["train", "a.csv", "--no-stacking"], 'Unknown option "--no-stacking"'],
    [["train", "a.csv", "--config", "/none.yaml"], "The settings in /none.yaml cannot be read"],
    [["train", "a.csv", "--target", "a", "--target", "b"], "--target is given twice."],
    [["train", "a.csv", "--quiet", "--quiet"], "--quiet is given twice."],
    [["train", "a.csv", "--header", "--no-header"], "--header and --no-header are both given."],
    [["explore", "a.csv", "--out", "a", "--out=b"], "--out is given twice."],
    [["train", "a.csv", "--types", "a=text", "--types", "a=category"], 'what "a" is: text and'],
    [["train", "a.csv", "--types", "a=text,a=category"], 'what "a" is: text and category.'],
    [["help", "serve"], 'Unknown command "serve"'],
    [["predict", "run"], 'Missing required argument "data"'],
    [["serve"], 'Unknown command "serve"'],
    [["verify", "a", "b"], "Too many arguments"],
  ])("refuses %j", async (argv, message) => {
    const text = (await usage(...argv)).replace(/\s+/g, " ");
    expect(text).toContain(message);
    expect(text).toContain("error AUTOML_OPTION_INVALID ");
  });

  it("escapes what was typed", async () => {
    expect(await usage("train", "a.csv", "--x\u001b[2J")).toContain("\\x1b[2J");
  });
});

describe("failures", () => {
  const failing = (error: unknown) => fakeCli({ verify: () => Promise.reject(error) });

  it("print code, message and hint on stderr and end with code 1", async () => {
    const cli = failing(
      new AutomlError("AUTOML_RUN_UNKNOWN", 'There is no run "a\u001b[2Jb".', {
        hint: 'Did you mean "ab"?\nautoml runs lists them.',
      }),
    );
    expect(await runCli(["verify", "x"], cli)).toBe(1);
    expect(cli.out.text).toBe("");
    expect(cli.err.text).toMatchInlineSnapshot(`
      "
        error AUTOML_RUN_UNKNOWN  There is no run "a\\x1b[2Jb".
              Did you mean "ab"?
              automl runs lists them.
      "
    `);
  });

  it("write the lines to paste in a hint as the program was called", async () => {
    const hint = "automl runs lists them; automl-runs/a, or npx automl resume a.";
    const failed = () => Promise.reject(new AutomlError("AUTOML_RUN_UNKNOWN", "None.", { hint }));
    const cli = fakeCli({ verify: failed }, { command: "npx glassbox-automl" });
    expect(await runCli(["verify", "x"], cli)).toBe(1);
    expect(cli.err.text.replaceAll(/\s+/g, " ")).toContain(
      "npx glassbox-automl runs lists them; automl-runs/a, or npx glassbox-automl resume a.",
    );
  });

  it("wrap long messages below the message", async () => {
    const cli = failing(new AutomlError("AUTOML_INTERNAL", "word ".repeat(40).trim()));
    expect(await runCli(["verify", "x"], cli)).toBe(1);
    const lines = cli.err.text.trim().split("\n");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("show where a defect of ours happened", async () => {
    const cli = failing(new TypeError("x is undefined"));
    expect(await runCli(["verify", "x"], cli)).toBe(1);
    expect(cli.err.text).toContain("error AUTOML_INTERNAL  x is undefined");
    expect(cli.err.text).toContain("program.test.ts");
  });

  it("mean wrong usage when an option is invalid, an interruption when it is one", async () => {
    const invalid = failing(new AutomlError("AUTOML_OPTION_INVALID", "no"));
    expect(await runCli(["verify", "x"], invalid)).toBe(2);
    const interrupted = failing(new AutomlError("AUTOML_INTERRUPTED", "Nothing was trained."));
    expect(await runCli(["verify", "x"], interrupted)).toBe(130);
    expect(interrupted.err.text).toBe("\n  Nothing was trained.\n");
  });
});
