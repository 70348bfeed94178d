import fc from "fast-check";
import { expect, it } from "vitest";
import {
  civilDate,
  dayOf,
  hourOf,
  weekdayOf,
} from "../../../src/preprocess/preparation/calendar.ts";

it("agrees with Date over the whole range of Date", () => {
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (time) => {
      const date = new Date(time);
      const day = dayOf(time);
      expect(civilDate(day)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      });
      expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
      expect(hourOf(time)).toBe(date.getUTCHours());
    }),
  );
});

it("agrees with Date on every day of four centuries", () => {
  for (let day = dayOf(Date.UTC(1800, 0, 1)); day < dayOf(Date.UTC(2201, 0, 1)); day++) {
    const date = new Date(day * 86_400_000);
    const { year, month, day: dayOfMonth } = civilDate(day);
    if (
      year !== date.getUTCFullYear() ||
      month !== date.getUTCMonth() + 1 ||
      dayOfMonth !== date.getUTCDate()
    ) {
      expect.fail(date.toISOString());
    }
  }
});
