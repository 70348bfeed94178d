import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ColumnRequest } from "../../src/data/cell-sql.ts";
import { DuckSession } from "../../src/data/duck-session.ts";
import { inspectFile, loadTable } from "../../src/data/open-file.ts";
import { isNumberColumn, type Table } from "../../src/core/table.ts";
import { temporaryFile, temporaryPath } from "./temporary.ts";

const wanted: ColumnRequest[] = [
  { name: "name", type: "category" },
  { name: "size", type: "numeric" },
];

/** name and size of each row, missing as null. */
async function read(path: string, columns = wanted): Promise<unknown[][]> {
  const { table } = await loadTable(path, { columns, lenient: true });
  return rowsOf(table);
}

function rowsOf(table: Table): unknown[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) => {
      if (!isNumberColumn(column)) return column.levels[column.codes[row]!] ?? null;
      return Number.isNaN(column.values[row]) ? null : column.values[row];
    }),
  );
}

const expected = [
  ["Zoë", 1.5],
  ['say "hi", you', null],
  ["two\nlines", -2],
];
const csv = 'name,size\nZoë,1.5\n"say ""hi"", you",\n"two\nlines",-2\n';

describe("formats", () => {
  it.each([
    ["LF", csv],
    ["no newline at the end", csv.slice(0, -1)],
    ["byte order mark", `\ufeff${csv}`],
    ["blank lines above", `\n\n${csv}`],
    ["comments above", `# made by hand\n${csv}`],
    ["semicolons", 'name;size\nZoë;1.5\n"say ""hi"", you";\n"two\nlines";-2\n'],
    ["tabs", 'name\tsize\nZoë\t1.5\n"say ""hi"", you"\t\n"two\nlines"\t-2\n'],
    ["pipes", 'name|size\nZoë|1.5\n"say ""hi"", you"|\n"two\nlines"|-2\n'],
    ["every cell quoted", '"name","size"\n"Zoë","1.5"\n"say ""hi"", you",""\n"two\nlines","-2"\n'],
    ["backslash escapes", 'name,size\nZoë,1.5\n"say \\"hi\\", you",\n"two\nlines",-2\n'],
    ["UTF-16", Buffer.from(`\ufeff${csv}`, "utf16le")],
    ["gzip", gzipSync(csv)],
    ["gzip of UTF-16", gzipSync(Buffer.from(`\ufeff${csv}`, "utf16le"))],
    ["Windows-1252", Buffer.from(csv, "latin1")],
    ["JSON", JSON.stringify(expected.map(([name, size]) => ({ name, size })))],
    ["gzipped JSON", gzipSync(JSON.stringify(expected.map(([name, size]) => ({ name, size }))))],
    ["NDJSON", expected.map(([name, size]) => JSON.stringify({ name, size })).join("\n")],
    [
      "JSON with other keys first",
      `\ufeff[{"x":1},${JSON.stringify(expected.map(([name, size]) => ({ size, name }))).slice(1)}`,
    ],
  ])("%s", async (label, content) => {
    const rows = await read(temporaryFile(content, "data"));
    if (!label.includes("other keys")) expect(rows).toEqual(expected);
    else expect(rows).toEqual([[null, null], ...expected.map(([name, size]) => [size, name])]);
  });

  it("CRLF, CR and mixed newlines", async () => {
    const plain = "name,size\na,1\nb,2\nc,3\n";
    const rows = [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ];
    expect(await read(temporaryFile(plain.replaceAll("\n", "\r\n")))).toEqual(rows);
    expect(await read(temporaryFile(plain.replaceAll("\n", "\r")))).toEqual(rows);
    expect(await read(temporaryFile("name,size\na,1\r\nb,2\nc,3\r\n"))).toEqual(rows);
    expect(await read(temporaryFile("name,size\r\na,1\nb,2\r\nc,3\n"))).toEqual(rows);
  });

  it("Windows-1252 with its own signs, in names and cells", async () => {
    const bytes = [...Buffer.from("name,size X\n"), ...Buffer.from("It's Y,1\nb,2\n")];
    const path = temporaryFile(
      Uint8Array.from(bytes, (byte) => ({ 88: 0x80, 39: 0x92, 89: 0x99 })[byte] ?? byte),
    );
    const columns: ColumnRequest[] = [
      { name: "name", type: "category" },
      { name: "size €", type: "numeric" },
    ];
    expect(await read(path, columns)).toEqual([
      ["It’s ™", 1],
      ["b", 2],
    ]);
  });

  it("Windows-1252 met only behind the first 256 kB", async () => {
    const filler = "plain,1\n".repeat(40_000);
    const path = temporaryFile(
      Buffer.concat([Buffer.from(`name,size\n${filler}`), Buffer.from("Zoë,2\n", "latin1")]),
    );
    const { table } = await loadTable(path, { columns: wanted });
    expect(table.rows).toBe(40_001);
    expect((await inspectFile(path)).formatLabel).toBe("comma, Windows-1252");
    expect(rowsOf(table).at(-1)).toEqual(["Zoë", 2]);
  });

  it("single bytes that are broken in UTF-8", async () => {
    const start = Buffer.from(`name,size\nZoë,1\n${"plain,1\n".repeat(40_000)}`);
    const path = temporaryFile(Buffer.concat([start, Buffer.from("Zo\u00eb,2\n", "latin1")]));
    const { formatLabel, notes } = await inspectFile(path);
    expect([formatLabel, notes.length]).toEqual(["comma, UTF-8", 1]);
    const { table } = await loadTable(path, { columns: wanted });
    expect(table.columns[0]).toMatchObject({ levels: ["Zoë", "Zo\uFFFD", "plain"] });
  });

  it("Parquet, with dates, booleans and lists as text", async () => {
    const session = await DuckSession.open();
    const path = temporaryPath("data.parquet");
    await session.run(
      `COPY (SELECT * FROM (VALUES ('a', 0.1::DOUBLE, true, DATE '2024-02-29', TIMESTAMPTZ '2024-01-01 12:00:00+02', [1]),
        (NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL), ('b', 1e300, false, DATE '1999-12-31', TIMESTAMPTZ '2024-01-01 12:00:01+00', [2]))
        AS t(name, size, ok, day, moment, list)) TO '${path}'`,
    );
    session.close();
    const { formatLabel, columns } = await inspectFile(path);
    expect(formatLabel).toBe("Parquet");
    expect(columns.map((column) => column.type)).toEqual([
      "category",
      "numeric",
      "boolean",
      "date",
      "date",
      "category",
    ]);
    const { table } = await loadTable(path, { columns });
    expect(rowsOf(table).map((row) => row.slice(0, 5))).toEqual([
      ["a", 0.1, 1, Date.UTC(2024, 1, 29), Date.UTC(2024, 0, 1, 10)],
      [null, null, null, null, null],
      ["b", 1e300, 0, Date.UTC(1999, 11, 31), Date.UTC(2024, 0, 1, 12, 0, 1)],
    ]);
  });

  it("nested values, hostile keys and keys that differ in case only", async () => {
    const path = temporaryFile(
      '[{"a/b~":1,"A":{"x":1},"a":"q\'"},{"a":null,"A":[2],"__proto__":3}]',
      "x.json",
    );
    const { columns } = await inspectFile(path);
    expect(columns.map((column) => column.name)).toEqual(["a/b~", "A", "a", "__proto__"]);
    const { table } = await loadTable(path, {
      columns: columns.map(({ name }) => ({ name, type: "category" })),
    });
    expect(rowsOf(table)).toEqual([
      ["1", '{"x":1}', "q'", null],
      [null, "[2]", null, "3"],
    ]);
  });

  it("a path that DuckDB would take for a pattern, and folders that look like partitions", async () => {
    const folder = join(dirname(temporaryPath("x")), "year=2020", "it's [1]*");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "a*.csv"), "name,size\nright,1\nother,2\n");
    writeFileSync(join(folder, "ab.csv"), "name,size\nwrong,9\n");
    expect(await read(join(folder, "a*.csv"))).toEqual([
      ["right", 1],
      ["other", 2],
    ]);
    expect((await inspectFile(join(folder, "ab.csv"))).columns).toHaveLength(2);
  });

  it("gives the hash of the file's bytes and a label of what it saw", async () => {
    const bytes = gzipSync("1;2\n3;4\n5;6\n");
    const seen = await inspectFile(temporaryFile(bytes));
    expect(seen.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(seen.formatLabel).toBe("semicolon, UTF-8, no header row, gzip");
    expect(seen.rows).toBe(3);
  });
});

