import fc from "fast-check";
import { expect, it } from "vitest";
import {
  civilDate,
  dayOf,
  dayOfYear,
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
      const newYear = new Date(time);
      newYear.setUTCMonth(0, 1);
      // The earliest year of Date begins before its range.
      if (!Number.isNaN(newYear.getTime()))
        expect(dayOfYear(day)).toBe(day - dayOf(newYear.getTime()) + 1);
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
