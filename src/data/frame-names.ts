/** Columns with these names break a danfojs DataFrame, some by endless recursion. */
const reserved: ReadonlySet<string> = new Set(["column", "columns", "shape", "getColumnData"]);

/** What columns are called in a danfojs DataFrame: a name that it uses for itself gets a "_" at its end. */
export function frameNames(columns: readonly string[]): string[] {
  const names = new Set<string>();
  for (const name of columns) {
    let safe = reserved.has(name) || name.startsWith("$") ? `${name}_` : name;
    while (names.has(safe) || (safe !== name && columns.includes(safe))) safe += "_";
    names.add(safe);
  }
  return [...names];
}
