import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { automl, expectError } from "./automl.ts";
import { at, houses } from "./houses.ts";

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
  "words.csv": houses(at({ 5: "cheap", 9: "-inf", 20: "n/k", 30: "?!" })),
  "constant.csv": houses(() => "7"),
  "negative.csv": houses(at({ 5: "-1", 9: "-2" })),
  "zeros.csv": houses(at({ 5: "0", 9: "0" })),
  "huge.csv": houses((line) => `${line}e300`),
  "few.csv": houses((line) => (line > 20 ? "" : undefined)),
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
  [
    "a table beyond the memory allowed",
    train("houses.csv", "--target", "price", "--memory", "64"),
    "AUTOML_TABLE_TOO_LARGE",
    /60 rows x 3 columns needs at least 201 MB of memory to train on; 64 MB are allowed/,
    /Allow more with --memory 210, use a sample of the rows, or leave columns out with --exclude/,
  ],
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
    /4 of 60 .*"cheap" \(line 5\), "-inf" \(line 9\), "n\/k" \(line 20\)\./,
    /Mend these cells or empty them/,
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
    /19 rows have a value .*at least 20/,
    /Add rows/,
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
          /glassbox-automl cannot be written/,
          /--out/,
        ],
      ] as const)
    : []),
];

describe("a train that cannot be", { timeout: 60_000 }, () => {
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
