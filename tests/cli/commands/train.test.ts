import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import type { TrainOptions } from "../../../src/app/train-options.ts";
import type { KeyInput } from "../../../src/cli/cli.ts";
import { runCli } from "../../../src/cli/program.ts";
import type { UseCases } from "../../../src/cli/use-cases.ts";
import { AutomlError } from "../../../src/core/errors.ts";
import { bestModel, columns, events, record } from "../fake-run.ts";
import { fakeCli } from "../fake-terminal.ts";

const finished = {
  directory: "/home/me/automl-runs/sacramento-0914",
  record,
  best: bestModel,
  ensemble: null,
  interrupted: false,
};

/** A train() that plays the fake run and keeps what it was called with. */
function fakeTrain(result = finished): { calls: TrainOptions[]; train: UseCases["train"] } {
  const calls: TrainOptions[] = [];
  return {
    calls,
    train: (_data, options = {}) => {
      calls.push(options);
      for (const event of events) options.on?.event?.(event);
      return Promise.resolve(result);
    },
  };
}

const settingsOf = ({ signal: _signal, on: _on, ...settings }: TrainOptions): object => settings;

describe("automl train", () => {
  it("tells progress on stderr and results on stdout", async () => {
    const { train } = fakeTrain();
    const cli = fakeCli({ train });
    expect(await runCli(["train", "datasets/sacramento.csv"], cli)).toBe(0);
    expect(cli.err.text).toContain("60 s at most, 2 workers");
    expect(cli.err.text).toContain("Stopped searching after 41 s");
    expect(cli.out.text).toContain("error (validation RMSE)");
    expect(cli.out.text).toContain("automl predict automl-runs/sacramento-0914 new-rows.csv");
    expect(cli.err.text).not.toContain("validation RMSE");
  });

  it("gives nothing but the result with --quiet, nothing but events with --json", async () => {
    const quiet = fakeCli({ train: fakeTrain().train });
    expect(await runCli(["train", "a.csv", "--quiet"], quiet)).toBe(0);
    expect(quiet.err.text).toBe("");
    expect(quiet.out.text).toContain("validation RMSE");
    const json = fakeCli({ train: fakeTrain().train });
    expect(await runCli(["train", "a.csv", "--json"], json)).toBe(0);
    expect(json.err.text).toBe("");
    const lines = json.out.text.trimEnd().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual(
      events.map(({ type }) => type),
    );
  });

  it("ends the events with the error, when there is one", async () => {
    const train = (): Promise<never> =>
      Promise.reject(
        new AutomlError("AUTOML_FILE_MISSING", "There is no file a.csv.", { hint: "Look." }),
      );
    const cli = fakeCli({ train });
    expect(await runCli(["train", "a.csv", "--json"], cli)).toBe(1);
    expect(JSON.parse(cli.out.text)).toEqual({
      type: "error",
      code: "AUTOML_FILE_MISSING",
      message: "There is no file a.csv.",
      hint: "Look.",
    });
    expect(cli.err.text).toContain("error AUTOML_FILE_MISSING");
  });

  it("tells wrong usage to programs as well", async () => {
    for (const argv of [
      ["train", "a.csv", "--json", "--traget", "x"],
      ["resume", "--json", "--max-trials", "none"],
      ["train", "--json"],
    ]) {
      const cli = fakeCli();
      expect(await runCli(argv, cli)).toBe(2);
      expect(JSON.parse(cli.out.text)).toMatchObject({
        type: "error",
        code: "AUTOML_OPTION_INVALID",
      });
      expect(cli.err.text).toContain("error AUTOML_OPTION_INVALID");
    }
    const people = fakeCli();
    expect(await runCli(["train", "--", "--json", "b"], people)).toBe(2);
    expect(people.out.text).toBe("");
  });

  it("hands every flag on, and nothing that was not said", async () => {
    const { train, calls } = fakeTrain();
    const line =
      "train a.csv --target price --out o --time-budget 2.5 --max-trials 9 --seed 3 --workers 2 --memory 900 " +
      "--metric mae --families ridge,huber --exclude zip --exclude city,type --types a=category --types b=ordered:S<M,c=numeric --test-fraction 0 --cv 3 " +
      "--kernel tslab --no-samples --no-ensemble --quiet";
    expect(await runCli(line.split(" "), fakeCli({ train }))).toBe(0);
    expect(await runCli(["train", "a.csv"], fakeCli({ train }))).toBe(0);
    expect(calls.map(settingsOf)).toEqual([
      {
        target: "price",
        out: "o",
        timeBudget: 2.5,
        maxTrials: 9,
        seed: 3,
        workers: 2,
        memory: 900,
        metric: "mae",
        families: ["ridge", "huber"],
        exclude: ["zip", "city", "type"],
        types: { a: "category", b: "ordered:S<M", c: "numeric" },
        testFraction: 0,
        cv: 3,
        kernel: "tslab",
        samples: false,
        ensemble: false,
      },
      {},
    ]);
  });

  it("fails when no trial was completed", async () => {
    const { train } = fakeTrain({ ...finished, record: { ...record, best: null, trials: [] } });
    expect(await runCli(["train", "a.csv"], fakeCli({ train }))).toBe(1);
  });
});

