/** A script in the pieces that a notebook's cells are made of. */
export interface CutScript {
  /** Import and record: everything between the title and the first heading. */
  readonly setup: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** "1. Columns: one line each. ..." */
  readonly heading: string;
  readonly code: string;
}

const headingMark = "// ## ";

/**
 * Cuts a script at its `// ## ` headings. Values from the data cannot start a line, so no column name makes a heading.
 */
export function cutScript(script: string): CutScript {
  const lines = script.split("\n");
  const title = lines.findIndex((line) => line === "");
  const starts = [...lines.keys()].filter((i) => lines[i]?.startsWith(headingMark) === true);
  const sections = starts.map((start, i) => ({
    heading: (lines[start] ?? "").slice(headingMark.length),
    code: lines
      .slice(start + 1, starts[i + 1] ?? lines.length)
      .join("\n")
      .trim(),
  }));
  return { setup: lines.slice(title, starts[0]).join("\n").trim(), sections };
}
