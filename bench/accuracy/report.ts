import { table } from "../trees/markdown.ts";
import { geometricMean, mean, median } from "../trees/statistics.ts";
import { labelOf, type Comparison, type Entry, type SplitKey } from "./comparison.ts";
import type { RunResult } from "./results.ts";
import { clip, summarize } from "./statistics.ts";

export interface ReportOptions {
  /** The name of our runs. */
  readonly name: string;
  /** What is compared set by set. */
  readonly budget: number;
}

/** All tables, in Markdown. */
export function renderReport(
  comparison: Comparison,
  splits: readonly SplitKey[],
  { name, budget }: ReportOptions,
): string {
  const isOurs = ({ system }: Entry): boolean => system === name;
  const ours = comparison.entries.filter(isOurs).toSorted((a, b) => a.budget - b.budget);
  const peers = comparison.entries.filter((entry) => !isOurs(entry));
  const main = ours.find((entry) => entry.budget === budget);
  const beside = peers.filter((peer) => peer.budget === 0 || peer.budget === budget);
  const shown = main === undefined ? beside : [main, ...beside];
  return [
    `## Test RMSE set by set (mean over resplits and seeds; the lowest in bold)`,
    setTable(comparison, splits, shown, main),
    `## Ratios of test RMSE (clipped to 0.5 … 2 per set; 90 % bootstrap interval over sets)`,
    ratioTable(comparison, ours, peers),
    `## Mean ranks`,
    rankTable(comparison, shown),
    `## Clocks and failures`,
    clockTable(comparison),
    ...(main === undefined
      ? []
      : [`## Inside our runs at ${budget} s`, insideTable(comparison, main)]),
    `## Anytime: test RMSE over the constant's, by budget`,
    curveTable(comparison),
  ].join("\n\n");
}

function setTable(
  comparison: Comparison,
  splits: readonly SplitKey[],
  entries: readonly Entry[],
  main: Entry | undefined,
): string {
  const peers = entries.filter((entry) => entry !== main);
  const rows = comparison.sets.map((set) => {
    const errors = entries.map((entry) => {
      const own = splits
        .filter((split) => split.set === set)
        .flatMap((split) => {
          const relative = comparison.relativeError(entry, split);
          return relative === null ? [] : [relative * split.constant];
        });
      return own.length === 0 ? NaN : mean(own);
    });
    const lowest = Math.min(...errors.filter((error) => !Number.isNaN(error)));
    const ratios = peers.flatMap((peer) =>
      main === undefined ? [] : (comparison.ratio(main, peer, set) ?? []),
    );
    return [
      set,
      ...errors.map((error) => (error === lowest ? `**${digits(error)}**` : digits(error))),
      ratios.length === 0 ? "-" : Math.max(...ratios).toFixed(3),
    ];
  });
  return table(["set", ...entries.map(labelOf), "ours / best peer"], rows);
}

function ratioTable(
  comparison: Comparison,
  ours: readonly Entry[],
  peers: readonly Entry[],
): string {
  const rows = ours.flatMap((own) =>
    peers.flatMap((peer) => {
      const sets = comparison.sets.filter((set) => comparison.ratio(own, peer, set) !== null);
      if (sets.length === 0) return [];
      const found = summarize(sets.map((set) => comparison.ratio(own, peer, set)!));
      const verdicts = sets.map((set) => comparison.verdict(own, peer, set));
      const count = (wanted: string): number => verdicts.filter((each) => each === wanted).length;
      return [
        [
          `${labelOf(own)} / ${labelOf(peer)}`,
          found.clipped.toFixed(4),
          `${found.low.toFixed(3)} … ${found.high.toFixed(3)}`,
          found.unclipped.toFixed(4),
          `${found.better} of ${found.count}`,
          `${count("win")} : ${count("loss")}`,
        ],
      ];
    }),
  );
  const header = ["", "clipped", "90 % interval", "unclipped", "lower on", "beyond noise"];
  return table(header, rows);
}

function rankTable(comparison: Comparison, entries: readonly Entry[]): string {
  const { ranks, sets } = comparison.meanRanks(entries);
  const rows = entries
    .map((entry, e) => ({ label: labelOf(entry), rank: ranks[e]! }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ label, rank }) => [label, rank.toFixed(2)]);
  return table([`system (${sets} sets)`, "mean rank"], rows);
}

