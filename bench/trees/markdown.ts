import type { Ratio } from "./rounds.ts";

/** A Markdown table; the first column is text, the others are figures. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, i) => (i === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** "0.61 (0.62)": of medians, and the median of the rounds. */
export function ratioText({ ofMedians, byRound }: Ratio): string {
  return `${ofMedians.toFixed(2)} (${byRound.toFixed(2)})`;
}

/** Milliseconds with three digits. */
export function milliseconds(value: number): string {
  if (Number.isNaN(value)) return "-";
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** Five digits, without an exponent. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(5)));
}
