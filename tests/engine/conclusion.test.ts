import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileAtomic } from "../../src/core/atomic-file.ts";
import { scorePredictions } from "../../src/core/metrics.ts";
import { Random } from "../../src/core/random.ts";
import { describe, expect, it } from "vitest";
import { EnsembleChooser } from "../../src/engine/choose-run-ensemble.ts";
import { conclude, secondsToConclude } from "../../src/engine/conclusion.ts";
import type { ChosenEnsemble, EnsembleExam } from "../../src/engine/ensemble-result.ts";
import { savedModelPath, takeRows } from "../../src/engine/examine.ts";
import { OutOfFoldStore } from "../../src/engine/out-of-fold-store.ts";
import type { TrialModelResult } from "../../src/engine/pool/piece.ts";
import { rankResults } from "../../src/engine/rank-results.ts";
import type { TrialResult } from "../../src/engine/trial-result.ts";
import { smallSplit, smallTable } from "./fixtures/small-run.ts";

const rows = 150;
const split = smallSplit(rows);
const { rowNumbers } = smallTable(rows);
const random = new Random(6);
const truth = Float64Array.from({ length: rows }, () => random.normal());

/** Trials whose errors are independent, and their predictions. */
function search(): { results: TrialResult[]; store: OutOfFoldStore } {
  const store = new OutOfFoldStore("rmse");
  const results = ["a", "b", "c", "d"].map((kind, i) => {
    const outOfFold = truth.map((y, row) => (row % 5 === 0 ? NaN : y + 0.5 * random.normal()));
    const at = split.training.index;
    const result: TrialResult = {
      number: i + 1,
      origin: "search",
      spec: {
        features: [],
        target: { column: "y", transform: "none" },
        model: { kind, params: {} },
      },
      status: "completed",
      validation: scorePredictions(takeRows(truth, at), takeRows(outOfFold, at)),
      foldScores: [0.5, 0.5, 0.5],
      standardError: 0,
      units: 1,
      fitSeconds: 1,
      trialSeconds: 3,
      finishedAt: i,
      plotted: [],
      error: null,
    };
    store.add(result, outOfFold);
    return result;
  });
  return { results, store };
}

/** An end of a run where a fit takes as long as it says, and some cannot be done at all. */
async function end(options: { left: number | null; secondsEach: number; failing?: number }) {
  const { results, store } = search();
  const ranked = rankResults(results, "rmse");
  const setting = { split, truth, rowNumbers, metric: "rmse" } as const;
  const directory = mkdtempSync(join(tmpdir(), "conclusion-"));
  const chosen: (ChosenEnsemble | null)[] = [];
  const finished: EnsembleExam[] = [];
  const models = new Map<number, TrialModelResult>();
  const begun: string[] = [];
  await conclude(ranked, {
    directory,
    split,
    truth,
    chooser: new EnsembleChooser(store, setting, 1),
    left: () => options.left,
    onChosen: (ensemble) => chosen.push(ensemble),
    onFinished: (exam) => finished.push(exam),
    examination: {
      secondsOf: (wanted) => options.secondsEach * new Set(wanted).size,
      trialModels: (wanted) => {
        for (const result of wanted) {
          begun.push(`model ${result.number}`);
          if (result.number === options.failing) continue;
          const path = savedModelPath(directory, result);
          writeFileAtomic(path, `{"kind":"trial-model","of":${result.number}}`);
          models.set(result.number, {
            kind: "trial-model",
            predictions: new Float64Array(split.test.count).fill(result.number),
            fitSeconds: 1,
            predictMicrosPerRow: 2,
            predictUnits: 3,
            modelBytes: 30,
          });
        }
        return Promise.resolve();
      },
      refits: (wanted) => {
        for (const { number } of wanted) begun.push(`refit ${number}`);
        return Promise.resolve();
      },
      others: () => {
        begun.push("others");
        return Promise.resolve();
      },
      modelOf: (result) => models.get(result.number),
      isRefitted: () => true,
    },
  });
  return { chosen, finished, begun, ranked, directory };
}

describe("conclude", () => {
  it("fits the members and the best trial first, then what is good to have", async () => {
    const { chosen, finished, begun, ranked } = await end({ left: null, secondsEach: 1 });
    expect(chosen).toHaveLength(1);
    const members = chosen[0]!.members;
    expect(members).toHaveLength(4);
    expect(begun[0]).toBe(`model ${ranked[0]!.number}`);
    expect(begun.slice(0, 8).sort()).toEqual(
      ["model", "refit"].flatMap((work) => [1, 2, 3, 4].map((number) => `${work} ${number}`)),
    );
    expect(begun[8]).toBe("others");
    const test = members.reduce((sum, { trial, weight }) => sum + weight * Number(trial), 0);
    const predicted = new Float64Array(split.test.count).fill(test);
    expect(finished[0]!.test!.rmse).toBeCloseTo(
      scorePredictions(takeRows(truth, split.test.index), predicted).rmse,
      10,
    );
    expect(finished[0]).toMatchObject({ fitSeconds: 4, predictMicrosPerRow: 8, predictUnits: 12 });
  });

  it("drops the lightest members until the rest fits the time, and weighs and scores it anew", async () => {
    const whole = await end({ left: null, secondsEach: 1 });
    const { chosen, begun } = await end({ left: 3.4, secondsEach: 1 });
    expect(chosen).toHaveLength(1);
    const { members, validation } = chosen[0]!;
    expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    const heaviest = whole.chosen[0]!.members.map(({ trial }) => trial);
    const best = heaviest.slice(0, members.length);
    expect(members.map(({ trial }) => trial).sort()).toEqual(best.sort());
    expect(members.length).toBeLessThan(4);
    expect(validation.rmse).toBeGreaterThan(whole.chosen[0]!.validation.rmse);
    expect(begun.filter((work) => work.startsWith("refit")).length).toBeLessThanOrEqual(3);
  });

  it("leaves it at the best trial when there is time for nothing else", async () => {
    const { chosen, finished, begun, ranked } = await end({ left: 1.5, secondsEach: 1 });
    expect(chosen).toEqual([null]);
    expect(finished).toEqual([]);
    const [best] = ranked;
    expect(begun).toEqual([`model ${best!.number}`, `refit ${best!.number}`, "others"]);
  });

  it("chooses again without a member that cannot be fitted", async () => {
    const { chosen, finished } = await end({ left: null, secondsEach: 1, failing: 2 });
    expect(chosen.map((ensemble) => ensemble?.members.length)).toEqual([4, 3]);
    expect(chosen[1]!.members.map(({ trial }) => trial)).not.toContain("002");
    expect(finished).toHaveLength(1);
  });
});

describe("secondsToConclude", () => {
  it("counts the trials that an ensemble would be made of", () => {
    const { results } = search();
    const examination = { secondsOf: (wanted: Iterable<TrialResult>) => 2 * [...wanted].length };
    const ranked = rankResults(results, "rmse");
    expect(secondsToConclude(ranked, "rmse", examination)).toBeCloseTo(8.8, 10);
    expect(secondsToConclude([], "rmse", examination)).toBe(0);
  });
});
