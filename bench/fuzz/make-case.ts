import { gzipSync } from "node:zlib";
import { Random } from "../../src/core/random.ts";
import { drawDelimited } from "./delimited-case.ts";
import { drawJson } from "./json-case.ts";
import type { DrawnCase, FuzzCase, ParquetBase } from "./fuzz-case.ts";
import { mutate } from "./mutations.ts";
import { oddities } from "./oddities.ts";

/** Input `number` of a seed: the same bytes on every machine (Parquet: with the same DuckDB). */
export function makeCase(seed: number, number: number, parquet: readonly ParquetBase[]): FuzzCase {
  const odd = oddities[number];
  if (odd !== undefined) {
    return { number, ...odd, steps: [`oddity: ${odd.name}`] };
  }
  const random = new Random(seed).split(number);
  const kind = random.integer(20);
  if (kind < 2 && parquet.length > 0) return { number, ...drawParquet(random, parquet) };
  if (kind < 5) return { number, ...drawJson(random) };
  return { number, ...drawDelimited(random) };
}

function drawParquet(random: Random, bases: readonly ParquetBase[]): DrawnCase {
  const index = random.integer(bases.length);
  const base = bases[index]!;
  const steps = [`Parquet file ${index}`];
  if (random.integer(8) === 0) {
    return {
      fileName: "table.parquet",
      bytes: base.bytes,
      steps,
      expected: { kind: "table", rows: [base.rows], columns: base.columns, isWhole: true },
    };
  }
  const isEnd = random.integer(2) === 0;
  // The footer is what a reader believes first: half of the changes go there.
  const from = isEnd ? Math.max(0, base.bytes.length - 400) : 0;
  const changed = mutate(base.bytes.subarray(from), random, steps);
  const bytes = Buffer.concat([base.bytes.subarray(0, from), changed]);
  const packed = random.integer(40) === 0;
  return {
    fileName: "table.parquet",
    bytes: packed ? gzipSync(bytes) : bytes,
    steps,
    expected: { kind: "anything" },
  };
}
