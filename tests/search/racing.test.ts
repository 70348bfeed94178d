import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { isHopeless } from "../../src/search/racing.ts";

const race = [10, 12, 9, 11, 10];

/** Fold losses so many times the best trial's. */
function times(...factors: number[]): number[] {
  return factors.map((factor, fold) => factor * race[fold]!);
}

describe("isHopeless", () => {
  it("keeps what is as good or nearly as good", () => {
    for (const factor of [0.5, 0.9, 1, 1.05]) {
      for (let done = 1; done < 5; done++)
        expect(isHopeless(times(...Array<number>(done).fill(factor)), race, 5)).toBe(false);
    }
  });

  it("gives up sooner the worse it is, and needs less of a gap the more folds agree", () => {
    const smallest = [1, 2, 3, 4].map((done) => {
      let factor = 1;
      while (!isHopeless(times(...Array<number>(done).fill(factor)), race, 5)) factor += 0.001;
      return factor;
    });
    expect(smallest).toEqual([...smallest].sort((a, b) => b - a));
    expect(smallest[0]).toBeGreaterThan(1.1);
    expect(smallest[0]).toBeLessThan(1.16);
    expect(smallest[3]).toBeLessThan(1.1);
    expect(smallest[3]).toBeGreaterThan(1.06);
  });

  it("compares fold by fold, whichever are done, and not when all are or none is", () => {
    expect(isHopeless([undefined, undefined, 20], race, 5)).toBe(true);
    expect(isHopeless([undefined, 12.5, undefined], race, 5)).toBe(false);
    expect(isHopeless(times(2, 2, 2, 2, 2), race, 5)).toBe(false);
    expect(isHopeless([], race, 5)).toBe(false);
    expect(isHopeless([30], [10], 1)).toBe(false);
  });

  it("is not hasty where folds disagree", () => {
    expect(isHopeless(times(1.4, 0.85), race, 5)).toBe(false);
    expect(isHopeless(times(1.13, 1.12), race, 5)).toBe(true);
  });

  it("understands losses that are -R², of no score and of a perfect best", () => {
    // 1 - R² of 0.1 against 0.2: an error 41 % larger.
    expect(isHopeless([-0.8], [-0.9, -0.9, -0.9], 3)).toBe(true);
    expect(isHopeless([-0.89], [-0.9, -0.9, -0.9], 3)).toBe(false);
    expect(isHopeless([Infinity], race, 5)).toBe(true);
    expect(isHopeless([NaN], race, 5)).toBe(true);
    expect(isHopeless([0], [0, 0, 0], 3)).toBe(false);
  });

  it("rarely gives up a trial that is as good as the best, and mostly one that is a third worse", () => {
    const random = new Random("races");
    let wrong = 0;
    let right = 0;
    for (let i = 0; i < 1000; i++) {
      const noisy = (gap: number): boolean => {
        const losses = race.map((loss) => loss * Math.exp(gap + 0.05 * random.normal()));
        return [1, 2, 3, 4].some((done) => isHopeless(losses.slice(0, done), race, 5));
      };
      if (noisy(0)) wrong++;
      if (noisy(0.3)) right++;
    }
    expect(wrong).toBeLessThan(20);
    expect(right).toBeGreaterThan(950);
  });
});