describe("broken rows", () => {
  const good = Array.from({ length: 100 }, (_, i) => `n${i},${i}`).join("\n");

  it("are left out, counted and named by line", async () => {
    const path = temporaryFile(`name,size\n${good}\nshort\nlong,1,2\n${good}\n`);
    const { rows, brokenRows } = await inspectFile(path);
    expect(rows).toBe(200);
    expect(brokenRows.count).toBe(2);
    expect(brokenRows.examples.map((example) => example.line)).toEqual([102, 103]);
  });

  it("do not shift what is read, whichever columns are asked for", async () => {
    const path = temporaryFile(`name,size,x\na,1,2\nb,2\n${"c,3,4\n".repeat(40)}`);
    const both = await loadTable(path, { columns: [...wanted, { name: "x", type: "numeric" }] });
    const one = await loadTable(path, { columns: [{ name: "name", type: "category" }] });
    expect(one.table.columns[0]).toEqual(both.table.columns[0]);
    expect(one.table.rowNumbers).toEqual(both.table.rowNumbers);
  });

  it("are refused above 5 %, the first ones quoted with their lines", async () => {
    const path = temporaryFile(`name,size\n${good}\n${"short\n".repeat(20)}`);
    await expect(inspectFile(path)).rejects.toMatchObject({
      code: "AUTOML_FILE_BROKEN_ROWS",
      message: expect.stringContaining('line 102 (1 cell instead of 2): "short"') as string,
    });
  });
});

