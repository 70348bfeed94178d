import { forestCases, nameOf, testRows, type ForestCase } from "./cases.ts";
import { milliseconds, ratioText, table } from "./markdown.ts";
import type { Options } from "./options.ts";
import type { Measured } from "./rounds.ts";
import { busyNote, compare, medianOf, pairedFits, whole, withSystems } from "./rounds.ts";
import { mean } from "./statistics.ts";
import type { Systems } from "./systems.ts";

interface ForestResult extends ForestCase {
  readonly threads: number;
  readonly measured: readonly Measured[];
}

/** Whole times, because scikit-learn's forests have no bins: ours counts its binning every time. */
export async function runForests(systems: Systems, options: Options): Promise<ForestResult[]> {
  if (!options.peers.includes("sklearn")) return [];
  const names = ["ours", "sklearn"] as const;
  const results: ForestResult[] = [];
  const lines: string[][] = [];
  for (const each of forestCases) {
    const { rows, columns, model } = each;
    if (options.cases !== undefined && !options.cases.includes(nameOf(each).replaceAll(" ", "")))
      continue;
    const data = { do: "synthetic", rows, columns, testRows } as const;
    for (const threads of options.threads) {
      const measured = await withSystems(systems, names, threads, data, (started) =>
        pairedFits(started, model, options.rounds),
      );
      results.push({ ...each, threads, measured });
      lines.push(line(each, threads, measured));
      console.log(lines.at(-1)!.join("  "));
      const busy = busyNote(measured, threads);
      if (busy !== null) console.log(`  NOTE: ${busy}`);
    }
  }
  console.log("\nForests with binning, ours / scikit-learn (n_jobs = threads).\n");
  const errors = ["RMSE ratio", "nodes per tree, ours", "theirs", "first fit, ms"];
  console.log(table(["forest", "threads", "ours, ms", "theirs, ms", "ratio", ...errors], lines));
  return results;
}

function line(each: ForestCase, threads: number, measured: readonly Measured[]): string[] {
  const [ours, peer] = measured as [Measured, Measured];
  const { family, trees, drawnColumns, minSamplesLeaf } = each.model;
  const name = family === "randomForest" ? "random forest" : "extra trees";
  const error = ({ fits }: Measured): number => mean(fits.map((fit) => fit.rmse));
  return [
    `${name} ${nameOf(each)}, ${drawnColumns} columns, leaf ${minSamplesLeaf}, ${trees} trees`,
    String(threads),
    milliseconds(medianOf(ours)),
    milliseconds(medianOf(peer)),
    ratioText(compare(ours, peer)),
    (error(ours) / error(peer)).toFixed(4),
    medianOf(ours, (fit) => fit.nodes).toFixed(0),
    medianOf(peer, (fit) => fit.nodes).toFixed(0),
    milliseconds(whole(ours.first)),
  ];
}
