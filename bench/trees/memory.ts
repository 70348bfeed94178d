import { boostingSettings, nameOf, parseSize } from "./cases.ts";
import { megabytes, table } from "./markdown.ts";
import type { Options } from "./options.ts";
import { withSystems } from "./rounds.ts";
import { labels, type SystemName, type Systems } from "./systems.ts";

interface MemoryResult {
  readonly name: string;
  readonly system: SystemName;
  readonly threads: number;
  /** Largest resident size in bytes: with the runtime and libraries only, then with data, then after a fit. */
  readonly started: number;
  readonly withData: number;
  readonly fitted: number;
}

const sizes = ["100kx28", "500kx28"];

/** Each system alone: no test part, no other fit before. */
export async function runMemory(systems: Systems, options: Options): Promise<MemoryResult[]> {
  const names: SystemName[] = ["ours", ...options.peers.filter((peer) => peer !== "sklearn")];
  const model = boostingSettings({ maxLeaves: options.leaves });
  const results: MemoryResult[] = [];
  for (const size of (options.cases ?? sizes).map(parseSize)) {
    const data = { do: "synthetic", testRows: 0, ...size } as const;
    const empty = { ...data, rows: 1 };
    for (const threads of options.threads) {
      for (const system of names) {
        const figures = await withSystems(systems, [system], threads, empty, async (started) => {
          const only = started[0]!;
          const before = (await only.ask({ do: "memory" })).peak;
          await only.ask(data);
          const withData = (await only.ask({ do: "memory" })).peak;
          await only.ask({ do: "fit", model });
          return { started: before, withData, fitted: (await only.ask({ do: "memory" })).peak };
        });
        results.push({ name: nameOf(size), system, threads, ...figures });
      }
    }
  }
  print(results);
  return results;
}

function print(results: readonly MemoryResult[]): void {
  const ours = (result: MemoryResult): MemoryResult =>
    results.find(
      (each) =>
        each.system === "ours" && each.name === result.name && each.threads === result.threads,
    )!;
  const beyond = ({ fitted, started }: MemoryResult): number => fitted - started;
  console.log(
    "Peak memory of a process in MB (10^6 bytes): ready, with its data, after one fit; ours / theirs whole, and without what it took to be ready.\n",
  );
  console.log(
    table(
      ["table", "threads", "system", "ready", "data", "fit", "ours / it", "beyond ready"],
      results.map((result) => [
        result.name,
        String(result.threads),
        labels[result.system],
        megabytes(result.started),
        megabytes(result.withData),
        megabytes(result.fitted),
        (ours(result).fitted / result.fitted).toFixed(2),
        (beyond(ours(result)) / beyond(result)).toFixed(2),
      ]),
    ),
  );
}
