import type { RunResult } from "../accuracy/results.ts";
import { summarize } from "../accuracy/statistics.ts";
import { table } from "../trees/markdown.ts";
import { geometricMean, mean } from "../trees/statistics.ts";

/** Test RMSE set by set at one budget, and the geometric mean of the ratios of sets that both have. */
export function renderReport(results: readonly RunResult[], budget: number): string {
  const own = results.filter((result) => result.budget === budget);
  const sets = [...new Set(own.map(({ set }) => set))];
  const errors = (set: string, system: string): number[] =>
    own.flatMap((result) =>
      result.set === set && result.system === system ? (result.rmse ?? []) : [],
    );
  const rows = sets.map((set) => {
    const ours = mean(errors(set, "ours"));
    const flaml = mean(errors(set, "flaml"));
    return { set, ours, flaml, ratio: ours / flaml };
  });
  const failed = own.filter(({ error }) => error !== undefined);
  const ratios = rows.map(({ ratio }) => ratio).filter(Number.isFinite);
  const lines = table(
    ["set", "ours", "FLAML", "ours / FLAML"],
    rows.map(({ set, ours, flaml, ratio }) => [
      set,
      ours.toPrecision(5),
      flaml.toPrecision(5),
      ratio.toFixed(4),
    ]),
  );
  const { clipped, better } = summarize(ratios);
  return [
    `Test RMSE at ${budget} s (means over seeds)`,
    lines,
    `geometric mean of ${ratios.length} ratios: ${geometricMean(ratios).toFixed(4)}, clipped to 0.5 … 2: ${clipped.toFixed(4)}; lower on ${better}`,
    ...failed.map(
      ({ set, system, seed, error }) => `FAILED ${set} ${system} seed ${seed}: ${error}`,
    ),
  ].join("\n\n");
}
