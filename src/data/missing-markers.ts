/** Cells that mean "no value" wherever they stand, in lower case and trimmed. */
const everywhere: readonly string[] = ["", "na", "n/a", "#n/a", "<na>", "null", "nan", "?"];

/** Cells that mean "no value" among numbers, dates and yes/no, but may be a level of a category ("none", "-"). */
const amongValues: readonly string[] = [...everywhere, "none", "-", "--", "nat"];

/** What stands for a missing value in a column of each kind. A seam: one list per column, found in the data, may follow. */
export const missingMarkers = { text: everywhere, value: amongValues } as const;

const valueMarkers: ReadonlySet<string> = new Set(amongValues);

/** Whether a cell would be missing in a column of numbers, dates or booleans. */
export function meansMissing(cell: string): boolean {
  return valueMarkers.has(cell.trim().toLowerCase());
}
