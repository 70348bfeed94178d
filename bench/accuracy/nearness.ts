import type { RunResult } from "./results.ts";

/** A set that was run with random folds and with the column of its times or groups. */
interface Pair {
  readonly set: string;
  readonly random: Measured;
  readonly given: Measured;
  readonly isNearer: boolean;
  /** Test error of a peer that was given the column, where there is one. */
  readonly peer: number | null;
}

interface Measured {
  readonly validation: number;
  readonly test: number;
}

/** Pairs of runs of one seed and budget; sets that lack one of the two are left out. */
export function nearnessOf(
  results: readonly RunResult[],
  { name, budget, peer = "flaml" }: { name: string; budget: number; peer?: string },
): Pair[] {
  const find = (set: string, system: string): RunResult | undefined =>
    results.find((r) => r.set === set && r.system === system && r.budget === budget && !r.resplit);
  const sets = [...new Set(results.map(({ set }) => set))];
  return sets.flatMap((set): Pair[] => {
    const random = measuredIn(find(set, name));
    const given = measuredIn(find(set, `${name}+column`));
    if (random === null || given === null) return [];
    const isNearer = distance(given) < distance(random);
    return [{ set, random, given, isNearer, peer: find(set, `${peer}+column`)?.rmse ?? null }];
  });
}

/** The same as a table, with how often the column brings validation nearer to the test. */
export function renderNearness(
  results: readonly RunResult[],
  options: { name: string; budget: number },
): string {
  const pairs = nearnessOf(results, options);
  const lines = pairs.map(({ set, random, given, isNearer, peer }) =>
    [
      `| ${set}`,
      number(random.validation),
      number(random.test),
      percent(distance(random)),
      number(given.validation),
      number(given.test),
      percent(distance(given)),
      isNearer ? "yes" : "no",
      `${peer === null ? "" : number(peer)} |`,
    ].join(" | "),
  );
  const nearer = pairs.filter(({ isNearer }) => isNearer).length;
  return [
    "## Validation beside test, random folds and with the column given",
    "",
    "| set | random: validation | test | apart | given: validation | test | apart | nearer | FLAML, given: test |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |",
    ...lines,
    "",
    `Nearer with the column on ${nearer} of ${pairs.length} sets.`,
    "",
  ].join("\n");
}

function measuredIn(result: RunResult | undefined): Measured | null {
  if (result?.rmse === undefined || result.validationRmse === undefined) return null;
  return { validation: result.validationRmse, test: result.rmse };
}

/** How far validation is from the test, as a share of the test error. */
function distance({ validation, test }: Measured): number {
  return Math.abs(validation - test) / test;
}

function number(value: number): string {
  return value.toPrecision(4);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
