import { AutomlError } from "../../core/errors.ts";
import { formatsOf } from "../../data/date-format.ts";
import { monthNumber } from "../../data/month-names.ts";

/** What each strptime token may look like and which part of the date it gives. */
const tokens: Readonly<
  Record<string, { readonly pattern: string; readonly part: keyof Parts | null }>
> = {
  Y: { pattern: "(\\d{4})", part: "year" },
  y: { pattern: "(\\d{2})", part: "shortYear" },
  m: { pattern: "(\\d{1,2})", part: "month" },
  d: { pattern: "(\\d{1,2})", part: "day" },
  b: { pattern: "([A-Za-z]{3,9})", part: "monthName" },
  B: { pattern: "([A-Za-z]{3,9})", part: "monthName" },
  H: { pattern: "(\\d{1,2})", part: "hour" },
  I: { pattern: "(\\d{1,2})", part: "hour" },
  M: { pattern: "(\\d{2})", part: "minute" },
  S: { pattern: "(\\d{2})", part: "second" },
  f: { pattern: "(\\d{1,6})", part: "fraction" },
  p: { pattern: "([AaPp][Mm])", part: "half" },
  n: { pattern: "(\\d{1,9})", part: "fraction" },
  z: { pattern: "([+-]\\d{2}(?::?\\d{2})?|Z)", part: "zone" },
  a: { pattern: "(?:[A-Za-z]{3})", part: null },
  A: { pattern: "(?:[A-Za-z]{6,9})", part: null },
  L: { pattern: "([^\\d\\s]{3,13})", part: "monthName" },
  o: {
    pattern: "(\\d{1,2})(?:[Ss][Tt]|[NnRr][Dd]|[Tt][Hh]|[Ee][Rr]|[\u00ba\u00b0])?",
    part: "day",
  },
  q: { pattern: "([1-4])", part: "quarter" },
  G: { pattern: "(\\d{4})", part: "weekYear" },
  V: { pattern: "(\\d{2})", part: "week" },
  s: { pattern: "([+-]?\\d+(?:\\.\\d+)?)", part: "seconds" },
  Q: { pattern: "([+-]?\\d+(?:\\.\\d+)?)", part: "milliseconds" },
};

interface Parts {
  year: string;
  shortYear: string;
  month: string;
  day: string;
  monthName: string;
  hour: string;
  minute: string;
  second: string;
  fraction: string;
  half: string;
  zone: string;
  quarter: string;
  weekYear: string;
  week: string;
  seconds: string;
  milliseconds: string;
}

/**
 * Milliseconds since 1970 (UTC) of a date written in a strptime format, as the reader of files takes it. Throws
 * AUTOML_COLUMN_TYPE when the text is no such date.
 */
export function parseDate(text: string, format: string): number {
  for (const one of formatsOf(format)) {
    const time = timeIn(text, one);
    if (!Number.isNaN(time)) return time;
  }
  throw new AutomlError(
    "AUTOML_COLUMN_TYPE",
    `"${text.slice(0, 60)}" is not a date written as ${format}.`,
    {
      hint: "Give it in that form, or as a Date.",
    },
  );
}

/** The time of a text in one format; NaN when it is no such date. */
function timeIn(text: string, format: string): number {
  const order: (keyof Parts)[] = [];
  const pattern = format.replace(/%(.)|[\s\S]/g, (match, token: string | undefined) => {
    const known = token === undefined ? undefined : tokens[token];
    if (known === undefined) return (token ?? match).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    if (known.part !== null) order.push(known.part);
    return known.pattern;
  });
  const found = new RegExp(`^${pattern}$`).exec(text.trim());
  const parts: Partial<Parts> = {};
  order.forEach((part, i) => (parts[part] = found?.[i + 1] ?? ""));
  return found === null ? NaN : timeOf(parts);
}

function timeOf(parts: Partial<Parts>): number {
  if (parts.seconds !== undefined) return Number(parts.seconds) * 1000;
  if (parts.milliseconds !== undefined) return Number(parts.milliseconds);
  if (parts.week !== undefined) return weekTime(Number(parts.weekYear), Number(parts.week));
  const year = yearOf(parts);
  const month =
    parts.monthName === undefined
      ? Number(parts.month ?? 3 * Number(parts.quarter ?? 1) - 2) - 1
      : (monthNumber(parts.monthName) ?? NaN) - 1;
  const day = Number(parts.day ?? 1);
  const hour = hourOf(Number(parts.hour ?? 0), parts.half);
  // Cut, not rounded, as in a file.
  const milliseconds = Number((parts.fraction ?? "").padEnd(3, "0").slice(0, 3));
  const time = Date.UTC(
    2000,
    month,
    day,
    hour,
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  );
  // Years below 100 mean 19xx to Date.UTC; and a 31st of February is no date.
  const date = new Date(time);
  date.setUTCFullYear(year, month, day);
  const isDay = date.getUTCMonth() === month && date.getUTCDate() === day;
  return isDay ? date.getTime() + milliseconds - zoneOf(parts.zone) : NaN;
}

/** Monday of an ISO week: the first week of a year is the one with January 4th. */
function weekTime(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4);
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000;
  return week >= 1 && week <= 53 ? monday + (week - 1) * 7 * 86_400_000 : NaN;
}

function yearOf({ year, shortYear }: Partial<Parts>): number {
  if (shortYear === undefined) return Number(year ?? 1970);
  const short = Number(shortYear);
  return short < 69 ? 2000 + short : 1900 + short;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

/** Offset of a zone in milliseconds: "+02:00", "-0530", "Z". */
function zoneOf(zone: string | undefined): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? "");
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return (found[1] === "-" ? -1 : 1) * minutes * 60_000;
}
