import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../src/core/random.ts";
import type { CheckRecord } from "../../src/core/run-record.ts";
import { csvText, readText } from "../accuracy/splits.ts";
import { parseCsv } from "../csv-column.ts";
import { benchmarkSets, checkFile } from "./load.ts";
import { leaks, type Seeded } from "./seed-leaks.ts";

/**
 * Puts leaks into benchmark sets and counts which are found; then counts the warnings of the sets as they are.
 *
 *   npx tsx bench/checks/run.ts <benchmark> <scratch> [sets=10] [seed=1]
 *
 * The sets are drawn by the seed. A leak is found when a finding of its code names the column that was put in. What the
 * warnings of the clean sets say has to be judged by somebody who reads them: they are printed.
 */
async function main(): Promise<void> {
  const [benchmark, scratch, count = "10", seed = "1"] = process.argv.slice(2);
  if (benchmark === undefined || scratch === undefined)
    throw new Error("run.ts <benchmark> <scratch> [sets] [seed]");
  mkdirSync(scratch, { recursive: true });
  const sets = benchmarkSets(benchmark);
  const drawn = new Random(`leaks/${seed}`).shuffle([...sets]).slice(0, Number(count));
  console.log(`sets: ${drawn.map(({ name }) => name).join(", ")}`);
  for (const [kind, put] of Object.entries(leaks)) {
    const missed: string[] = [];
    let tried = 0;
    for (const { name, target, path } of drawn) {
      const [header = [], ...rows] = parseCsv(readText(path));
      const random = new Random(`${seed}/${kind}/${name}`);
      const names = header.map((column) => column.trim());
      const seeded = put({ header: names, rows, target }, random);
      if (seeded === null) continue;
      tried++;
      const file = join(scratch, "seeded.csv");
      writeFileSync(file, csvText([seeded.table.header, ...seeded.table.rows]));
      const { checks } = await checkFile(file, target, seeded.timeColumn);
      if (!checks.some((check) => finds(check, seeded))) missed.push(name);
    }
    const note = missed.length === 0 ? "" : `   missed: ${missed.join(", ")}`;
    console.log(`${kind.padEnd(24)} ${tried - missed.length} of ${tried}${note}`);
  }
}

function finds({ code, severity, columns = [] }: CheckRecord, seeded: Seeded): boolean {
  if (severity !== "warning" || !seeded.codes.includes(code)) return false;
  return seeded.column === null || columns.includes(seeded.column);
}

await main();
