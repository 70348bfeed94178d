import { AutomlError } from "../../core/errors.ts";
import type { RowIndex } from "../../core/split.ts";
import type { DatePart, DateSpec } from "../../core/trial-spec.ts";
import { dateParts, isCycle, type DateCycle } from "../features/check-feature.ts";
import { quoted } from "../quoted.ts";
import { civilDate, dayOf, dayOfYear, hourOf, millisecondsPerDay, weekdayOf } from "./calendar.ts";
import { cosineOfTurn, sineOfTurn } from "./cycle.ts";
import type { ColumnSource } from "./column-source.ts";
import type { FittedLine, Writer } from "./fitted-feature.ts";
import { fillMissing, gatherNumbers, withoutMissing, writeFlags } from "./numbers.ts";
import { selectNth } from "./select-nth.ts";

export interface FittedDate extends FittedLine {
  readonly kind: "date";
  /** In the fixed order of `dateParts`, whatever order the line has. */
  readonly parts: readonly DatePart[];
  /** Earliest training date in milliseconds since 1970: where `elapsed` is 0. */
  readonly earliest: number;
  readonly flagMissing: boolean;
  /** The date that missing ones become, in milliseconds; null: their parts are NaN. */
  readonly fill: number | null;
}

export function fitDate(spec: DateSpec, source: ColumnSource, rows: RowIndex): FittedDate {
  const { column } = spec;
  const values = source.numbers(column, "date");
  if (spec.parts === undefined) {
    throw new AutomlError("AUTOML_SPEC_INVALID", `Date ${quoted(column)} has no parts.`, {
      hint: 'Add .parts("year", "month", "weekday", "elapsed") or others to its line.',
      details: { column },
    });
  }
  const parts = dateParts.filter((part) => spec.parts?.includes(part));
  const flagMissing = spec.flagMissing === true;
  const all = new Float64Array(rows.length);
  gatherNumbers(values, rows, all, 0);
  const present = withoutMissing(all);
  let earliest = present.length > 0 ? Infinity : 0;
  for (let i = 0; i < present.length; i++) earliest = Math.min(earliest, present[i]!);
  const names = parts.flatMap((part) =>
    isCycle(part) ? [`${column}.${part}.sin`, `${column}.${part}.cos`] : [`${column}.${part}`],
  );
  if (flagMissing) names.push(`${column}.missing`);
  return {
    kind: "date",
    column,
    names,
    parts,
    earliest: earliest + 0,
    flagMissing,
    fill: spec.impute === undefined ? null : middleDate(present),
  };
}

export function dateWriter(state: FittedDate): Writer {
  return {
    levels: state.names.map(() => 0),
    write(source, rows, out, start) {
      const count = rows.length;
      const times = new Float64Array(count);
      gatherNumbers(source.numbers(state.column, "date"), rows, times, 0);
      if (state.flagMissing) {
        const flags = start + (state.names.length - 1) * count;
        writeFlags(times, out.subarray(flags, flags + count));
      }
      if (state.fill !== null) fillMissing(times, state.fill);
      let next = start;
      for (const part of state.parts) {
        const wide = isCycle(part) ? 2 : 1;
        writePart(part, times, state.earliest, out.subarray(next, (next += wide * count)));
      }
    },
  };
}

/** The middle one of the training dates, the earlier of two: a date that occurs, so its parts are those of a real day. */
function middleDate(present: Float64Array): number {
  return present.length === 0 ? 0 : selectNth(present, (present.length - 1) >> 1) + 0;
}

/** One part of every date; a missing date (NaN) gives NaN by arithmetic alone. */
function writePart(part: DatePart, times: Float64Array, earliest: number, out: Float64Array): void {
  const count = times.length;
  switch (part) {
    case "year":
      return writeDays(times, out, (day) => civilDate(day).year);
    case "month":
      return writeDays(times, out, (day) => civilDate(day).month);
    case "day":
      return writeDays(times, out, (day) => civilDate(day).day);
    case "weekday":
      for (let i = 0; i < count; i++) out[i] = weekdayOf(dayOf(times[i]!));
      return;
    case "dayOfYear":
      return writeDays(times, out, dayOfYear);
    case "hour":
      for (let i = 0; i < count; i++) out[i] = hourOf(times[i]!);
      return;
    case "weekend":
      for (let i = 0; i < count; i++) {
        const weekday = weekdayOf(dayOf(times[i]!));
        out[i] = Number.isNaN(weekday) ? NaN : Number(weekday >= 5);
      }
      return;
    case "elapsed":
      for (let i = 0; i < count; i++) out[i] = (times[i]! - earliest) / millisecondsPerDay;
      return;
    case "yearCycle":
    case "weekCycle": {
      const turn = (day: number): number => turnOf(part, day * millisecondsPerDay);
      writeDays(times, out, (day) => sineOfTurn(turn(day)));
      writeDays(times, out.subarray(count), (day) => cosineOfTurn(turn(day)));
      return;
    }
    default:
      for (let i = 0; i < count; i++) {
        const turn = turnOf(part, times[i]!);
        out[i] = sineOfTurn(turn);
        out[count + i] = cosineOfTurn(turn);
      }
  }
}

/** What depends on the day alone is worked out once for each day: a long table has its days many times. O(rows + days). */
function writeDays(times: Float64Array, out: Float64Array, value: (day: number) => number): void {
  const count = times.length;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < count; i++) {
    const time = times[i]!;
    if (time < low) low = time;
    if (time > high) high = time;
  }
  const first = dayOf(low);
  const days = dayOf(high) - first + 1;
  if (!(days <= count)) {
    for (let i = 0; i < count; i++) out[i] = value(dayOf(times[i]!));
    return;
  }
  const known = Float64Array.from({ length: days }, (_, d) => value(first + d));
  for (let i = 0; i < count; i++) {
    const time = times[i]!;
    out[i] = Number.isNaN(time) ? NaN : known[dayOf(time) - first]!;
  }
}

/** Where a time stands in a cycle, 0 to 1: the first of January, Monday, midnight are 0. */
function turnOf(cycle: DateCycle, time: number): number {
  switch (cycle) {
    case "yearCycle":
      return (dayOfYear(dayOf(time)) - 1) / 366;
    case "weekCycle":
      return weekdayOf(dayOf(time)) / 7;
    case "dayCycle":
      return (time - dayOf(time) * millisecondsPerDay) / millisecondsPerDay;
  }
}
