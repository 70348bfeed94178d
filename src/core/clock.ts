/** Seconds since an arbitrary start, monotonic. The only clock outside `cli/`; nothing a trial computes may depend on it. */
export function seconds(): number {
  return performance.now() / 1000;
}

/** The wall clock as an ISO 8601 string in UTC, for journals and file names. */
export function timestamp(): string {
  return new Date().toISOString();
}

/** Month, day, hour and minute on the user's own clock, "1120-0948": names a run, and nothing else. */
export function minuteStamp(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(now.getMonth() + 1)}${two(now.getDate())}-${two(now.getHours())}${two(now.getMinutes())}`;
}

/** The time so many seconds ago, as `timestamp` writes it; such texts compare like the times they stand for. */
export function timestampBefore(secondsAgo: number): string {
  return new Date(Date.now() - 1000 * secondsAgo).toISOString();
}
