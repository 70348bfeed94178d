import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findColumn, isNumberColumn, type Table } from "../../src/core/table.ts";
import { parseNumber } from "../../src/data/number-format.ts";
import { inspectFile, loadTable, openFile } from "../../src/data/open-file.ts";
import { temporaryFile } from "./temporary.ts";

const csv = [
  "city,price,sold,garden,note",
  "Oslo,10,01/02/2024,yes,a b",
  '"Æ",NA,13/02/2024,no,',
  "zoo,30.5,,Y,None",
  "Zoo,-4,x,f,NA",
  "Oslo,1e3,29/02/2024,maybe,?",
  "",
].join("\n");

const path = temporaryFile(csv);

function numbers(table: Table, name: string): number[] {
  const column = findColumn(table, name)!;
  return isNumberColumn(column) ? [...column.values] : [];
}

/** All that a table holds but the file's hash, as one hash. */
function bytesOf(table: Table): string {
  const hash = createHash("sha256").update(table.rowNumbers);
  for (const column of table.columns) {
    hash.update(isNumberColumn(column) ? column.values : column.codes);
    hash.update(JSON.stringify(isNumberColumn(column) ? [] : column.levels));
  }
  return hash.digest("hex");
}

describe("loadTable", () => {
  it("reads declared types into shared memory, in file order of rows and columns", async () => {
    const { table, rowsWithoutTarget, fileRows, unreadable } = await loadTable(path, {
      columns: [
        { name: "note", type: "text" },
        { name: "garden", type: "boolean" },
        { name: "sold", type: "date", format: "%d/%m/%Y" },
        { name: "city", type: "category" },
      ],
      target: "price",
    });
    expect(table.columns.map((column) => column.name)).toEqual([
      "city",
      "price",
      "sold",
      "garden",
      "note",
    ]);
    expect(findColumn(table, "city")).toMatchObject({
      levels: ["Oslo", "Zoo", "zoo"],
      codes: Int32Array.of(0, 2, 1, 0),
    });
    expect(numbers(table, "price")).toEqual([10, 30.5, -4, 1000]);
    expect(numbers(table, "sold")).toEqual([Date.UTC(2024, 1, 1), NaN, NaN, Date.UTC(2024, 1, 29)]);
    expect(numbers(table, "garden")).toEqual([1, 1, 0, NaN]);
    expect(findColumn(table, "note")).toMatchObject({
      levels: ["None", "a b"],
      codes: Int32Array.of(1, 0, -1, -1),
    });
    expect([...table.rowNumbers]).toEqual([1, 3, 4, 5]);
    expect({ rowsWithoutTarget, fileRows }).toEqual({ rowsWithoutTarget: 1, fileRows: 5 });
    expect(unreadable).toEqual([
      { column: "sold", cells: 1 },
      { column: "garden", cells: 1 },
    ]);
    for (const column of table.columns) {
      const { buffer } = isNumberColumn(column) ? column.values : column.codes;
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it("keeps all rows without a target", async () => {
    const { table, rowsWithoutTarget } = await loadTable(path, {
      columns: [{ name: "price", type: "numeric" }],
    });
    expect(numbers(table, "price")).toEqual([10, NaN, 30.5, -4, 1000]);
    expect(rowsWithoutTarget).toBe(0);
  });

  it("sorts levels by code unit, not by code point", async () => {
    const { table } = await loadTable(temporaryFile("a,b\n\u{1F600},1\n\uFFFD,2\na,3\nA,4\n"), {
      columns: [{ name: "a", type: "category" }],
    });
    expect(table.columns[0]).toMatchObject({
      levels: ["A", "a", "\u{1F600}", "\uFFFD"],
      codes: Int32Array.of(2, 3, 1, 0),
    });
  });

  it("reads a column without any value", async () => {
    const { table } = await loadTable(temporaryFile("a,b\n,1\nNA,2\n"), {
      columns: [{ name: "a", type: "category" }],
      target: "b",
    });
    expect(table.columns[0]).toMatchObject({ levels: [], codes: Int32Array.of(-1, -1) });
  });

  // Larger than two row groups of DuckDB (122,880 rows), whose results come in any order.
  it("keeps the order of the file for every number of threads, in CSV and NDJSON", async () => {
    const count = 300_000;
    const cells = (i: number) => [(i * 7919) % 1000, `c${(i * 31) % 97}`, i % 1000 === 3 ? "" : i];
    const csvFile = temporaryFile(
      `x,c,y\n${Array.from({ length: count }, (_, i) => cells(i).join(",")).join("\n")}\n`,
    );
    const json = Array.from({ length: count }, (_, i) => {
      const [x, c, y] = cells(i);
      return JSON.stringify({ x, c, y });
    });
    const load = (file: string, threads: number) =>
      loadTable(file, {
        columns: [
          { name: "x", type: "numeric" },
          { name: "c", type: "category" },
        ],
        target: "y",
        threads,
      });
    const one = await load(csvFile, 1);
    const kept = Array.from({ length: count }, (_, i) => i).filter((i) => i % 1000 !== 3);
    const y = numbers(one.table, "y");
    expect(kept.every((value, row) => y[row] === value) && y.length === kept.length).toBe(true);
    expect(one.table.rowNumbers.slice(0, 4).join()).toBe("1,2,3,5");
    expect(bytesOf((await load(csvFile, 4)).table)).toBe(bytesOf(one.table));
    const lines = await load(temporaryFile(json.join("\n")), 4);
    expect(bytesOf(lines.table)).toBe(bytesOf(one.table));
  });

  it("refuses a column of the wrong type unless told to be lenient", async () => {
    const columns = [{ name: "city", type: "numeric" }] as const;
    await expect(loadTable(path, { columns })).rejects.toMatchObject({
      code: "AUTOML_COLUMN_TYPE",
      message: expect.stringContaining('"Oslo" (line 2)') as string,
    });
    const { table, unreadable } = await loadTable(path, { columns, lenient: true });
    expect(numbers(table, "city")).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(unreadable).toEqual([{ column: "city", cells: 5 }]);
  });

  it("names the column it does not find, and the nearest one", async () => {
    await expect(loadTable(path, { columns: [], target: "pirce" })).rejects.toMatchObject({
      code: "AUTOML_TARGET_UNKNOWN",
      message: expect.stringContaining('"pirce"') as string,
      hint: 'Did you mean "price"?  Columns: city, price, sold, garden, note',
    });
    await expect(
      loadTable(path, { columns: [{ name: "__proto__", type: "numeric" }] }),
    ).rejects.toMatchObject({ code: "AUTOML_COLUMN_UNKNOWN", hint: /^Columns: city/ });
  });

  it("quotes offending target cells with their lines, embedded newlines counted", async () => {
    const messy = temporaryFile('"a\nb",y\n"x\ny",1\nz,"R$9,121"\n"p\n\nq",2\nr,R$3\ns,4\n');
    await expect(loadTable(messy, { columns: [], target: "y" })).rejects.toMatchObject({
      code: "AUTOML_TARGET_NOT_NUMERIC",
      message: expect.stringContaining(
        '2 of 5 cells are not: "R$9,121" (line 5), "R$3" (line 9)',
      ) as string,
    });
  });

  it("says which date format cannot be read", async () => {
    const columns = [{ name: "sold", type: "date", format: "%K" }] as const;
    await expect(loadTable(path, { columns })).rejects.toMatchObject({
      code: "AUTOML_OPTION_INVALID",
    });
  });

  it("reads hostile names like any other", async () => {
    const names = [
      "__proto__",
      "`${1}`",
      '"; DROP TABLE raw; --',
      "a\nb",
      "7",
      "</script>",
      "\u202Eabc",
      "x".repeat(10_000),
    ];
    const line = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(",");
    const hostile = temporaryFile(`${line}\n${"1,2,3,4,5,6,7,8\n".repeat(3)}`);
    const { columns } = await inspectFile(hostile);
    expect(columns.map((column) => column.name)).toEqual(names);
    const { table } = await loadTable(hostile, {
      columns: names.map((name) => ({ name, type: "numeric" })),
    });
    expect(table.columns.map((column) => numbers(table, column.name)[2])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  it("inspects and loads from one opened file", async () => {
    const source = await openFile(path);
    try {
      const { columns } = await source.inspect();
      const first = await source.load({ columns, target: "price" });
      const again = await source.load({ columns: columns.slice(0, 1), target: "price" });
      expect(again.table.columns[0]).toEqual(first.table.columns[0]);
    } finally {
      source.close();
    }
  });
});

describe("numbers with a unit or other signs", () => {
  it("are read by the file reader as by the row reader", async () => {
    const written: [string, string[]][] = [
      ["R$1,234.5", ["R$1,200", "R$ 35.5", "-R$12", "1,234,567", "R$", "free", "R$1,23", "--R$1"]],
      ["1.234,5 €", ["1.234,50 €", "0,5", "-3,25€", "€", "1.23", "12 €€", "1\u00a0", "−7,5 €"]],
      ["1234.5*", ["74 bhp", "74", "bhp", "1e3 bhp", "74 kW 2", "-.5 x", ".5", "0074 bhp"]],
      ["$1,234.5{M|k}", ["$1.2M", "300k", "(4.5M)", "-2 k", "950", "M", "$", "1M 200k"]],
      [
        "1,234.5{억|만}원",
        ["1억 2,000만원", "950만원", "12억", "-3만", "7,500", "만원", "2만 1억", "1.5억원"],
      ],
      ["1,234.5", ["(1,200)", "1,200-", "-(5)", "(5)-", "(x) 7", "( 12.5 )", "--3", "4"]],
      ["12:34:56", ["1:02:03", "0:00:07.5", "1:60:00", "100:00:00", "12:34", " 2:03:04 ", "", "x"]],
      [
        "12:34 PM",
        ["1:05 pm", "12:00 AM", "12:30PM", "13:00 PM", "11:59 p.m.", "3:04", "1:5 am", "0:10 am"],
      ],
    ];
    const cells = written.map(([, column]) => column);
    const lines = cells[0]!.map((_, row) => cells.map((column) => `"${column[row]!}"`).join(","));
    const path = temporaryFile(`a,b,c,d,e,f,g,h\n${lines.join("\n")}\n`);
    const columns = written.map(([format], i) => ({
      name: "abcdefgh"[i]!,
      type: "numeric" as const,
      format,
    }));
    const { table } = await loadTable(path, { columns, lenient: true });
    written.forEach(([format, column], i) => {
      const values = "values" in table.columns[i]! ? [...table.columns[i].values] : [];
      expect(values).toEqual(column.map((cell) => parseNumber(cell, format)));
    });
  });
});
