import { boostingSettings } from "./cases.ts";
import { table } from "./markdown.ts";
import type { Options } from "./options.ts";
import type { RowsAnswer } from "./protocol.ts";
import { withSystems } from "./rounds.ts";
import { median } from "./statistics.ts";
import { labels, type SystemName, type Systems } from "./systems.ts";

interface PredictResult {
  readonly trees: number;
  readonly threads: number;
  /** Rows per second, one per round. */
  readonly batch: Readonly<Partial<Record<SystemName, readonly number[]>>>;
  readonly single: Readonly<Partial<Record<SystemName, RowsAnswer>>>;
}

const data = { do: "synthetic", rows: 100_000, testRows: 100_000, columns: 28 } as const;
/** Predictions are short: more rounds than fits. */
const roundsPerRound = 4;
const singleRows = { ours: 20_000, others: 500 };

export async function runPredict(systems: Systems, options: Options): Promise<PredictResult[]> {
  const names: SystemName[] = ["ours", ...options.peers.filter((peer) => peer !== "sklearn")];
  const results: PredictResult[] = [];
  for (const threads of options.threads) {
    for (const trees of [100, 200])
      results.push(await measure(systems, names, threads, trees, options));
  }
  print(results, names);
  return results;
}

function measure(
  systems: Systems,
  names: readonly SystemName[],
  threads: number,
  trees: number,
  { rounds, leaves }: Options,
): Promise<PredictResult> {
  const model = boostingSettings({ trees, maxLeaves: leaves });
  return withSystems(systems, names, threads, data, async (started) => {
    const batch: Partial<Record<SystemName, number[]>> = {};
    const single: Partial<Record<SystemName, RowsAnswer>> = {};
    // The fit predicts the test part too: the warm-up.
    for (const system of started) await system.ask({ do: "fit", model });
    for (let round = 0; round < roundsPerRound * rounds; round++) {
      for (const system of started) {
        const { rows, milliseconds } = await system.ask({ do: "predict" });
        (batch[system.name] ??= []).push((1000 * rows) / milliseconds);
      }
    }
    for (const system of started) {
      const count = system.name === "ours" ? singleRows.ours : singleRows.others;
      single[system.name] = await system.ask({ do: "rows", count });
    }
    return { trees, threads, batch, single };
  });
}

function print(results: readonly PredictResult[], names: readonly SystemName[]): void {
  const [, ...peers] = names;
  const speed = ({ batch }: PredictResult, name: SystemName): number => median(batch[name] ?? []);
  console.log("Million rows per second in batch (100,000 rows x 28), and ours / theirs.\n");
  console.log(
    table(
      [
        "trees",
        "threads",
        ...names.map((name) => labels[name]),
        ...peers.map((p) => `ours / ${labels[p]}`),
      ],
      results.map((result) => [
        String(result.trees),
        String(result.threads),
        ...names.map((name) => (speed(result, name) / 1e6).toFixed(3)),
        ...peers.map((peer) => (speed(result, "ours") / speed(result, peer)).toFixed(2)),
      ]),
    ),
  );
  console.log("\nMicroseconds for a single row: median (99 of 100 are below).\n");
  console.log(
    table(
      ["trees", "threads", ...names.map((name) => labels[name])],
      results.map(({ trees, threads, single }) => [
        String(trees),
        String(threads),
        ...names.map(
          (name) => `${single[name]!.median.toFixed(1)} (${single[name]!.p99.toFixed(1)})`,
        ),
      ]),
    ),
  );
}
