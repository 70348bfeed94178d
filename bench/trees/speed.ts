import { boostingSettings, boostingSizes, nameOf, parseSize, testRows } from "./cases.ts";
import { milliseconds, ratioText, table } from "./markdown.ts";
import type { Options } from "./options.ts";
import type { FitAnswer, Message } from "./protocol.ts";
import { readCatalog, readSet, writeSet } from "./real-sets.ts";
import { busyNote, compare, medianOf, pairedFits, whole, withSystems } from "./rounds.ts";
import type { Measured } from "./rounds.ts";
import { mean } from "./statistics.ts";
import { labels, type SystemName, type Systems } from "./systems.ts";

interface SpeedResult {
  readonly name: string;
  readonly threads: number;
  readonly measured: readonly Measured[];
}

type Data = Extract<Message, { do: "synthetic" | "load" }>;

/** Tables of at most so many cells are measured three times as often: short fits scatter more. */
const smallCells = 1_000_000;

export async function runSpeed(systems: Systems, options: Options): Promise<SpeedResult[]> {
  const sizes = options.cases?.map(parseSize) ?? boostingSizes;
  const results: SpeedResult[] = [];
  for (const size of sizes) {
    const data = { do: "synthetic", testRows, ...size } as const;
    results.push(...(await measure(systems, options, nameOf(size), data, size)));
  }
  printTables(results, options);
  return results;
}

export async function runReal(systems: Systems, options: Options): Promise<SpeedResult[]> {
  const catalog = readCatalog(options.benchmark) ?? [];
  const entries =
    options.cases === undefined
      ? catalog.slice(0, 3)
      : catalog.filter(({ name }) => options.cases!.includes(name));
  const results: SpeedResult[] = [];
  for (const entry of entries) {
    const set = readSet(options.benchmark, entry);
    const file = systems.file(set.name);
    writeSet(file, set);
    const { rows, testRows: count, columns } = set;
    const levels = columns.map((column) => column.levels);
    const data = { do: "load", file, rows, testRows: count, levels } as const;
    const size = { rows, columns: columns.length };
    const name = `${set.name} (${rows} x ${columns.length})`;
    results.push(...(await measure(systems, options, name, data, size)));
  }
  if (results.length > 0) printTables(results, options);
  return results;
}

async function measure(
  systems: Systems,
  { peers, threads, rounds, leaves }: Options,
  name: string,
  data: Data,
  size: { rows: number; columns: number },
): Promise<SpeedResult[]> {
  const names: SystemName[] = ["ours", ...peers.filter((peer) => peer !== "sklearn")];
  const times = size.rows * size.columns <= smallCells ? 3 * rounds : rounds;
  const model = boostingSettings({ maxLeaves: leaves });
  const results: SpeedResult[] = [];
  for (const count of threads) {
    const measured = await withSystems(systems, names, count, data, (started) =>
      pairedFits(started, model, times),
    );
    results.push({ name, threads: count, measured });
    printCase(name, count, measured);
  }
  return results;
}

function printCase(name: string, threads: number, measured: readonly Measured[]): void {
  console.log(`${name}, ${threads} thread(s), ${measured[0]!.fits.length} rounds`);
  for (const system of measured) {
    const figures = [
      labels[system.name].padEnd(22),
      `bin ${milliseconds(medianOf(system, (fit) => fit.bin))}`.padEnd(10),
      `train ${milliseconds(medianOf(system, (fit) => fit.train))}`.padEnd(12),
      `processor ${milliseconds(medianOf(system, (fit) => fit.processor))}`.padEnd(16),
      `first fit ${milliseconds(whole(system.first))} ms`.padEnd(19),
      `test RMSE ${meanError(system).toFixed(4)}`,
      system.note ?? "",
    ];
    console.log(`  ${figures.join("  ").trimEnd()}`);
  }
  const busy = busyNote(measured, threads);
  if (busy !== null) console.log(`  NOTE: ${busy}`);
}

function printTables(results: readonly SpeedResult[], { peers, leaves }: Options): void {
  const shown = peers.filter((peer) => peer !== "sklearn");
  const header = ["table", "threads", "ours, ms", ...shown.map(ratioTitle), "test RMSE, ours"];
  const rows = results.map(({ name, threads, measured }) => {
    const [ours, ...others] = measured as [Measured, ...Measured[]];
    return [
      name,
      String(threads),
      milliseconds(medianOf(ours, (fit) => fit.train)),
      ...others.map((peer) => ratioText(compare(ours, peer, figureFor(peer)))),
      ...[ours, ...others].map((system) => meanError(system).toFixed(4)),
    ];
  });
  const errors = shown.map((peer) => labels[peer]);
  console.log(
    `\nTraining time of 100 trees x ${leaves} leaves, ours / theirs: ratio of medians (median of the rounds' ratios).\n`,
  );
  console.log(table([...header, ...errors], rows));
  if (!shown.includes("lightgbm")) return;
  console.log("\nBinning alone, ours / LightGBM.\n");
  console.log(
    table(
      ["table", "threads", "ours, ms", "LightGBM, ms", "ratio"],
      results.map(({ name, threads, measured }) => {
        const [ours] = measured as [Measured];
        const peer = measured.find((each) => each.name === "lightgbm")!;
        const bins = (fit: FitAnswer): number | null => fit.bin;
        return [
          name,
          String(threads),
          milliseconds(medianOf(ours, bins)),
          milliseconds(medianOf(peer, bins)),
          ratioText(compare(ours, peer, bins)),
        ];
      }),
    ),
  );
}

function ratioTitle(peer: SystemName): string {
  return peer === "histgb" ? `${labels[peer]} (both with binning)` : labels[peer];
}

/** Training alone where the peer bins apart, binning and training where it does not. */
function figureFor(peer: Measured): (fit: FitAnswer) => number {
  return peer.fits[0]!.bin === null ? whole : (fit) => fit.train;
}

function meanError({ fits }: Measured): number {
  return mean(fits.map((fit) => fit.rmse));
}
