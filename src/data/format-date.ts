const months =
  "January,February,March,April,May,June,July,August,September,October,November,December".split(
    ",",
  );

/**
 * Writes a time as text by a strptime format of this folder (`candidateFormats`), in UTC: what a cell of the file
 * would say.
 * @param time milliseconds since 1970 in UTC
 */
export function formatDate(time: number, format: string): string {
  const date = new Date(time);
  const hour = date.getUTCHours();
  const parts: Readonly<Record<string, string>> = {
    Y: String(date.getUTCFullYear()).padStart(4, "0"),
    y: two(date.getUTCFullYear() % 100),
    m: two(date.getUTCMonth() + 1),
    d: two(date.getUTCDate()),
    B: months[date.getUTCMonth()]!,
    b: months[date.getUTCMonth()]!.slice(0, 3),
    H: two(hour),
    I: two(hour % 12 === 0 ? 12 : hour % 12),
    p: hour < 12 ? "AM" : "PM",
    M: two(date.getUTCMinutes()),
    S: two(date.getUTCSeconds()),
    f: String(date.getUTCMilliseconds() * 1000).padStart(6, "0"),
    z: "+00",
  };
  return format.replace(/%([A-Za-z])/g, (directive, letter: string) => parts[letter] ?? directive);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
