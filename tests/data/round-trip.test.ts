import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { Random } from "../../src/core/random.ts";
import { isNumberColumn } from "../../src/core/table.ts";
import { columnsToCsv } from "../../src/data/columns-csv.ts";
import { loadTable } from "../../src/data/open-file.ts";
import { openColumns } from "../../src/data/open-columns.ts";
import { temporaryFile } from "./temporary.ts";

const pieces = [
  "a",
  "B",
  "é",
  "漢",
  "\u{1F600}",
  " ",
  ",",
  ";",
  "\t",
  "|",
  '"',
  "'",
  "\n",
  "\\",
  "0",
  "-",
  "#",
  "x".repeat(40),
];

function randomText(random: Random): string {
  const text = Array.from(
    { length: 1 + random.integer(6) },
    () => pieces[random.integer(pieces.length)]!,
  );
  return `t${text.join("")}`;
}

function randomNumber(random: Random): number {
  const scale = [1, 1e-9, 1e12, 1e-300, 1e300][random.integer(5)]!;
  return random.integer(4) === 0 ? random.integer(100) - 50 : random.normal() * scale;
}

/** Writes a table in a random dialect; quotes wherever that dialect needs them. */
function write(cells: readonly (readonly string[])[], random: Random): string | Uint8Array {
  const separator = [",", ";", "\t", "|"][random.integer(4)]!;
  const newline = ["\n", "\r\n"][random.integer(2)]!;
  const always = random.integer(3) === 0;
  const quote = (cell: string) =>
    always || /[",;|\t\n'\\#]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const text = cells.map((row) => row.map(quote).join(separator)).join(newline);
  const ended = random.integer(2) === 0 ? text : text + newline;
  const marked = random.integer(4) === 0 ? `\ufeff${ended}` : ended;
  return random.integer(4) === 0 ? gzipSync(marked) : marked;
}

/** Blanks around a text mean nothing, and blanks alone are no text. */
function withoutBlanks(text: string | null): string | null {
  const trimmed = text?.replace(/^ +| +$/g, "") ?? "";
  return trimmed === "" ? null : trimmed;
}

it("whatever is written in any dialect is read back exactly", async () => {
  const random = new Random("round trip");
  for (let round = 0; round < 40; round++) {
    const rows = 4 + random.integer(40);
    const numbers = Array.from({ length: rows }, () =>
      random.integer(8) === 0 ? NaN : randomNumber(random),
    );
    const texts = Array.from({ length: rows }, () =>
      random.integer(8) === 0 ? null : randomText(random),
    );
    const cells = [
      ["n um", "te,xt", "k"],
      ...numbers.map((value, row) => [
        Number.isNaN(value) ? "" : String(value),
        texts[row] ?? "",
        `${row}`,
      ]),
    ];
    const { table } = await loadTable(temporaryFile(write(cells, random)), {
      columns: [
        { name: "n um", type: "numeric" },
        { name: "te,xt", type: "text" },
      ],
      target: "k",
    });
    const [n, t, k] = table.columns;
    expect(isNumberColumn(n!) && [...n.values], `round ${round}`).toEqual(numbers);
    expect(
      !isNumberColumn(t!) && Array.from(t!.codes, (code) => t!.levels[code] ?? null),
      `round ${round}`,
    ).toEqual(texts.map(withoutBlanks));
    expect(isNumberColumn(k!) && k.values.length).toBe(rows);
  }
});

it("columns in memory give the table and the hash of the CSV that is kept of them", async () => {
  const columns = [
    { name: "4046", values: [1, 2.5, null, NaN] },
    { name: "ok", values: [true, false, undefined, true] },
    { name: "day", values: [new Date(0), new Date(86_400_000), null, new Date(NaN)] },
    { name: "moment", values: [new Date(61_000), null, new Date(5000), new Date(0)] },
    { name: "name", values: ["x, y", "", "two\nlines", ' "q" '] },
  ];
  const path = temporaryFile(columnsToCsv(columns));
  const source = await openColumns(columns);
  const { columns: schema, sha256 } = await source.inspect();
  const { table } = await source.load({ columns: schema });
  source.close();
  expect(schema.map((column) => column.type)).toEqual([
    "numeric",
    "boolean",
    "date",
    "date",
    "category",
  ]);
  const fromFile = await loadTable(path, { columns: schema });
  expect(fromFile.table).toEqual(table);
  expect(fromFile.table.sha256).toBe(sha256);
  const day = table.columns[2]!;
  expect(isNumberColumn(day) && [...day.values]).toEqual([0, 86_400_000, NaN, NaN]);
  const name = table.columns[4]!;
  expect(!isNumberColumn(name) && name.levels).toEqual(['"q"', "two\nlines", "x, y"]);
});
