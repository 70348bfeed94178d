/** Cells that mean "no value" wherever they stand, in lower case and trimmed; the first of them is empty. */
const everywhere: readonly string[] = (
  "|na|n/a|#n/a|#na|<na>|null|<null>|(null)|[null]|nan|-nan|?|\\n|#value!|#ref!|#div/0!|#num!|#null!|#name?|#n/a n/a|" +
  "1.#qnan|-1.#qnan|1.#ind|-1.#ind"
).split("|");

const aroundTheWorld =
  "unbekannt|k.a.|k. a.|inconnu|desconocido|desconhecido|\ubbf8\uc0c1|\uc54c\uc218\uc5c6\uc74c|\u4e0d\u660e";

/** Cells that mean "no value" among numbers, dates and yes/no, but may be a level of a category ("none", "-"). */
const amongValues: readonly string[] = everywhere.concat(
  "none|nil|-|--|---|\u2013|\u2014|.|..|...|*|??|???|nat|missing|(missing)|unknown|undefined|blank|(blank)".split(
    "|",
  ),
  "empty|(empty)|n.a.|n.a|n. a.|nd|n.d.|n/d|s/d|tbd|tba|no data|not available|not applicable|not known".split(
    "|",
  ),
  "unspecified|0000-00-00|0000-00-00 00:00:00|00/00/0000".split("|"),
  aroundTheWorld.split("|"),
);

/** What stands for a missing value in a column of each kind; single columns may keep some as levels (`notMissing`). */
export const missingMarkers = { text: everywhere, value: amongValues } as const;

const valueMarkers: ReadonlySet<string> = new Set(amongValues);

/** Whether a cell would be missing in a column of numbers, dates or booleans. */
export function meansMissing(cell: string): boolean {
  return valueMarkers.has(cell.trim().toLowerCase());
}
