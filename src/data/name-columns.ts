/**
 * Unique names for `width` columns from the header's cells; null: there is no header. An empty name becomes
 * "column<position>", a repeated one gets "_2", "_3" ... What was changed is said in `notes`.
 */
export function nameColumns(
  header: readonly string[] | null,
  width: number,
): { readonly names: string[]; readonly notes: string[] } {
  if (header === null) {
    return {
      names: Array.from({ length: width }, (_, c) => `column${c + 1}`),
      notes: [
        `The first row holds values like the rows below it, so there is no header: the columns are named column1 to column${width}.`,
      ],
    };
  }
  const notes: string[] = [];
  let given = [...header];
  // write.table of R leaves the name of the row labels out.
  if (given.length === width - 1) {
    given.unshift("");
    notes.push(
      "The header names one column less than the rows have: the first column holds row labels.",
    );
  }
  while (given.length > width && given[given.length - 1]!.trim() === "") given.pop();
  if (given.length !== header.length && given.length < header.length) {
    notes.push("Empty names at the end of the header were left out.");
  }
  given = Array.from({ length: Math.max(width, given.length) }, (_, c) => given[c] ?? "");
  return { names: makeUnique(given, notes), notes };
}

function makeUnique(given: readonly string[], notes: string[]): string[] {
  const taken = new Set(given);
  const used = new Set<string>();
  return given.map((name, c) => {
    let unique = name.trim() === "" ? `column${c + 1}` : name;
    const base = unique;
    for (let n = 2; used.has(unique) || (unique !== name && taken.has(unique)); n++) {
      unique = `${base}_${n}`;
    }
    used.add(unique);
    if (name.trim() === "") notes.push(`Column ${c + 1} has no name: it is called ${unique}.`);
    else if (unique !== name) notes.push(`A second column "${name}" is called "${unique}".`);
    return unique;
  });
}
