import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckRecord } from "../../src/core/run-record.ts";
import type { SplitSpec } from "../../src/core/split.ts";
import { checkTable, loadForChecks } from "../../src/app/check-table.ts";
import { makeSplit } from "../../src/data/make-split.ts";
import { openFile } from "../../src/data/open-file.ts";

/** The findings of a file before the search, and the processor seconds they took, reading not counted. */
export interface Checked {
  readonly checks: readonly CheckRecord[];
  readonly seconds: number;
  readonly rows: number;
  readonly columns: number;
}

/** Reads a file as `automl train` does and checks it. `timeColumn`: rows are divided by it. */
export async function checkFile(
  path: string,
  target: string,
  timeColumn?: string,
): Promise<Checked> {
  const source = await openFile(path, { expected: [target] });
  try {
    const inspection = await source.inspect();
    const columns = inspection.columns.map((column) =>
      column.name === target
        ? { ...column, role: "target" as const }
        : column.role === "target"
          ? { ...column, role: "feature" as const }
          : column,
    );
    const used = columns.filter(({ role }) => role === "feature" || role === "target");
    const loaded = await loadForChecks(source, { used, columns, target });
    const spec: SplitSpec =
      timeColumn === undefined
        ? {
            kind: "random",
            test: 0.2,
            folds: 3,
            repeats: 1,
            stratify: true,
            ...(loaded.table.copyOf === undefined ? {} : { copies: "together" }),
            seed: 1,
          }
        : { kind: "time", test: 0.2, folds: 3, repeats: 1, validation: 0.4, column: timeColumn };
    const split = makeSplit(loaded.table, target, spec);
    const before = process.cpuUsage();
    const checks = checkTable({ ...inspection, columns }, loaded, target, split);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    return { checks, seconds, rows: loaded.table.rows, columns: columns.length };
  } finally {
    source.close();
  }
}

interface CatalogEntry {
  readonly name: string;
  readonly target: string;
}

/** Names, targets and training files of the benchmark sets. */
export function benchmarkSets(benchmark: string): (CatalogEntry & { readonly path: string })[] {
  const catalog = JSON.parse(
    readFileSync(join(benchmark, "catalog.json"), "utf8"),
  ) as CatalogEntry[];
  return catalog.map(({ name, target }) => ({
    name,
    // Names are read without the blanks around them.
    target: target.trim(),
    path: join(benchmark, "splits", `${name}.train.csv.gz`),
  }));
}
