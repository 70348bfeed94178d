/**
 * Small files made here, one for each way of writing a value or a file, with what they mean.
 *
 *   npx tsx bench/reading-table/run-probes.ts [--only part-of-a-name]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { columnProbes, type Probe } from "./column-probes.ts";
import { fileProbes } from "./file-probes.ts";
import { judge } from "./judge.ts";
import { seeByReading } from "./see.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const folder = mkdtempSync(join(tmpdir(), "probes-"));
let right = 0;
let tried = 0;
try {
  for (const probe of [...fileProbes(), ...columnProbes()]) {
    const name = "error" in probe.expected ? probe.fileName : probe.expected.file;
    if (!name.includes(values.only)) continue;
    const problems = await problemsOf(probe);
    tried++;
    if (problems.length === 0) right++;
    else console.log(`WRONG  ${name}: ${problems.join("; ")}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`probes right: ${right} of ${tried}`);

async function problemsOf({ fileName, text, expected }: Probe): Promise<string[]> {
  const path = join(folder, fileName.replaceAll("/", "-"));
  writeFileSync(path, text);
  const seen = await seeByReading(path);
  if ("error" in expected) {
    const code = "error" in seen ? seen.error : `read as ${seen.rows} x ${seen.columns.length}`;
    return expected.error.includes(code) ? [] : [`${code} for ${expected.error.join(" or ")}`];
  }
  if ("error" in seen) return [`${seen.error} ${seen.message.slice(0, 160)}`];
  const { wrong, mistyped } = judge(expected, seen);
  return [...wrong, ...mistyped];
}