describe("--config", () => {
  const scratch = mkdtempSync(join(tmpdir(), "glassbox-train-"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it("gives the settings that no flag gives", async () => {
    const path = join(scratch, "automl.yaml");
    writeFileSync(path, "seed: 7\ncv: 4\nquiet: true\nsamples: false\n");
    const { train, calls } = fakeTrain();
    const cli = fakeCli({ train });
    expect(await runCli(["train", "a.csv", "--config", path, "--seed", "8"], cli)).toBe(0);
    expect(calls.map(settingsOf)).toEqual([{ seed: 8, cv: 4, samples: false }]);
    expect(cli.err.text).toBe("");
  });
});

describe("Ctrl-C", () => {
  /** A train() that ends when it is interrupted. */
  const patient: UseCases["train"] = (_data, { signal } = {}) =>
    new Promise((resolve) => {
      signal?.addEventListener("abort", () => resolve({ ...finished, interrupted: true }));
    });

  it("ends cleanly, keeps what is finished and exits with 130", async () => {
    const cli = fakeCli({ train: patient });
    const ended = runCli(["train", "a.csv"], cli);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cli.interrupt();
    expect(cli.err.text).toContain("Ctrl-C again ends at once");
    expect(await ended).toBe(130);
    expect(cli.out.text).toContain("validation RMSE");
    expect(cli.killed).toEqual([]);
  });

  it("kills the process the second time, and is not heard after the run", async () => {
    const deaf: UseCases["train"] = () =>
      new Promise((resolve) => setTimeout(() => resolve(finished), 60));
    let now = 0;
    const cli = fakeCli({ train: deaf }, { clock: () => now });
    const ended = runCli(["train", "a.csv"], cli);
    await new Promise((resolve) => setTimeout(resolve, 20));
    cli.interrupt();
    // `timeout` signals the process and its group: that is one wish, not two.
    now = 0.9;
    cli.interrupt();
    expect(cli.killed).toEqual([]);
    now = 1;
    cli.interrupt();
    expect(cli.killed).toEqual([130]);
    await ended;
    cli.interrupt();
    expect(cli.killed).toEqual([130]);
  });
});

describe("asking for the target", () => {
  const guess = { name: "price", why: "by its name", runnerUp: "sqft", certain: false } as const;

  /** A keyboard that types the given keys as soon as it is listened to. */
  function keyboard(typed: string): KeyInput & { raw: boolean[] } {
    const stream = new PassThrough();
    const raw: boolean[] = [];
    const keys = Object.assign(stream, {
      raw,
      isTTY: true,
      setRawMode: (on: boolean) => {
        raw.push(on);
        if (on) setImmediate(() => stream.write(typed));
        return keys;
      },
    }) as unknown as KeyInput & { raw: boolean[] };
    return keys;
  }

  /** A train() that asks for its target. */
  const asking =
    (answers: (string | undefined)[], certain = false): UseCases["train"] =>
    async (_data, { chooseTarget } = {}) => {
      answers.push(await chooseTarget?.({ ...guess, certain }, columns));
      return finished;
    };

  it("takes the guess with Enter, another column with the arrow keys", async () => {
    const answers: (string | undefined)[] = [];
    const keys = keyboard("\r");
    const cli = fakeCli({ train: asking(answers) }, { keys });
    expect(await runCli(["train", "a.csv"], cli)).toBe(0);
    const other = fakeCli({ train: asking(answers) }, { keys: keyboard("\u001b[B\u001b[B\r") });
    expect(await runCli(["train", "a.csv"], other)).toBe(0);
    expect(answers).toEqual(["price", "beds"]);
    expect(keys.raw).toEqual([true, false]);
    expect(cli.err.text).toContain("> price  (by its name)");
  });

  it("is left with Ctrl-C", async () => {
    const cli = fakeCli({ train: asking([]) }, { keys: keyboard("\u0003") });
    expect(await runCli(["train", "a.csv"], cli)).toBe(130);
    expect(cli.err.text).toContain("Nothing was trained.");
  });

  it("never happens without two terminals, nor when it would not be seen, nor without need", async () => {
    const answers: (string | undefined)[] = [];
    await runCli(["train", "a.csv"], fakeCli({ train: asking(answers) }));
    for (const flag of ["--json", "--quiet"])
      await runCli(
        ["train", "a.csv", flag],
        fakeCli({ train: asking(answers) }, { keys: keyboard("\r") }),
      );
    expect(answers).toEqual([undefined, undefined, undefined]);
    await runCli(
      ["train", "a.csv"],
      fakeCli({ train: asking(answers, true) }, { keys: keyboard("") }),
    );
    expect(answers.at(-1)).toBe("price");
  });
});
