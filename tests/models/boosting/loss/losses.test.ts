import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNames, type MetricName } from "../../../../src/core/metrics.ts";
import {
  createLoss,
  suitedLosses,
  type LossName,
} from "../../../../src/models/boosting/loss/create-loss.ts";
import type { Loss, ScoredTarget } from "../../../../src/models/boosting/loss/loss.ts";

const names: readonly LossName[] = ["squared", "absolute", "huber", "quantile", "poisson"];
const quantile = 0.3;

/** Targets on eighths and scores between them, so that no residual is 0 or near it; weights are whole or absent. */
const targets = fc
  .array(
    fc.record({
      y: fc.integer({ min: 0, max: 60 }),
      score: fc.integer({ min: -20, max: 20 }),
      weight: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .chain((rows) =>
    fc.boolean().map((weighted): ScoredTarget => ({
      y: Float64Array.from(rows, ({ y }) => y / 8),
      scores: Float64Array.from(rows, ({ score }) => score / 8 + 1 / 16),
      weights: weighted ? Float64Array.from(rows, ({ weight }) => weight) : null,
    })),
  );

const weightOf = ({ y, weights }: ScoredTarget): number =>
  weights === null ? y.length : weights.reduce((sum, weight) => sum + weight, 0);

/** The same rows, each as often as its weight says. */
function repeated({ y, scores, weights }: ScoredTarget): ScoredTarget {
  const copies = (values: Float64Array): Float64Array =>
    Float64Array.from([...values].flatMap((v, r) => new Array<number>(weights?.[r] ?? 1).fill(v)));
  return { y: copies(y), scores: copies(scores), weights: null };
}

interface Slopes {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

function slopesOf(loss: Loss, target: ScoredTarget): Slopes {
  const n = target.y.length;
  const gradient = new Float64Array(n);
  const hessian = new Float64Array(n).fill(NaN);
  loss.descend(target, gradient, hessian, new Float64Array(n));
  return { gradient, hessian };
}

const moved = (target: ScoredTarget, row: number, by: number): ScoredTarget => ({
  ...target,
  scores: target.scores.map((score, r) => (r === row ? score + by : score)),
});

const shifted = (target: ScoredTarget, by: number): ScoredTarget => ({
  ...target,
  scores: target.scores.map((score) => score + by),
});

describe.each(names)("%s loss", (name) => {
  // Its risk is the mean of squares, and half of that is what is derived.
  const factor = name === "squared" ? 2 : 1;

  it("descends along the slope of its risk", () => {
    fc.assert(
      fc.property(targets, (target) => {
        const loss = createLoss(name, quantile);
        const { gradient } = slopesOf(loss, target);
        const step = 1e-5;
        for (const row of gradient.keys()) {
          const rise = loss.risk(moved(target, row, step)) - loss.risk(moved(target, row, -step));
          const slope = (weightOf(target) * rise) / (2 * step);
          expect(-slope / factor).toBeCloseTo(gradient[row]!, 4);
        }
      }),
    );
  });

  it("has the second derivative that its gradient has a slope of, or leaves it at 1", () => {
    fc.assert(
      fc.property(targets, (target) => {
        const loss = createLoss(name, quantile);
        const { hessian } = slopesOf(loss, target);
        if (!loss.curved) {
          expect(hessian.every(Number.isNaN)).toBe(true);
          return;
        }
        const step = 1e-5;
        for (const row of hessian.keys()) {
          const after = slopesOf(loss, moved(target, row, step)).gradient[row]!;
          const before = slopesOf(loss, moved(target, row, -step)).gradient[row]!;
          expect((before - after) / (2 * step) / Math.max(1, hessian[row]!)).toBeCloseTo(
            hessian[row]! / Math.max(1, hessian[row]!),
            5,
          );
        }
      }),
    );
  });

  it("counts a row of weight n like n rows", () => {
    fc.assert(
      fc.property(targets, (target) => {
        const single = repeated(target);
        const [a, b] = [createLoss(name, quantile), createLoss(name, quantile)];
        expect(a.base(target.y, target.weights)).toBeCloseTo(b.base(single.y, null), 10);
        const total = ({ gradient }: Slopes): number =>
          gradient.reduce((sum, slope) => sum + slope, 0);
        expect(total(slopesOf(a, target))).toBeCloseTo(total(slopesOf(b, single)), 8);
        expect(a.risk(target)).toBeCloseTo(b.risk(single), 8);
        expect(leafValue(a, target)).toBeCloseTo(leafValue(b, single), 8);
      }),
    );
  });

  it("knows when nothing is left to fit", () => {
    const y = Float64Array.of(2, 2, 2, 5);
    const loss = createLoss(name, quantile);
    const base = loss.base(y.subarray(0, 3), null);
    const scores = new Float64Array(4).fill(base);
    const target = { y, scores, weights: Float64Array.of(1, 3, 1, 0) };
    const room = new Float64Array(4);
    // exp(log(2)) is not quite 2.
    const exact = name === "poisson" ? { ...target, y: y.map(() => Math.exp(base)) } : target;
    expect(loss.descend(exact, room, new Float64Array(4), new Float64Array(4))).toBe(false);
    expect([...room].every((slope) => slope === 0)).toBe(true);
    expect(
      loss.descend({ ...target, weights: null }, room, new Float64Array(4), new Float64Array(4)),
    ).toBe(true);
  });
});

/** What a leaf with all rows in it would add. */
function leafValue(loss: Loss, target: ScoredTarget): number {
  const { gradient, hessian } = slopesOf(loss, target);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  if (loss.leaf.kind === "newton") {
    return loss.leaf.value(sum(gradient) / (loss.curved ? sum(hessian) : weightOf(target)));
  }
  const residuals = target.y.map((value, r) => value - target.scores[r]!);
  return loss.leaf.center(residuals, target.weights?.slice() ?? null, residuals.length);
}

/** The lowest risk that shifting all scores can give, by search: all shifts that hit a target, and a fine grid. */
function lowestRisk(loss: Loss, target: ScoredTarget): number {
  const hits = [...target.y].map((value, r) => value - target.scores[r]!);
  const grid = Array.from({ length: 1200 }, (_, i) => (i - 600) / 50);
  return Math.min(...[...hits, ...grid].map((by) => loss.risk(shifted(target, by))));
}

describe("the value of a leaf", () => {
  it.each(["squared", "absolute", "quantile"] as const)("%s: has the lowest risk", (name) => {
    fc.assert(
      fc.property(targets, (target) => {
        const loss = createLoss(name, quantile);
        const risk = loss.risk(shifted(target, leafValue(loss, target)));
        expect(risk).toBeLessThan(lowestRisk(loss, target) + 1e-9);
      }),
    );
  });

  it("poisson: has the lowest risk, unless that lies more than 1 below", () => {
    fc.assert(
      fc.property(targets, (target) => {
        const loss = createLoss("poisson", quantile);
        const value = leafValue(loss, target);
        expect(value).toBeGreaterThanOrEqual(-1);
        const risk = loss.risk(shifted(target, value));
        if (value > -1) expect(risk).toBeLessThan(lowestRisk(loss, target) + 1e-9);
        else expect(risk).toBeLessThan(loss.risk(target));
      }),
    );
  });

  it("huber: is no worse than the median and does not follow outliers", () => {
    fc.assert(
      fc.property(targets, (target) => {
        const [huber, absolute] = [createLoss("huber", 0.5), createLoss("absolute", 0.5)];
        const value = leafValue(huber, target);
        const median = leafValue(absolute, target);
        const atMedian = huber.risk(shifted(target, median));
        expect(huber.risk(shifted(target, value))).toBeLessThan(atMedian + 1e-9);
      }),
    );
    const ordinary = Array.from({ length: 40 }, (_, i) => (i % 10) / 10);
    const withOutlier = (size: number): number => {
      const y = Float64Array.of(...ordinary, size);
      const target = { y, scores: new Float64Array(41), weights: null };
      return leafValue(createLoss("huber", 0.5), target);
    };
    expect(withOutlier(1e9)).toBe(withOutlier(1e3));
    expect(withOutlier(1e9)).toBeCloseTo(0.45, 1);
  });
});

describe("poisson loss", () => {
  it("refuses targets below 0 and takes nothing but zeros", () => {
    const loss = createLoss("poisson", 0.5);
    expect(() => loss.check(Float64Array.of(1, 0, -0.5))).toThrow(
      expect.objectContaining({ code: "AUTOML_PARAMETER_INVALID" }),
    );
    loss.check(Float64Array.of(0, 3.5));
    expect(Math.exp(loss.base(new Float64Array(3), null))).toBe(0);
  });
});

describe("suitedLosses", () => {
  const suited = (metric: MetricName, logLink: boolean): readonly LossName[] =>
    suitedLosses({ metric, logLink });

  it("are those that lower the metric, the default first", () => {
    expect(suited("rmse", false)).toEqual(["squared"]);
    expect(suited("r2", true)).toEqual(["squared", "poisson"]);
    expect(suited("rmsle", true)).toEqual(["squared", "poisson"]);
    expect(suited("mae", true)).toEqual(["squared", "absolute", "poisson"]);
    expect(suited("mape", false)).toEqual(["squared", "absolute"]);
    for (const metric of metricNames) {
      for (const loss of suited(metric, true)) expect(names).toContain(loss);
    }
  });
});
