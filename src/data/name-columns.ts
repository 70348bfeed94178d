export interface NamedColumns {
  readonly names: string[];
  /** 0-based positions of columns without a name of their own. */
  readonly unnamed: number[];
  /** What was changed or made up, one sentence each. */
  readonly notes: string[];
}

export interface NamingOptions {
  /** Why there is no header, when that was found out; null: it was said. */
  readonly headerWhy?: string | null;
  /** Whether the last cell of every row is empty: a separator at the end of the rows, no column more. */
  readonly lastIsEmpty?: boolean;
}

/** Repeated and empty names that are told one by one; of more only the number is. */
const mostTold = 5;

/**
 * Unique names for `width` columns from the header's cells; null: there is no header. An empty name becomes
 * "column<position>", a repeated one gets "_2", "_3" ..., spaces around names are left out. `notes` says what was
 * changed.
 */
export function nameColumns(
  header: readonly string[] | null,
  width: number,
  { headerWhy = null, lastIsEmpty = false }: NamingOptions = {},
): NamedColumns {
  if (header === null) {
    const made = width === 1 ? "column1" : `column1 to column${width}`;
    return {
      names: Array.from({ length: width }, (_, c) => `column${c + 1}`),
      unnamed: Array.from({ length: width }, (_, c) => c),
      notes: [
        headerWhy === null
          ? `The first line is read as a row, as it was said; the columns are named ${made}.`
          : `The first line is read as a row, so there is no header: ${headerWhy}. The columns are named ${made}; --header says that it names them.`,
      ],
    };
  }
  const notes: string[] = [];
  let given = header.map((name) => name.trim());
  const padded = given.filter((name, c) => name !== "" && name !== header[c]).length;
  if (padded > 0) {
    notes.push(
      `Spaces around ${padded === 1 ? "a column name" : `${padded} column names`} were left out.`,
    );
  }
  if (given.length === width - 1 && !lastIsEmpty) {
    // write.table of R leaves the name of the row labels out.
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
  return makeUnique(given, notes);
}

function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

function makeUnique(given: readonly string[], notes: string[]): NamedColumns {
  const taken = new Set(given);
  const used = new Set<string>();
  const changes: string[] = [];
  const names = given.map((name, c) => {
    let unique = name.trim() === "" ? `column${c + 1}` : name;
    const base = unique;
    for (let n = 2; used.has(unique) || (unique !== name && taken.has(unique)); n++) {
      unique = `${base}_${n}`;
    }
    used.add(unique);
    if (name.trim() === "") changes.push(`Column ${c + 1} has no name: it is called ${unique}.`);
    else if (unique !== name)
      changes.push(`A second column "${shown(name)}" is called "${shown(unique)}".`);
    return unique;
  });
  const more = changes.length - mostTold;
  notes.push(...changes.slice(0, more > 1 ? mostTold : changes.length));
  if (more > 1)
    notes.push(`${more} more empty or repeated names were made unique in the same way.`);
  const unnamed = given.flatMap((name, c) => (name.trim() === "" ? [c] : []));
  return { names, unnamed, notes };
}
