/**
 * Reads every file of the benchmark's raw/ and robust/ and compares with expected.json, which was written by looking at
 * the files: rows, columns, names, types, missing cells, means, days, target; or the code of the error.
 *
 *   npx tsx bench/reading-table/run.ts <folder> [--automl dist/cli/main.js] [--train 10] [--files part-of-a-name]
 *     --train SECONDS   also `automl train --time-budget` and, when the command exists, `automl explore`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readExpectations, type ExpectedRefusal, type ExpectedTable } from "./expectation.ts";
import { judge } from "./judge.ts";
import { hasExplore, seeByExploring, seeByReading, seeByTraining, type Seen } from "./see.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    automl: {
      type: "string",
      default: fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url)),
    },
    train: { type: "string", default: "0" },
    files: { type: "string", default: "" },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("name the benchmark's folder");
const budget = Number(values.train);
const scratch = mkdtempSync(join(tmpdir(), "reading-table-"));
const explores = budget > 0 && hasExplore(values.automl);
const tally = { files: 0, right: 0, columns: 0, typed: 0 };

try {
  const { tables, refused } = readExpectations();
  for (const table of tables) if (table.file.includes(values.files)) await tryTable(table);
  // Without training, only what reading refuses can be tried.
  const pages = refused.filter(({ command }) => budget > 0 || command === "inspect");
  for (const page of pages) if (page.file.includes(values.files)) await tryRefusal(page);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`\nfiles right: ${tally.right} of ${tally.files}`);
console.log(`columns typed right: ${tally.typed} of ${tally.columns}`);
if (budget > 0 && !explores) console.log("automl explore does not exist: it was not tried");

async function tryTable(expected: ExpectedTable): Promise<void> {
  const path = join(folder!, expected.file);
  const problems: string[] = [];
  const read = await seeByReading(path);
  problems.push(...compare(expected, read, "reading", true));
  for (const [how, seen] of byCommands(path, expected.file)) {
    problems.push(...compare(expected, seen, how, false));
    if (!("error" in seen) && seen.trials === 0) problems.push(`${how}: no trial was completed`);
  }
  report(expected.file, problems);
}

/** The same file through the command line. */
function byCommands(path: string, file: string): [how: string, Seen & { trials?: number }][] {
  if (budget === 0) return [];
  const out = join(scratch, file.replaceAll("/", "-"));
  const trained = seeByTraining(values.automl, path, { budget, out });
  if (!explores) return [["train", trained]];
  return [
    ["train", trained],
    ["explore", seeByExploring(values.automl, path, `${out}-explored`)],
  ];
}

/** What is wrong; mistyped columns are printed and counted, and a file with one is not right. */
function compare(expected: ExpectedTable, seen: Seen, how: string, counts: boolean): string[] {
  if (counts) tally.columns += expected.columns.length;
  if ("error" in seen) return [`${how}: ${seen.error} ${seen.message}`];
  const { wrong, mistyped, typed } = judge(expected, seen);
  if (counts) tally.typed += typed;
  return [...wrong, ...mistyped].map((problem) => `${how}: ${problem}`);
}

async function tryRefusal({ file, error, command }: ExpectedRefusal): Promise<void> {
  const path = join(folder!, file);
  const problems: string[] = [];
  const judgeCode = (how: string, code: string): void => {
    if (!error.includes(code)) problems.push(`${how}: ${code} for ${error.join(" or ")}`);
  };
  if (command === "inspect") {
    const read = await seeByReading(path);
    judgeCode("reading", "error" in read ? read.error : "a table");
  }
  for (const [how, seen] of byCommands(path, file)) {
    judgeCode(how, "error" in seen ? seen.error : "a run");
  }
  report(file, problems);
}

function report(file: string, problems: readonly string[]): void {
  tally.files++;
  if (problems.length === 0) tally.right++;
  console.log(`${problems.length === 0 ? "right" : "WRONG"}  ${file}`);
  for (const problem of problems) console.log(`         ${problem}`);
}
