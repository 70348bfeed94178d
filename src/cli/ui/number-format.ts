import { metrics, type MetricName } from "../../core/metrics.ts";

/** A number with `decimals` places and a space between groups of three digits: 71805.4 -> "71 805". */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return String(value);
  const fixed = Math.abs(value).toFixed(decimals);
  // Beyond 1e21 toFixed gives exponents, which have no groups.
  if (fixed.includes("e")) return value.toPrecision(4);
  const [whole = "0", fraction] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  const sign = value < 0 && Number(fixed) !== 0 ? "-" : "";
  return `${sign}${grouped}${fraction === undefined ? "" : `.${fraction}`}`;
}

/** A count and its noun: "1 trial", "2 400 rows". */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** How scores of one metric are written, with as many decimals as four digits of `reference` need. */
export interface ScoreFormat {
  (value: number): string;
}

/** Scores near `reference` with four significant digits, all with the same decimals; MAPE in percent. */
export function scoreFormat(metric: MetricName, reference: number): ScoreFormat {
  if (metric === "mape") return (value) => `${formatNumber(100 * value, 2)} %`;
  if (metrics[metric].higherIsBetter) return (value) => formatNumber(value, 4);
  const size = Math.abs(reference);
  const digits = size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size)) : 0;
  if (digits < -6) return (value) => value.toPrecision(4);
  const decimals = Math.max(0, 3 - digits);
  return (value) => formatNumber(value, decimals);
}

/** A span of time in a sentence: "0.2 s", "9 s", "41 s", "3 min 20 s", "2 h 5 min". */
export function formatSpan(seconds: number): string {
  if (seconds < 9.95 && !Number.isInteger(seconds)) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 120) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A measured duration in a table, two significant digits: "7 us", "60 ms", "1.9 s", "41 s". */
export function formatDuration(seconds: number): string {
  const micros = seconds * 1e6;
  if (micros < 1) return "<1 us";
  if (micros < 999.5) return `${twoDigits(micros)} us`;
  if (micros < 999_500) return `${twoDigits(micros / 1000)} ms`;
  return formatSpan(seconds);
}

/** A size: "312 B", "4 kB", "610 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit > 0 && value < 9.95 ? value.toFixed(1) : formatNumber(value);
  return `${text} ${units[unit]!}`;
}

function twoDigits(value: number): string {
  return value < 100 ? String(Math.round(value)) : String(Math.round(value / 10) * 10);
}

const words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** A small count in a sentence: "four", "12". */
export function countInWords(count: number): string {
  return words[count] ?? formatNumber(count);
}
