import { geometricMean, mean } from "../trees/statistics.ts";
import { keyOf, type RunResult } from "./results.ts";
import { ranksOf, verdictOf, type Verdict } from "./statistics.ts";

/** A system at a budget: one column of the tables. */
export interface Entry {
  readonly system: string;
  readonly budget: number;
}

export interface SplitKey {
  readonly set: string;
  readonly resplit: number;
  /** Test RMSE of the training mean. */
  readonly constant: number;
}

export function labelOf({ system, budget }: Entry): string {
  return budget === 0 ? system : `${system} ${budget} s`;
}

/**
 * Test errors of systems on splits. A failed run counts as the constant. So does a missing one, unless missing runs are
 * to be skipped: a system is expected on every set, on the resplits and with the seeds that it has anywhere.
 */
export class Comparison {
  readonly entries: readonly Entry[];
  readonly sets: readonly string[];
  readonly #splits: readonly SplitKey[];
  readonly #results: ReadonlyMap<string, RunResult>;
  readonly #seeds = new Map<string, readonly number[]>();
  readonly #resplits = new Map<string, ReadonlySet<number>>();
  readonly #skipsMissing: boolean;

  constructor(
    results: readonly RunResult[],
    splits: readonly SplitKey[],
    options: { readonly missing: "constant" | "skip" },
  ) {
    this.#splits = splits;
    this.#skipsMissing = options.missing === "skip";
    this.#results = new Map(results.map((result) => [keyOf(result), result]));
    this.sets = [...new Set(splits.map(({ set }) => set))];
    const known = results.filter(({ set }) => this.sets.includes(set));
    const byLabel = new Map<string, RunResult[]>();
    for (const result of known) {
      const label = labelOf(result);
      byLabel.set(label, [...(byLabel.get(label) ?? []), result]);
    }
    this.entries = [...byLabel.values()].map(([first]) => {
      const { system, budget } = first!;
      return { system, budget };
    });
    for (const [label, own] of byLabel) {
      this.#seeds.set(label, [...new Set(own.map(({ seed }) => seed))]);
      this.#resplits.set(label, new Set(own.map(({ resplit }) => resplit ?? 0)));
    }
  }

  /** Runs of an entry on the splits it is expected on; undefined: missing. */
  runs(entry: Entry): { split: SplitKey; seed: number; run: RunResult | undefined }[] {
    return this.#expected(entry).flatMap((split) =>
      this.#seedsOf(entry).map((seed) => ({
        split,
        seed,
        run: this.#results.get(keyOf({ ...split, ...entry, seed })),
      })),
    );
  }

  /** Error over the constant's on one split, meant over seeds; null without a run that counts. */
  relativeError(entry: Entry, split: SplitKey): number | null {
    const errors = this.#seedsOf(entry).flatMap((seed) => this.#error(entry, split, seed) ?? []);
    return errors.length === 0 ? null : mean(errors) / split.constant;
  }

  /** Ratio of two systems' errors on a set: geometric mean over the splits that both have. */
  ratio(ours: Entry, theirs: Entry, set: string): number | null {
    const ratios = this.#logRatios(ours, theirs, set);
    return ratios.length === 0 ? null : Math.exp(mean(ratios));
  }

  verdict(ours: Entry, theirs: Entry, set: string): Verdict {
    const bySplit = this.#logRatios(ours, theirs, set);
    if (bySplit.length !== 1) return verdictOf(bySplit, true);
    const [split] = this.#common([ours, theirs], set);
    const bySeed = this.#seedsOf(ours).flatMap((seed) => {
      const errors = [ours, theirs].map((entry) => this.#error(entry, split!, seed));
      return errors.includes(null) ? [] : [Math.log(errors[0]! / errors[1]!)];
    });
    return verdictOf(bySeed.length >= 3 ? bySeed : bySplit, false);
  }

  /** Mean rank of each entry over the sets that all of them have. */
  meanRanks(entries: readonly Entry[]): { readonly ranks: number[]; readonly sets: number } {
    const perSet = this.sets.flatMap((set) => {
      const scores = entries.map((entry) => this.#scoreAmong(entry, entries, set));
      return scores.includes(null) ? [] : [ranksOf(scores.map((score) => score!))];
    });
    const ranks = entries.map((_, e) => mean(perSet.map((each) => each[e]!)));
    return { ranks, sets: perSet.length };
  }

  /** Error over the constant's on the splits of a set that all entries are expected on. */
  #scoreAmong(entry: Entry, entries: readonly Entry[], set: string): number | null {
    const scores = this.#common(entries, set).map((split) => this.relativeError(entry, split));
    if (scores.length === 0 || scores.includes(null)) return null;
    return geometricMean(scores.map((score) => score!));
  }

  #logRatios(ours: Entry, theirs: Entry, set: string): number[] {
    return this.#common([ours, theirs], set).flatMap((split) => {
      const a = this.relativeError(ours, split);
      const b = this.relativeError(theirs, split);
      return a === null || b === null ? [] : [Math.log(a / b)];
    });
  }

  #common(entries: readonly Entry[], set: string): SplitKey[] {
    const expected = entries.map((entry) => this.#expected(entry));
    return this.#splits.filter(
      (split) => split.set === set && expected.every((splits) => splits.includes(split)),
    );
  }

  #expected(entry: Entry): SplitKey[] {
    const resplits = this.#resplits.get(labelOf(entry));
    return this.#splits.filter(({ resplit }) => resplits?.has(resplit) ?? false);
  }

  #seedsOf(entry: Entry): readonly number[] {
    return this.#seeds.get(labelOf(entry)) ?? [];
  }

  #error(entry: Entry, split: SplitKey, seed: number): number | null {
    const run = this.#results.get(keyOf({ ...split, ...entry, seed }));
    if (run === undefined && (this.#skipsMissing || isRecorded(entry))) return null;
    return run?.rmse ?? split.constant;
  }
}

/** Scores that came with the benchmark are what they are: what they lack was never run. */
function isRecorded({ system }: Entry): boolean {
  return system.endsWith("(recorded)");
}
