import { plural } from "../../../report/format.ts";

/** Columns of a table that are shown; the rest is counted. */
export const mostRows = 40;

export function moreColumns(count: number): string[] {
  return count > mostRows ? [`... and ${plural(count - mostRows, "more column")}`] : [];
}

/** A bar of 20 characters for the largest value, shorter ones for others; none for values below 0. */
export function bar(value: number, largest: number): string {
  return "█".repeat(largest > 0 ? Math.max(0, Math.round((20 * value) / largest)) : 0);
}
