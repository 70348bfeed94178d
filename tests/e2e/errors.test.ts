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
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automl, expectError } from "./automl.ts";

/** Some of these start several processes, one after the other. */
const patient = { timeout: 60_000 };

/** Sixty houses; `change` may put something else into a price, by line of the file. */
function houses(change: (line: number) => string | undefined = () => undefined): string {
  const lines = Array.from({ length: 60 }, (_, i) => {
    const area = 40 + ((i * 37) % 100);
    const town = ["Elm", "Oak", "Ash"][i % 3]!;
    return `${area},${town},${change(i + 2) ?? area * 3 + (i % 3) * 20 + (i % 7)}`;
  });
  return `area,town,price\n${lines.join("\n")}\n`;
}

const at =
  (places: Readonly<Record<number, string>>) =>
  (line: number): string | undefined =>
    places[line];

const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * i * 31 + (i >> 3)) % 251);

const files: Readonly<Record<string, string | Uint8Array>> = {
  "houses.csv": houses(),
  "empty.csv": "",
  "blank.csv": "\n\n  \n",
  "header.csv": "area,town,price\n",
  "page.csv": "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
  "noise.csv": noise,
  "nul.csv": houses().replaceAll("Elm", "E\0lm"),
  "pointer.csv": `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d7a".repeat(16)}\nsize 12345\n`,
  "letter.txt":
    "Dear all,\nhere is the table, as promised, or is it, well, not?\nYours; A\nSee you\n",
  "cut.csv.gz": gzipSync(houses()).subarray(0, 250),
  "cut.parquet": "PAR1 and then nothing",
  "cut.json": '[{"price":1,"area":2},{"price":',
  "ragged.csv": `a,b,price\n${"1,2,3\n4,5,6\n1,2,3,4,5\n".repeat(20)}`,
  "words.csv": houses(at({ 5: "cheap", 9: "dear", 20: "n/k", 30: "?!" })),
  "infinite.csv": houses(at({ 5: "inf", 9: "-Infinity", 20: "Inf", 30: "inf" })),
  "constant.csv": houses(() => "7"),
  "negative.csv": houses(at({ 5: "-1", 9: "-2" })),
  "zeros.csv": houses(at({ 5: "0", 9: "0" })),
  "huge.csv": houses((line) => `${line}e300`),
  "few.csv": houses().split("\n").slice(0, 16).join("\n"),
  "hardly.csv": houses((line) => (line > 20 ? "" : undefined)),
  "unknown.yaml": "target: price\ntime_budget: 3\n",
  "wrong.yaml": "max-trials: many\n",
  "list.yaml": "- target\n",
  "broken.yaml": "target: [price\n  a: : b\n",
};

type Case = readonly [
  name: string,
  args: readonly string[],
  code: string,
  message: RegExp,
  hint: RegExp,
];

const train = (file: string, ...more: string[]): string[] => [
  "train",
  file,
  "--max-trials",
  "2",
  ...more,
];
const sold = (...more: string[]): string[] => train("houses.csv", "--target", "price", ...more);

const unusableFiles: readonly Case[] = [
  ["a missing file", train("there/is.no"), "AUTOML_FILE_MISSING", /no file .*is\.no/, /CSV/],
  ["a folder", train("."), "AUTOML_FILE_MISSING", /is a folder/, /CSV/],
  ["an empty file", train("empty.csv"), "AUTOML_FILE_EMPTY", /empty\.csv is empty/, /header row/],
  ["blank lines", train("blank.csv"), "AUTOML_FILE_EMPTY", /blank\.csv is empty/, /header row/],
  ["a header alone", train("header.csv"), "AUTOML_FILE_EMPTY", /no data rows/, /data rows/],
  ["a web page", train("page.csv"), "AUTOML_FILE_FORMAT", /web page \(HTML\)/, /download the data/],
  ["binary data", train("noise.csv"), "AUTOML_FILE_FORMAT", /noise\.csv .*binary/, /Parquet/],
  ["NUL bytes", train("nul.csv"), "AUTOML_FILE_FORMAT", /nul\.csv .*binary/, /CSV/],
  ["a git-LFS pointer", train("pointer.csv"), "AUTOML_FILE_FORMAT", /git-LFS/, /git lfs pull/],
  ["prose", train("letter.txt"), "AUTOML_FILE_FORMAT", /letter\.txt is text, but/, /one record/],
  ["half a gzip file", train("cut.csv.gz"), "AUTOML_FILE_FORMAT", /cut off/, /fetch .* again/],
  ["half a Parquet file", train("cut.parquet"), "AUTOML_FILE_FORMAT", /Parquet/, /fetch .* again/],
  ["half a JSON file", train("cut.json"), "AUTOML_FILE_FORMAT", /not valid JSON/, /records/],
  ["ragged rows", train("ragged.csv"), "AUTOML_FILE_BROKEN_ROWS", /20 rows .*line 4/, /quotes/],
];

