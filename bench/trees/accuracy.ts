import { boostingSettings } from "./cases.ts";
import { digits, table } from "./markdown.ts";
import type { Options } from "./options.ts";
import type { ForestSettings, Message, ModelSettings } from "./protocol.ts";
import { chooseTen, kindOf, readCatalog, readSet, writeSet, type RealSet } from "./real-sets.ts";
import { withSystems } from "./rounds.ts";
import { geometricMean, mean } from "./statistics.ts";
import type { SystemName, Systems } from "./systems.ts";

interface AccuracyResult {
  readonly comparison: string;
  readonly name: string;
  /** Test RMSE of each seed. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

interface Comparison {
  readonly name: string;
  readonly peer: SystemName;
  /** False: categories as their codes, numbers for both (scikit-learn's forests know nothing else). */
  readonly categories: boolean;
  readonly model: (columns: number) => ModelSettings;
}

const threads = 2;

const forest = (
  family: ForestSettings["family"],
  share: number,
  minSamplesLeaf: number,
): Comparison => ({
  name: `${family === "randomForest" ? "random forest" : "extra trees"}, 100 trees, ${share === 1 ? "all" : "a third"} of the columns, leaf ${minSamplesLeaf}: ours / scikit-learn`,
  peer: "sklearn",
  categories: false,
  model: (columns) => ({
    family,
    trees: 100,
    drawnColumns: Math.max(1, Math.round(share * columns)),
    minSamplesLeaf,
    seed: 1,
  }),
});

const comparisons: readonly Comparison[] = [
  {
    name: "boosting, 100 trees x 31 leaves, fractions 0.8: ours / LightGBM",
    peer: "lightgbm",
    categories: true,
    model: () => boostingSettings({ rowFraction: 0.8, columnFraction: 0.8 }),
  },
  forest("randomForest", 1 / 3, 1),
  forest("randomForest", 1, 5),
  forest("extraTrees", 1, 1),
];

export async function runAccuracy(systems: Systems, options: Options): Promise<AccuracyResult[]> {
  const sets = choose(options);
  for (const set of sets) describe(set);
  const results: AccuracyResult[] = [];
  for (const comparison of comparisons) {
    if (!options.peers.includes(comparison.peer)) continue;
    const found: AccuracyResult[] = [];
    for (const set of sets) found.push(await measure(systems, comparison, set, options.seeds));
    print(comparison.name, found);
    results.push(...found);
  }
  return results;
}

function choose({ benchmark, cases }: Options): RealSet[] {
  const catalog = readCatalog(benchmark);
  if (catalog === null) return [];
  if (cases === undefined) return chooseTen(benchmark, catalog);
  const wanted = catalog.filter(({ name }) => cases.includes(name) || cases.includes("all"));
  return wanted.map((entry) => readSet(benchmark, entry));
}

function describe(set: RealSet): void {
  const left = set.left.length === 0 ? "" : `, without ${set.left.join("; ")}`;
  console.log(`${set.name}: ${set.rows} x ${set.columns.length}, ${kindOf(set)}${left}`);
}

async function measure(
  systems: Systems,
  { name, peer, categories, model }: Comparison,
  set: RealSet,
  seeds: number,
): Promise<AccuracyResult> {
  const file = systems.file(set.name);
  writeSet(file, set);
  const levels = set.columns.map((column) => (categories ? column.levels : 0));
  const data: Extract<Message, { do: "load" }> = {
    do: "load",
    file,
    rows: set.rows,
    testRows: set.testRows,
    levels,
  };
  const names = ["ours", peer] as const;
  return withSystems(systems, names, threads, data, async (started) => {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let seed = 1; seed <= seeds; seed++) {
      const fit = { do: "fit", model: { ...model(levels.length), seed } } as const;
      ours.push((await started[0]!.ask(fit)).rmse);
      theirs.push((await started[1]!.ask(fit)).rmse);
    }
    return { comparison: name, name: set.name, ours, theirs };
  });
}

function print(name: string, results: readonly AccuracyResult[]): void {
  if (results.length === 0) return;
  const ratios = results.map(({ ours, theirs }) => mean(ours) / mean(theirs));
  console.log(`\nTest RMSE, mean of ${results[0]!.ours.length} seeds; ${name}.\n`);
  console.log(
    table(
      ["set", "ours", "theirs", "ratio", "lowest to highest of a seed, ours", "theirs"],
      results.map(({ name: set, ours, theirs }, i) => [
        set,
        digits(mean(ours)),
        digits(mean(theirs)),
        ratios[i]!.toFixed(4),
        range(ours),
        range(theirs),
      ]),
    ),
  );
  console.log(
    `\nGeometric mean ${geometricMean(ratios).toFixed(4)}, highest ${Math.max(...ratios).toFixed(4)}.`,
  );
}

function range(values: readonly number[]): string {
  return `${digits(Math.min(...values))} … ${digits(Math.max(...values))}`;
}
