/** Checks inputs one after the other and tells its parent before and after each; it may well die of one. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkFile, type Verdict } from "./check-case.ts";
import { makeCase } from "./make-case.ts";
import { readParquetBases } from "./parquet-bases.ts";

/** What the parent asks for: inputs `from` up to, not including, `to`. */
export interface Work {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly scratch: string;
}

export type Told =
  | { readonly type: "start"; readonly number: number; readonly steps: readonly string[] }
  | { readonly type: "done"; readonly verdict: Verdict }
  | { readonly type: "end"; readonly cpuSeconds: number };

process.once("message", (work: Work) => void run(work));

async function run({ seed, from, to, scratch }: Work): Promise<void> {
  const bases = readParquetBases(join(scratch, "parquet"));
  for (let number = from; number < to; number++) {
    const made = makeCase(seed, number, bases);
    const folder = join(scratch, "inputs");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, made.fileName);
    writeFileSync(path, made.bytes);
    tell({ type: "start", number, steps: made.steps });
    const verdict = await checkFile(path, made.expected);
    tell({ type: "done", verdict });
  }
  const { user, system } = process.cpuUsage();
  tell({ type: "end", cpuSeconds: (user + system) / 1e6 });
  process.disconnect();
}

function tell(message: Told): void {
  process.send!(message);
}
