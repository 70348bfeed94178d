/** The numbers of one column of a comma-separated text with quoted cells, as the benchmark's files are. */
export function parseCsvColumn(text: string, name: string): number[] {
  const [header = [], ...rows] = parseCsv(text);
  const column = header.indexOf(name);
  if (column < 0) throw new Error(`there is no column ${name}`);
  return rows.map((row) => Number(row[column]));
}

/** The cells of such a text, row by row, the header first. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") {
      row.push(cell);
      cell = "";
    } else if (character === "\n") {
      row.push(cell.replace(/\r$/, ""));
      rows.push(row);
      row = [];
      cell = "";
    } else cell += character;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}
