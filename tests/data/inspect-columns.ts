import type { ColumnSchema } from "../../src/core/schema.ts";
import { declareTypes, splitTypes } from "../../src/data/declared-types.ts";
import { openFile } from "../../src/data/open-file.ts";
import { temporaryFile } from "./temporary.ts";

const rows = 60;
export const two = (value: number) => String(value).padStart(2, "0");

type Cells = Readonly<Record<string, (row: number) => string>>;

/** A CSV of several columns, each given as its cells by row. */
export function csvOf(columns: Cells, count: number): string {
  const names = Object.keys(columns);
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = [names.map(quoted).join(",")];
  for (let row = 0; row < count; row++) {
    lines.push(names.map((name) => quoted(columns[name]!(row))).join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** One CSV of several columns, each given as its cells by row, with the types that are said. */
export async function inspect(
  columns: Cells,
  types?: string,
  count = rows,
): Promise<Map<string, ColumnSchema>> {
  const source = await openFile(temporaryFile(csvOf(columns, count)));
  try {
    const declared =
      types === undefined ? {} : { types: declareTypes(Object.fromEntries(splitTypes(types))) };
    const inspection = await source.inspect(declared);
    return new Map(inspection.columns.map((column) => [column.name, column]));
  } finally {
    source.close();
  }
}

export function summary(found: ReadonlyMap<string, ColumnSchema>): Record<string, string> {
  return Object.fromEntries(
    [...found].map(([name, { type, role, format }]) => [
      name,
      [type, ...(role === "feature" ? [] : [role]), ...(format === undefined ? [] : [format])].join(
        " ",
      ),
    ]),
  );
}
