import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automl, expectError } from "./automl.ts";
import { at, houses } from "./houses.ts";

/** Some of these start several processes, one after the other. */
const patient = { timeout: 60_000 };

describe("a run", patient, () => {
  const folder = mkdtempSync(join(tmpdir(), "automl-broken-"));
  const journal = (run: string): string => join(folder, run, "journal.jsonl");
  const script = (run: string): string => join(run, "trials/003-ridge/trial.ts");
  const data = join(folder, "houses.csv");

  /** A copy of the run, to be spoilt. */
  function copy(name: string): string {
    cpSync(join(folder, "run"), join(folder, name), { recursive: true, verbatimSymlinks: true });
    return name;
  }

  beforeAll(async () => {
    writeFileSync(data, houses());
    const args = ["--families", "mean,median,ridge", "--max-trials", "4", "--out", "run"];
    const trained = await automl(folder, "train", "houses.csv", "--target", "price", ...args);
    expect(trained.status, trained.stderr).toBe(0);
  }, patient.timeout);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("ignores the torn last line of its journal, and goes on", async () => {
    const run = copy("torn");
    const whole = readFileSync(journal("run"));
    writeFileSync(journal(run), whole.subarray(0, whole.length - 30));
    // A process that was killed in training leaves its mark; that it is dead counts.
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(join(folder, run, ".training"), JSON.stringify({ pid, host: hostname() }));
    expect((await automl(folder, "report", run)).status).toBe(0);
    const resumed = await automl(folder, "resume", run);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(existsSync(join(folder, run, ".training"))).toBe(false);
    expect(readFileSync(journal(run), "utf8")).toMatch(/"type":"run-finished".*\n$/);
  });

  it.concurrent.each([
    ["cut", (line: string) => line.slice(0, -20)],
    ["no object", () => "null"],
    ["without its content", () => '{"sequence":4,"type":"trial-finished"}'],
  ])("names the line of its journal that is %s", async (kind, damage) => {
    const run = copy(`damaged ${kind}`);
    const lines = readFileSync(journal("run"), "utf8").split("\n");
    const spoilt = lines.map((line, i) => (i === 4 ? damage(line) : line)).join("\n");
    writeFileSync(journal(run), spoilt);
    for (const args of [
      ["verify", run],
      ["resume", run],
      ["report", run],
      ["predict", run, data],
    ])
      expectError(
        await automl(folder, ...args),
        "AUTOML_RUN_BROKEN",
        /Line 5 of .*journal\.jsonl is damaged/,
        /Restore/,
      );
    expect(readFileSync(journal(run), "utf8")).toBe(spoilt);
  });

  it.concurrent("cannot be rebuilt from a journal without a beginning", async () => {
    const run = copy("headless");
    writeFileSync(journal(run), "");
    const resumed = await automl(folder, "resume", run);
    expectError(resumed, "AUTOML_RUN_BROKEN", /does not begin with a run/, /Restore/);
  });

  it.concurrent("is trained by one command at a time", async () => {
    const run = copy("busy");
    const holder = JSON.stringify({ pid: process.pid, host: hostname() });
    writeFileSync(join(folder, run, ".training"), holder);
    const before = readFileSync(journal(run), "utf8");
    const resumed = await automl(folder, "resume", run, "--max-trials", "9");
    expectError(resumed, "AUTOML_RUN_BUSY", /Another command/, /Wait/);
    const own = readFileSync(join(folder, script(run)), "utf8");
    writeFileSync(join(folder, script(run)), own.replace(/alpha: [\d.]+,/, "alpha: 7.25,"));
    const edited = await automl(folder, "run", script(run));
    expect(edited.stdout).toContain("not recorded: the run is still training");
    expect(readFileSync(journal(run), "utf8")).toBe(before);
    expect(readFileSync(join(folder, run, ".training"), "utf8")).toBe(holder);
  });

  it("gets a folder of its own when two begin at once", async () => {
    const train = (...more: string[]) =>
      automl(folder, "train", data, "--families", "mean", "--max-trials", "1", ...more);
    const named = await Promise.all([train("--out", "same"), train("--out", "same")]);
    const [lost] = named.filter(({ status }) => status !== 0);
    expect(new Set(named.map(({ status }) => status))).toEqual(new Set([0, 1]));
    expectError(lost!, "AUTOML_OUTPUT_EXISTS", /same is not empty/, /--out/);
    expect(readFileSync(journal("same"), "utf8").match(/"run-started"/g)).toHaveLength(1);
    const unnamed = await Promise.all([train(), train()]);
    expect(unnamed.map(({ status }) => status)).toEqual([0, 0]);
    const made = readdirSync(join(folder, "automl-runs")).filter((name) =>
      name.startsWith("houses"),
    );
    expect(made).toHaveLength(2);
  });

  it.concurrent.each([
    ["trial", ["run", "run/trials/099-ridge/trial.ts"], /no script "run/, /trial's id/],
    ["id", ["restore", "run", "099"], /no completed trial 099/, /leaderboard\.csv/],
  ] as const)("has no such %s", async (_, args, message, hint) => {
    expectError(await automl(folder, ...args), "AUTOML_TRIAL_UNKNOWN", message, hint);
  });

  it.concurrent("is not there", async () => {
    for (const command of ["verify", "resume", "report"])
      expectError(
        await automl(folder, command, "rum"),
        "AUTOML_RUN_UNKNOWN",
        /no run "rum"/,
        /runs/,
      );
    const listed = await automl(folder, "runs", "rum");
    expectError(listed, "AUTOML_RUN_UNKNOWN", /no folder rum/, /automl runs/);
    const predicted = await automl(folder, "predict", "rum.json", data);
    expectError(predicted, "AUTOML_MODEL_INVALID", /rum\.json .*cannot be read/, /automl run/);
  });

  it.concurrent("does not predict what lacks a column", async () => {
    writeFileSync(join(folder, "near.csv"), houses().replace("town", "towns"));
    const { stdout, ...rest } = await automl(
      folder,
      "predict",
      "run",
      "near.csv",
      "--out",
      "p.csv",
    );
    expect(stdout).toBe("");
    const said = [/lacks "town" \(perhaps "towns"\?\)/, /only the target may be missing/] as const;
    expectError({ stdout, ...rest }, "AUTOML_COLUMN_UNKNOWN", ...said);
    expect(existsSync(join(folder, "p.csv"))).toBe(false);
  });

  it.concurrent("does not predict with a model that is broken", async () => {
    const saved = readFileSync(join(folder, "run/trials/003-ridge/model.json"), "utf8");
    const models: readonly (readonly [string, RegExp])[] = [
      [saved.slice(0, 500), /is not JSON/],
      ["{}", /not a saved trial/],
      [saved.replace('"version":1', '"version":2'), /a version/],
      [saved.replace('"preparation"', '"perparation"'), /its preparation is missing/],
      [saved.replace('"kind":"linear"', '"kind":"bent"'), /its structure is damaged/],
    ];
    for (const [i, [text, message]] of models.entries()) {
      const model = `model-${i}.json`;
      writeFileSync(join(folder, model), text);
      const predicted = await automl(folder, "predict", model, data);
      expectError(predicted, "AUTOML_MODEL_INVALID", message, /automl run/);
    }
  });
});

describe("a script", patient, () => {
  const folder = mkdtempSync(join(tmpdir(), "automl-script-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.concurrent.each([
    ["does not compile", "const a = [\nlet b = 1;\n", /SyntaxError: .*\(script\.ts:2\)/],
    [
      "throws",
      "export {};\nthrow new RangeError('too far');\n",
      /RangeError: too far \(script\.ts:2\)/,
    ],
    [
      "throws later",
      "setTimeout(() => {\n  throw new Error('late');\n}, 1);\n",
      /late \(script\.ts:2\)/,
    ],
    ["waits for ever", "await new Promise(() => {});\n", /never comes/],
    ["ends its process", "process.exit(3);\n", /exit code 3/],
    ["imports what is not there", "import 'no-such-package';\n", /no-such-package/],
  ])("that %s", async (name, source, message) => {
    const place = join(folder, name.replaceAll(" ", "-"));
    mkdirSync(place);
    writeFileSync(join(place, "script.ts"), source);
    const ended = await automl(place, "run", "script.ts");
    expectError(ended, "AUTOML_SCRIPT_FAILED", message, /Correct|Install/);
  });

  it.skipIf(process.platform === "win32")("that is killed", async () => {
    writeFileSync(join(folder, "killed.ts"), "process.kill(process.pid, 'SIGKILL');\n");
    const ended = await automl(folder, "run", "killed.ts");
    expectError(ended, "AUTOML_SCRIPT_FAILED", /ended by SIGKILL/, /memory/);
  });
});

describe("a run whose data", patient, () => {
  const folder = mkdtempSync(join(tmpdir(), "automl-changed-"));
  const data = join(folder, "houses.csv");
  const script = "run/trials/001-mean/trial.ts";
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** All of them fail with one and the same code, and leave the journal as it is. */
  async function expectRefusals(code: string, message: RegExp): Promise<void> {
    const journal = readFileSync(join(folder, "run/journal.jsonl"), "utf8");
    expectError(await automl(folder, "run", script), code, message, /./);
    expectError(await automl(folder, "resume", "run", "--max-trials", "9"), code, message, /./);
    const verified = await automl(folder, "verify", "run");
    expect(verified.status).toBe(1);
    // Said once for all trials.
    expect(verified.stdout).toMatch(new RegExp(`001 and \\d more +failed +${code}`));
    expect(readFileSync(join(folder, "run/journal.jsonl"), "utf8")).toBe(journal);
  }

  it("changes or goes away is told so, with what to do", async () => {
    writeFileSync(data, houses());
    const args = ["--families", "mean,median", "--max-trials", "2", "--out", "run"];
    const trained = await automl(folder, "train", "houses.csv", "--target", "price", ...args);
    expect(trained.status, trained.stderr).toBe(0);
    writeFileSync(data, houses(at({ 5: "999" })));
    await expectRefusals("AUTOML_FILE_CHANGED", /houses\.csv is not the file/);
    rmSync(data);
    await expectRefusals("AUTOML_FILE_MISSING", /no file .*houses\.csv/);
    expect((await automl(folder, "report", "run")).status).toBe(0);
  });
});
