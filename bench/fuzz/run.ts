/**
 * Puts damaged and odd files through the reader in child processes and compares row counts with an independent reader.
 *
 *   npx tsx bench/fuzz/run.ts [--seed 1] [--from 0] [--count 20000] [--chunk 200] [--workers 1] [--results fuzz.jsonl]
 *                             [--scratch folder] [--patience 20]   inputs are numbered; chunks that are in the results are not repeated
 *   npx tsx bench/fuzz/run.ts --only 4711 --keep file   writes that input, checks it and prints what was found
 *   npx tsx bench/fuzz/run.ts --pandas python3 [--count 300]   the independent reader against pandas.read_csv
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkFile } from "./check-case.ts";
import { makeCase } from "./make-case.ts";
import { compareWithPandas } from "./pandas.ts";
import { readParquetBases, writeParquetBases } from "./parquet-bases.ts";
import { isChunk, readLines, summarize } from "./results.ts";
import { runChunk } from "./run-chunk.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "20000" },
    chunk: { type: "string", default: "200" },
    workers: { type: "string", default: "1" },
    results: { type: "string", default: "fuzz.jsonl" },
    scratch: { type: "string" },
    // Seconds without an answer that count as a hang: more on a busy machine.
    patience: { type: "string", default: "20" },
    only: { type: "string" },
    keep: { type: "string" },
    pandas: { type: "string" },
  },
});
const seed = Number(values.seed);
const scratch = resolve(values.scratch ?? mkdtempSync(join(tmpdir(), "fuzz-")));
mkdirSync(scratch, { recursive: true });
await writeParquetBases(join(scratch, "parquet"));
try {
  if (values.pandas !== undefined) {
    console.log(compareWithPandas(values.pandas, { seed, count: Number(values.count), scratch }));
  } else if (values.only !== undefined) await runOne(Number(values.only));
  else await runAll();
} finally {
  if (values.scratch === undefined) rmSync(scratch, { recursive: true, force: true });
}

async function runOne(number: number): Promise<void> {
  const made = makeCase(seed, number, readParquetBases(join(scratch, "parquet")));
  const path = values.keep ?? join(scratch, made.fileName);
  writeFileSync(path, made.bytes);
  console.log({ ...made, bytes: made.bytes.length });
  console.log(await checkFile(path, made.expected));
}

async function runAll(): Promise<void> {
  const first = Number(values.from);
  const end = first + Number(values.count);
  const size = Number(values.chunk);
  const known = new Set(
    readLines(values.results).flatMap((line) =>
      isChunk(line) && line.seed === seed ? [`${line.from}-${line.to}`] : [],
    ),
  );
  const chunks: { from: number; to: number }[] = [];
  for (let from = first; from < end; from += size) {
    const to = Math.min(end, from + size);
    if (!known.has(`${from}-${to}`)) chunks.push({ from, to });
  }
  const work = async (worker: number): Promise<void> => {
    const folder = join(scratch, `worker-${worker}`);
    await writeParquetBases(join(folder, "parquet"));
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      await runChunk({ seed, ...chunk, scratch: folder }, values.results, Number(values.patience));
      console.error(`${chunk.to} of ${end}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.workers) }, (_, worker) => work(worker)));
  console.log(summarize(readLines(values.results)));
}
