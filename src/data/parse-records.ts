/** The marks a delimited text is cut at. */
export interface RecordMarks {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
}

/**
 * Cuts delimited text into records of cells, quotes taken off (RFC 4180; a quote counts only at the start of
 * a cell, spaces before it do not).
 * Any of LF, CRLF and CR ends a record, blank lines are no records, and a last record without a newline counts.
 * For the first look at a file and for small files of our own; tables are read by DuckDB. O(length).
 */
export function parseRecords(text: string, marks: RecordMarks, limit = Infinity): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    let first = at;
    while (text[first] === " ") first++;
    const cell =
      text[first] === marks.quote ? quotedCell(text, first, marks) : plainCell(text, at, marks);
    cells.push(cell.value);
    at = cell.end;
    if (text[at] === marks.separator) {
      at++;
      if (at < text.length) continue;
      cells.push("");
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    at++;
    if (cells.length > 1 || cells[0] !== "") records.push(cells);
    cells = [];
  }
  return records;
}

interface Cell {
  readonly value: string;
  /** Position of the separator, line end or end of text behind the cell. */
  readonly end: number;
}

function plainCell(text: string, start: number, marks: RecordMarks): Cell {
  let end = start;
  while (end < text.length && !endsCell(text[end]!, marks)) end++;
  return { value: text.slice(start, end), end };
}

function quotedCell(text: string, start: number, marks: RecordMarks): Cell {
  let value = "";
  let at = start + 1;
  for (;;) {
    if (at >= text.length) return { value, end: at };
    const character = text[at]!;
    if (character === marks.escape && text[at + 1] === marks.quote) {
      value += marks.quote;
      at += 2;
    } else if (character === marks.quote) {
      const rest = plainCell(text, at + 1, marks);
      return { value: value + rest.value, end: rest.end };
    } else {
      value += character;
      at++;
    }
  }
}

function endsCell(character: string, marks: RecordMarks): boolean {
  return character === marks.separator || character === "\n" || character === "\r";
}