const unusableTargets: readonly Case[] = [
  [
    "an unknown target",
    train("houses.csv", "--target", "pirce"),
    "AUTOML_TARGET_UNKNOWN",
    /no column "pirce" in .*houses\.csv/,
    /Did you mean "price"\? Columns: area, town, price/,
  ],
  [
    "a target with words in it",
    train("words.csv", "--target", "price"),
    "AUTOML_TARGET_NOT_NUMERIC",
    /4 of 60 .*"cheap" \(line 5\), "dear" \(line 9\), "n\/k" \(line 20\)\./,
    /another target/,
  ],
  [
    "a target that is a category",
    train("houses.csv", "--target", "town"),
    "AUTOML_TARGET_NOT_NUMERIC",
    /60 of 60 .*"Elm" \(line 2\), "Oak" \(line 3\), "Ash" \(line 4\)/,
    /another target/,
  ],
  [
    "a target with infinities",
    train("infinite.csv", "--target", "price"),
    "AUTOML_TARGET_NOT_NUMERIC",
    /"inf" \(line 5\), "-Infinity" \(line 9\)/,
    /plain numbers/,
  ],
  [
    "a constant target",
    train("constant.csv", "--target", "price"),
    "AUTOML_TARGET_CONSTANT",
    /is 7 in all 60 rows/,
    /another target/,
  ],
  [
    "fewer than 20 rows",
    train("few.csv", "--target", "price"),
    "AUTOML_TOO_FEW_ROWS",
    /15 rows .*at least 20/,
    /Add rows/,
  ],
  [
    "fewer than 20 rows with a target",
    train("hardly.csv", "--target", "price"),
    "AUTOML_TOO_FEW_ROWS",
    /19 rows have a value/,
    /missing values/,
  ],
  [
    "a target whose squares overflow",
    train("huge.csv", "--target", "price"),
    "AUTOML_METRIC_IMPOSSIBLE",
    /from 2e\+300 to 6\.1e\+301: .*too large/,
    /divide it/,
  ],
  [
    "rmsle of negative values",
    train("negative.csv", "--target", "price", "--metric", "rmsle"),
    "AUTOML_METRIC_IMPOSSIBLE",
    /RMSLE .*below 0 in 2 rows/,
    /--metric rmse or mae/,
  ],
  [
    "mape of zeros",
    train("zeros.csv", "--target", "price", "--metric", "mape"),
    "AUTOML_METRIC_IMPOSSIBLE",
    /MAPE .*is 0 in 2 rows/,
    /--metric mae/,
  ],
  [
    "no column but the target",
    sold("--exclude", "area,town"),
    "AUTOML_NO_FEATURES",
    /No column is left/,
    /reason of each/,
  ],
];

const usage = (args: string[], message: RegExp, hint = /--help/): Case => [
  args.join(" "),
  args,
  "AUTOML_OPTION_INVALID",
  message,
  hint,
];