describe("what is no table", () => {
  it.each([
    ["AUTOML_FILE_EMPTY", "", /empty/],
    ["AUTOML_FILE_EMPTY", " \n\n", /empty/],
    ["AUTOML_FILE_EMPTY", "a,b,c\n", /no data rows/],
    ["AUTOML_FILE_EMPTY", "[]", /no records/],
    ["AUTOML_FILE_FORMAT", "<!DOCTYPE html><html><body>404</body></html>", /web page/],
    ["AUTOML_FILE_FORMAT", "<?xml version='1.0'?><a/>", /XML/],
    [
      "AUTOML_FILE_FORMAT",
      "version https://git-lfs.github.com/spec/v1\noid sha256:37\nsize 6\n",
      /git-LFS/,
    ],
    ["AUTOML_FILE_FORMAT", Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251), /binary/],
    ["AUTOML_FILE_FORMAT", "PK\u0003\u0004rest", /Excel|zip/],
    ["AUTOML_FILE_FORMAT", "PAR1 but cut", /Parquet/],
    ["AUTOML_FILE_FORMAT", '{"a":1}\n{"a":\n', /not valid JSON/],
    ["AUTOML_FILE_FORMAT", '{"data":[{"a":1}],"more":[{"a":2}]}', /not a list of records/],
    ["AUTOML_FILE_FORMAT", "[{}, 1, 2]", /not a list of records/],
  ])("%s for %j", async (code, content, message) => {
    const error: unknown = await inspectFile(temporaryFile(content, "data")).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect((error as { hint: string }).hint).toBeTruthy();
  });

  it("a missing file and a folder", async () => {
    const path = temporaryPath("missing.csv");
    await expect(inspectFile(path)).rejects.toMatchObject({ code: "AUTOML_FILE_MISSING" });
    await expect(inspectFile(dirname(path))).rejects.toMatchObject({ code: "AUTOML_FILE_MISSING" });
  });
});
