/** A narrow space that does not break a line: between thousands, and between a number and its unit. */
export const thinSpace = "\u202f";

/** The power of ten of the first digit: 71805 -> 4, 0.02 -> -2. 0 for 0 and for what is not finite. */
function magnitude(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  return Number(value.toExponential().split("e")[1]);
}

/** Decimals that show `digits` significant digits of numbers of the size of `reference`; never negative. */
export function decimalsFor(reference: number, digits: number): number {
  return Math.min(12, Math.max(0, digits - 1 - magnitude(reference)));
}

/** A number with a fixed count of decimals, thin spaces between thousands and a real minus sign. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const absolute = Math.abs(value);
  if (absolute >= 1e15 || (absolute !== 0 && absolute < 1e-9)) return scientific(value, 3);
  const [whole = "0", fraction] = absolute.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A number with about `digits` significant digits and no trailing zeros: a parameter, a fraction, a count. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return "–";
  const size = magnitude(value);
  if (size >= 15 || size < -4) return scientific(value, digits);
  const text = formatFixed(value, decimalsFor(value, digits));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A whole number: "41 384". */
export function formatCount(value: number): string {
  return formatFixed(value, 0);
}

/** A fraction as per cent: 0.1234 -> "12.3 %". */
export function formatPercent(fraction: number, decimals = 1): string {
  return Number.isFinite(fraction) ? `${formatFixed(fraction * 100, decimals)}${thinSpace}%` : "–";
}

/** "3 ms", "1.9 s", "2 min 5 s", "1 h 2 min". */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 0.0995) return unit(seconds * 1000, seconds < 0.00095 ? 1 : 0, "ms");
  if (seconds < 0.9995) return unit(Math.round(seconds * 100) * 10, 0, "ms");
  if (seconds < 9.95) return unit(seconds, 1, "s");
  if (seconds < 59.5) return unit(seconds, 0, "s");
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return twoUnits(minutes, "min", whole % 60, "s");
  return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

/** Microseconds with the unit that fits: "0.4 µs", "7 µs", "1.2 ms". */
export function formatMicros(micros: number): string {
  if (!Number.isFinite(micros)) return "–";
  if (micros < 999.5) return unit(micros, micros < 9.95 ? 1 : 0, "µs");
  return unit(micros / 1000, micros < 9950 ? 1 : 0, "ms");
}

/** Bytes in decimal units: "4 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return "–";
  if (bytes < 1000) return unit(bytes, 0, "B");
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let index = 0;
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  return unit(value, value < 9.95 ? 1 : 0, units[index]!);
}

/** A large count in few characters: "830", "4.2 k", "60 M". */
export function formatLarge(count: number): string {
  if (!Number.isFinite(count)) return "–";
  const step = Math.min(4, Math.max(0, Math.floor(magnitude(count) / 3)));
  if (step === 0) return formatNumber(count, 3);
  const scaled = count / [1, 1e3, 1e6, 1e9, 1e12][step]!;
  return unit(scaled, scaled < 9.95 ? 1 : 0, ["", "k", "M", "G", "T"][step]!);
}

/** "1 row", "2 rows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function twoUnits(large: number, largeName: string, small: number, smallName: string): string {
  const first = unit(large, 0, largeName);
  return small === 0 ? first : `${first} ${unit(small, 0, smallName)}`;
}

function unit(value: number, decimals: number, name: string): string {
  const text = formatFixed(value, decimals);
  return `${decimals > 0 ? text.replace(/\.0+$/, "") : text}${thinSpace}${name}`;
}

function scientific(value: number, digits: number): string {
  const [mantissa = "0", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${short}e${exponent.replace("+", "")}`.replaceAll("-", "−");
}

/** "once", "twice", "3 times". */
export function formatTimes(count: number): string {
  if (count === 1) return "once";
  return count === 2 ? "twice" : plural(count, "time");
}
