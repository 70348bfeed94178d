/** A column in memory: what a DataFrame or a caller's own arrays hold. NaN, null and undefined are missing. */
export interface MemoryColumn {
  readonly name: string;
  readonly values: readonly (string | number | bigint | boolean | Date | null | undefined)[];
}

/**
 * Columns in memory as CSV: what a run keeps so that its scripts can read the same table again. Numbers are written
 * with the shortest digits that give the same number, dates in ISO form in UTC.
 */
export function columnsToCsv(columns: readonly MemoryColumn[]): string {
  const rows = columns.reduce((most, column) => Math.max(most, column.values.length), 0);
  const writers = columns.map(cellWriter);
  const lines = [columns.map((column) => quoted(column.name)).join(",")];
  for (let row = 0; row < rows; row++) {
    const line = writers.map((write) => write(row)).join(",");
    // A blank line would be no row, and neither would one without any value.
    lines.push(/^,*$/.test(line) ? `""${line}` : line);
  }
  return `${lines.join("\n")}\n`;
}

function cellWriter(column: MemoryColumn): (row: number) => string {
  const dates = column.values.filter((value): value is Date => value instanceof Date);
  const wholeDays = dates.every((date) => date.getTime() % 86_400_000 === 0);
  return (row) => {
    const value = column.values[row];
    if (value === null || value === undefined || Number.isNaN(value)) return "";
    if (typeof value === "string") return quoted(value);
    if (!(value instanceof Date)) return String(value);
    if (Number.isNaN(value.getTime())) return "";
    return wholeDays
      ? value.toISOString().slice(0, 10)
      : value.toISOString().replace("T", " ").slice(0, 19);
  };
}

function quoted(text: string): string {
  return /[",;|\t\r\n']|^\s|\s$|^#/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