const wrongUsage: readonly Case[] = [
  usage(["tarin", "houses.csv"], /Unknown command "tarin"/, /"train"/),
  usage(["train"], /Missing required argument/),
  usage(sold("--nope"), /Unknown option "--nope"/),
  usage(sold("--max-trial", "3"), /Unknown option "--max-trial"/, /"--max-trials"/),
  usage(sold("--max-trials", "0"), /"0" is invalid.*whole number from 1/),
  usage(sold("--max-trials", "many"), /"many" is invalid/),
  usage(sold("--time-budget", "-1"), /"-1" is invalid/),
  usage(sold("--seed", "1.5"), /"1.5" is invalid.*whole number/),
  usage(sold("--metric", "rmsee"), /"rmsee" is invalid.*one of rmse, mae/),
  usage(sold("--test-fraction", "0.9"), /"0.9" is invalid.*0 to 0.5/),
  usage(sold("--cv", "1"), /"1" is invalid/),
  usage(sold("--cv", "49"), /from 2 to 48, but is 49/, /5 is usual/),
  usage(sold("--kernel", "python"), /one of deno, tslab/),
  usage(sold("--target="), /text that is not empty/),
  usage(sold("--families", "nope"), /no family "nope"/, /Known: mean, median/),
  usage(sold("--families", "rigde"), /Did you mean "ridge"/, /Known: mean/),
  usage(sold("--exclude", "price"), /"price" is the target/, /one place only/),
  usage(sold("--config", "unknown.yaml"), /no setting "time_budget"/, /"time-budget"/),
  usage(sold("--config", "wrong.yaml"), /"max-trials" must be a whole number/),
  usage(sold("--config", "list.yaml"), /does not hold settings/, /YAML/),
  usage(sold("--config", "broken.yaml"), /cannot be read: .* at line 1/, /YAML/),
  usage(sold("--config", "noise.csv"), /noise\.csv/, /YAML/),
  usage(sold("--config", "there.is.none"), /cannot be read/, /path of a YAML file/),
  [
    "an unknown column to leave out",
    sold("--exclude", "twon"),
    "AUTOML_COLUMN_UNKNOWN",
    /no column "twon"/,
    /Did you mean "town"/,
  ],
];

const unusableFolders: readonly Case[] = [
  [
    "a folder below a file",
    sold("--out", "houses.csv/run"),
    "AUTOML_OUTPUT_UNWRITABLE",
    /run cannot be written: a file stands/,
    /--out/,
  ],
  ["a file", sold("--out", "houses.csv"), "AUTOML_OUTPUT_EXISTS", /not a folder/, /--out/],
  [
    "a folder with something in it",
    sold("--out", "full"),
    "AUTOML_OUTPUT_EXISTS",
    /full is not empty/,
    /--out.*resume/,
  ],
  // Linux answers "no such entry" there, at which Node's own way of making folders never comes back.
  ...(process.platform === "linux"
    ? ([
        [
          "a folder that the system does not make",
          sold("--out", "/proc/glassbox-automl"),
          "AUTOML_OUTPUT_UNWRITABLE",
          /no folder can be made/,
          /--out/,
        ],
      ] as const)
    : []),
];

describe("a train that cannot be", patient, () => {
  const folder = mkdtempSync(join(tmpdir(), "automl-errors-"));
  beforeAll(() => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full/mine.txt"), "mine");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const cases = [...unusableFiles, ...unusableTargets, ...wrongUsage, ...unusableFolders];
  it.concurrent.each(cases)("says what is wrong with %s", async (_, args, code, message, hint) => {
    expectError(await automl(folder, ...args), code, message, hint);
  });

  it("leaves nothing behind", () => {
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(files), "full"].sort());
    expect(readdirSync(join(folder, "full"))).toEqual(["mine.txt"]);
  });
});

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
    expect(named.map(({ status }) => status).sort()).toEqual([0, 1]);
    expectError(lost!, "AUTOML_OUTPUT_EXISTS", /same is not empty/, /--out/);
    expect(readFileSync(journal("same"), "utf8").match(/"run-started"/g)).toHaveLength(1);
    const unnamed = await Promise.all([train(), train()]);
    expect(unnamed.map(({ status }) => status)).toEqual([0, 0]);
    const made = readdirSync(join(folder, "automl-runs")).filter((name) => /^houses/.test(name));
    expect(made).toHaveLength(2);
  });

  it.concurrent.each([
    ["trial", ["run", "run/trials/099-ridge/trial.ts"], /no script "run/, /trial's id/],
    ["id", ["restore", "run", "099"], /no completed trial 099/, /leaderboard\.csv/],
  ] as const)("has no such %s", async (_, args, message, hint) => {
    expectError(await automl(folder, ...args), "AUTOML_TRIAL_UNKNOWN", message, hint);
  });

  it.concurrent("is not there", async () => {
    for (const args of [
      ["verify", "rum"],
      ["resume", "rum"],
      ["report", "rum"],
    ])
      expectError(await automl(folder, ...args), "AUTOML_RUN_UNKNOWN", /no run "rum"/, /runs/);
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
    expect(verified.stdout).toMatch(new RegExp(`001 and 1 more +failed +${code}`));
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