/** Beyond what a run may take of its budget. */
function isLate({ budget, trainSeconds, wall }: RunResult): boolean {
  return budget > 0 && (trainSeconds ?? wall) > 1.05 * budget + 3;
}

function clockTable(comparison: Comparison): string {
  const rows = comparison.entries.map((entry) => {
    const expected = comparison.runs(entry);
    const runs = expected.flatMap(({ run }) => run ?? []);
    const ratios = expected.flatMap(({ run, split }) =>
      run?.rmse === undefined ? [] : [run.rmse / split.constant],
    );
    const seconds = (of: (run: RunResult) => number | undefined): string => {
      const known = runs.flatMap((run) => of(run) ?? []);
      return known.length === 0 ? "-" : mean(known).toFixed(1);
    };
    return [
      labelOf(entry),
      String(runs.length),
      seconds((run) => run.wall),
      runs.length === 0 ? "-" : Math.max(...runs.map((run) => run.wall)).toFixed(1),
      seconds((run) => run.trainSeconds ?? run.fit_seconds),
      seconds((run) => run.predictSeconds),
      String(runs.filter(isLate).length),
      String(runs.filter((run) => run.rmse === undefined).length),
      String(expected.length - runs.length),
      String(ratios.filter((ratio) => ratio > 1.02).length),
      ratios.length === 0 ? "-" : Math.max(...ratios).toFixed(3),
    ];
  });
  const header = [
    "system",
    "runs",
    "wall s",
    "longest",
    "fit s",
    "predict s",
    "over budget + 5 % + 3 s",
    "failed",
    "missing",
    "over 1.02 x mean",
    "worst / mean",
  ];
  return table(header, rows);
}

function insideTable(comparison: Comparison, main: Entry): string {
  const runs = comparison.runs(main);
  const rows = comparison.sets.flatMap((set) => {
    const own = runs.flatMap(({ split, run }) => (split.set === set && run ? [run] : []));
    if (own.length === 0) return [];
    const gains = own.flatMap(({ rmse, singleRmse }) =>
      rmse === undefined || singleRmse === undefined ? [] : [rmse / singleRmse],
    );
    const ends = own.flatMap(({ toOnePercent }) => toOnePercent ?? []);
    const names = [...new Set(own.map(({ recommended }) => recommended ?? "-"))];
    return [
      [
        set,
        mean(own.map(({ trials }) => trials ?? 0)).toFixed(0),
        names.join(", "),
        gains.length === 0 ? "-" : geometricMean(gains).toFixed(4),
        ends.length === 0 ? "-" : median(ends).toFixed(1),
      ],
    ];
  });
  const gains = runs.flatMap(({ run }) =>
    run?.rmse === undefined || run.singleRmse === undefined ? [] : [run.rmse / run.singleRmse],
  );
  const ends = runs.flatMap(({ run }) => run?.toOnePercent ?? []);
  rows.push([
    "all",
    "",
    "",
    gains.length === 0 ? "-" : geometricMean(gains).toFixed(4),
    ends.length === 0 ? "-" : median(ends).toFixed(1),
  ]);
  return table(
    ["set", "trials", "recommended", "answer / best single", "seconds to 1 % (validation)"],
    rows,
  );
}

function curveTable(comparison: Comparison): string {
  const systems = [...new Set(comparison.entries.map(({ system }) => system))];
  const rows = systems.flatMap((system) =>
    comparison.entries
      .filter((entry) => entry.system === system)
      .toSorted((a, b) => a.budget - b.budget)
      .map((entry) => {
        const errors = comparison
          .runs(entry)
          .flatMap(({ split }) => comparison.relativeError(entry, split) ?? []);
        return [
          labelOf(entry),
          String(new Set(comparison.runs(entry).map(({ split }) => split.set)).size),
          geometricMean(errors).toFixed(4),
          geometricMean(errors.map(clip)).toFixed(4),
        ];
      }),
  );
  return table(["system", "sets", "unclipped", "clipped to 0.5 … 2"], rows);
}

function digits(value: number): string {
  return Number.isNaN(value) ? "-" : String(Number(value.toPrecision(4)));
}
