import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { applyPreparation, fitPreparation } from "../../../src/preprocess/preparation.ts";
import { makeTable, rowIndex } from "../make-table.ts";

const random = new Random(7);
const makes = ["audi", "ford", "kia", "bmw"];
const value = { audi: 30, ford: 10, kia: 0, bmw: 40, sport: 5 };
/** 400 cars: the make and the word "sport" decide the price, a word of its own makes every text different. */
const cars = Array.from({ length: 400 }, (_, i) => {
  const make = makes[random.integer(4)]! as "audi";
  const sport = random.next() < 0.5;
  const text = `${make}${sport ? " sport" : ""} x${i}`;
  return { text, price: value[make] + (sport ? value.sport : 0) + random.normal() };
});
const table = makeTable([
  {
    name: "car",
    type: "text",
    cells: [...cars.map((car) => car.text), "bmw sport never seen", null],
  },
]);
const rows = rowIndex(cars.map((_, i) => i));
const y = Float64Array.from(cars, (car) => car.price);
const spec = {
  kind: "text",
  column: "car",
  terms: 0,
  encode: { by: "targetEncode", penalty: 1 },
} as const;

function lastColumn(data: Float64Array, count: number): number[] {
  return [...data.subarray(data.length - count)];
}

describe("the target as its words tell it", () => {
  const { state, matrix } = fitPreparation([spec], table, rows, y);
  const training = lastColumn(matrix.data, rows.length);

  it("adds up what the words are worth", () => {
    const [unseen, missing] = lastColumn(
      applyPreparation(state, table, rowIndex([cars.length, cars.length + 1])).data,
      2,
    );
    expect(unseen).toBeGreaterThan(43.5);
    expect(unseen).toBeLessThan(46);
    const mean = y.reduce((sum, price) => sum + price, 0) / y.length;
    expect(missing).toBeCloseTo(mean, 9);
  });

  it("is cross-fitted: a row's own target has no part in its value", () => {
    const changed = Float64Array.from(y);
    changed[17]! += 1e6;
    const other = lastColumn(fitPreparation([spec], table, rows, changed).matrix.data, rows.length);
    expect(other[17]).toBe(training[17]);
    expect(other).not.toEqual(training);
  });

  it("tells the price without the noise of single texts", () => {
    let squares = 0;
    for (let i = 0; i < y.length; i++) squares += (training[i]! - y[i]!) ** 2;
    expect(Math.sqrt(squares / y.length)).toBeLessThan(1.5);
  });

  it("gives the same bits after a JSON round trip, whatever was read before", () => {
    const again = makeTable([
      {
        name: "car",
        type: "text",
        cells: ["zzz kia", "x3 bmw sport", ...cars.map((car) => car.text)],
      },
    ]);
    const known = JSON.parse(JSON.stringify(state)) as typeof state;
    const place = cars.map((_, i) => i + 2);
    expect(lastColumn(applyPreparation(known, again, rowIndex(place)).data, place.length)).toEqual(
      lastColumn(applyPreparation(state, table, rows).data, place.length),
    );
  });

  it("has no missing values, whatever the rows", () => {
    for (const part of [[0], [0, 0], [401], [0, 401]]) {
      const some = rowIndex(part);
      const { matrix: small } = fitPreparation([spec], table, some, new Float64Array(part.length));
      expect(small.data.every(Number.isFinite)).toBe(true);
    }
  });
});
