import { formatsOf } from "./date-format.ts";

const months =
  "January,February,March,April,May,June,July,August,September,October,November,December".split(
    ",",
  );

const weekdays = "Sunday,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday".split(",");

/**
 * Writes a time as text by a format of this folder (`candidateFormats`; the first where a column has several), in UTC:
 * what a cell of the file would say.
 * @param time milliseconds since 1970 in UTC
 */
export function formatDate(time: number, format: string): string {
  const date = new Date(time);
  const [first] = formatsOf(format);
  const week = isoWeek(time);
  const hour = date.getUTCHours();
  const parts: Readonly<Record<string, string>> = {
    Y: String(date.getUTCFullYear()).padStart(4, "0"),
    y: two(date.getUTCFullYear() % 100),
    m: two(date.getUTCMonth() + 1),
    d: two(date.getUTCDate()),
    B: months[date.getUTCMonth()]!,
    L: months[date.getUTCMonth()]!,
    b: months[date.getUTCMonth()]!.slice(0, 3),
    H: two(hour),
    I: two(hour % 12 === 0 ? 12 : hour % 12),
    p: hour < 12 ? "AM" : "PM",
    M: two(date.getUTCMinutes()),
    S: two(date.getUTCSeconds()),
    f: String(date.getUTCMilliseconds() * 1000).padStart(6, "0"),
    n: String(date.getUTCMilliseconds() * 1_000_000).padStart(9, "0"),
    z: "+00",
    a: weekdays[date.getUTCDay()]!.slice(0, 3),
    A: weekdays[date.getUTCDay()]!,
    // The endings are English; days of other languages can do without.
    o: `${date.getUTCDate()}${first!.includes("%L") ? "" : ending(date.getUTCDate())}`,
    q: String(Math.floor(date.getUTCMonth() / 3) + 1),
    G: String(week.year),
    V: two(week.week),
    s: String(Math.floor(time / 1000)),
    Q: String(time),
  };
  return first!.replace(/%([A-Za-z])/g, (directive, letter: string) => parts[letter] ?? directive);
}

/** "st" of 1st, 21st, 31st; "th" of 11th. */
function ending(day: number): string {
  const last = Math.floor(day / 10) === 1 ? 0 : day % 10;
  return ["th", "st", "nd", "rd"][last] ?? "th";
}

/** Year and number of the ISO week, which belongs to the year of its Thursday. */
function isoWeek(time: number): { readonly year: number; readonly week: number } {
  const day = 86_400_000;
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  const thursday = new Date(time + (3 - weekday) * day);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1 };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
