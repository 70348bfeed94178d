import { benchmarkSets, checkFile } from "./load.ts";

/** Prints what the checks say of every benchmark set as it is: `npx tsx bench/checks/clean.ts <benchmark> [set,set]`. */
async function main(): Promise<void> {
  const [benchmark, only] = process.argv.slice(2);
  if (benchmark === undefined) throw new Error("say where the benchmark is");
  const names = only?.split(",");
  for (const { name, target, path } of benchmarkSets(benchmark)) {
    if (names !== undefined && !names.includes(name)) continue;
    const { checks, seconds, rows, columns } = await checkFile(path, target);
    console.log(`\n${name}: ${rows} x ${columns}, ${(1000 * seconds).toFixed(0)} ms`);
    for (const check of checks)
      console.log(
        `  ${check.severity.padEnd(7)} ${check.code}: ${check.message}\n          ${check.evidence ?? ""}`,
      );
  }
}

await main();
