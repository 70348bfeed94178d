import { AutomlError } from "../../core/errors.ts";
import type { RowIndex } from "../../core/split.ts";
import type { DatePart, DateSpec } from "../../core/trial-spec.ts";
import { dateParts } from "../features/check-feature.ts";
import { quoted } from "../quoted.ts";
import { civilDate, dayOf, dayOfYear, hourOf, millisecondsPerDay, weekdayOf } from "./calendar.ts";
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
  const names = parts.map((part) => `${column}.${part}`);
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
        const flags = start + state.parts.length * count;
        writeFlags(times, out.subarray(flags, flags + count));
      }
      if (state.fill !== null) fillMissing(times, state.fill);
      state.parts.forEach((part, p) => {
        writePart(
          part,
          times,
          state.earliest,
          out.subarray(start + p * count, start + (p + 1) * count),
        );
      });
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
      for (let i = 0; i < count; i++) out[i] = civilDate(dayOf(times[i]!)).year;
      return;
    case "month":
      for (let i = 0; i < count; i++) out[i] = civilDate(dayOf(times[i]!)).month;
      return;
    case "day":
      for (let i = 0; i < count; i++) out[i] = civilDate(dayOf(times[i]!)).day;
      return;
    case "weekday":
      for (let i = 0; i < count; i++) out[i] = weekdayOf(dayOf(times[i]!));
      return;
    case "dayOfYear":
      for (let i = 0; i < count; i++) out[i] = dayOfYear(dayOf(times[i]!));
      return;
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
  }
}
