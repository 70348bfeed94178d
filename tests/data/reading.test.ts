import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Encoding } from "../../src/data/dialect.ts";
import { inspectFile, loadTable } from "../../src/data/open-file.ts";
import { encodeAs } from "./text/encode-as.ts";
import { temporaryFile } from "./temporary.ts";
import { frames } from "./text/zstd-frames.ts";

const body = Array.from({ length: 30 }, (_, i) => `n${i % 4},${i / 10},${i}`).join("\n");

async function look(content: string | Uint8Array, options = {}) {
  const path = temporaryFile(content, "data");
  const seen = await inspectFile(path, options);
  return {
    ...seen,
    names: seen.columns.map((column) => column.name),
    notice: seen.notes.join(" "),
  };
}

describe("encodings", () => {
  it.each<[Encoding, string, string]>([
    ["euc-kr", "도시,가격\n", "서울"],
    ["shift_jis", "都市,価格\n", "表示ソ"],
    ["gb18030", "城市,价格\n", "北京"],
    ["windows-1251", "Город,Цена\n", "Москва"],
    ["windows-1252", "Città,Größe €\n", "Ñuñoa"],
  ])("%s is told by its characters, in names and cells", async (encoding, header, city) => {
    const rows = Array.from({ length: 25 }, (_, i) => `${i % 2 === 0 ? city : "x"},${i}\n`);
    const bytes = encodeAs(header + rows.join(""), encoding);
    const { names, dialect, rows: count, notice } = await look(bytes);
    expect([dialect?.encoding, count]).toEqual([encoding, 25]);
    expect(names.join()).toBe(header.trim());
    expect(notice).toContain("not valid UTF-8");
    const { table } = await loadTable(temporaryFile(bytes), {
      columns: [{ name: names[0]!, type: "category" }],
    });
    expect(table.columns[0]).toMatchObject({ levels: [city, "x"].sort() });
  });

  it("Korean met only behind the first 256 kB", async () => {
    const start = Buffer.from(`city,price\n${"plain,1\n".repeat(40_000)}`);
    const bytes = Buffer.concat([start, encodeAs("서울,2\n부산,3\n", "euc-kr")]);
    const { rows, formatLabel } = await look(bytes);
    expect([rows, formatLabel]).toEqual([40_002, "comma, CP949"]);
  });

  it("UTF-16 of both kinds, without a byte order mark, too", async () => {
    const text = `name,größe,y\n${body}\n`;
    const little = Buffer.from(text, "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const { names, rows, formatLabel } = await look(bytes);
      expect([names, rows, formatLabel]).toEqual([["name", "größe", "y"], 30, "comma, UTF-16"]);
    }
  });
});

describe("packed files", () => {
  it("zstd is unpacked, and told when it is cut off", async () => {
    const bytes = Buffer.from(frames["-19"]!, "base64");
    const { rows, formatLabel } = await look(bytes, { header: false });
    expect([rows, formatLabel]).toEqual([220, "comma, UTF-8, no header row, zstd"]);
    await expect(look(bytes.subarray(0, 500))).rejects.toMatchObject({
      code: "AUTOML_FILE_FORMAT",
    });
  });

  it("gzip of several parts, cut off, and of something else", async () => {
    const twice = Buffer.concat([gzipSync(`a,b,c\n${body}\n`), gzipSync(`${body}\n`)]);
    expect((await look(twice)).rows).toBe(60);
    for (const bytes of [twice.subarray(0, -9), gzipSync("<html><body>404</body></html>")]) {
      await expect(look(bytes)).rejects.toMatchObject({ code: "AUTOML_FILE_FORMAT" });
    }
  });
});

describe("header", () => {
  it("is told by the first line, with the reason", async () => {
    const without = await look(body);
    expect(without).toMatchObject({ rows: 30, dialect: { header: false } });
    expect(without.notice).toContain("its 3 values are like those of the 29 rows below it");
    const named = await look(`name,size,price\n${body}`);
    expect(named.dialect?.headerWhy).toMatch(/^"\w+" is unlike the values below it$/);
  });

  it("decides by the numbers when no text turns up again", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `Model ${i}a,${i * 3},${20 + i}`).join("\n");
    expect((await look(rows)).dialect?.header).toBe(false);
    expect((await look(`country,2010,2011\n${rows.replaceAll("Model ", "M")}`)).rows).toBe(30);
  });

  it("is what the user says it is", async () => {
    expect(await look(body, { header: true })).toMatchObject({
      rows: 29,
      names: ["n0", "0", "0_2"],
    });
    const { names, rows, notice } = await look(`a,b,c\n${body}`, { header: false });
    expect([names, rows]).toEqual([["column1", "column2", "column3"], 31]);
    expect(notice).toContain("as it was said");
  });

  it("is not there for those who ask for names that we made up", async () => {
    const path = temporaryFile(`x,y\n${"p,q\n".repeat(25)}`);
    const columns = ["column1", "column2"].map((name) => ({ name, type: "category" as const }));
    expect((await loadTable(path, { columns })).table.rows).toBe(26);
  });
});

describe("what surrounds a table", () => {
  it("titles above it are left out, with empty cells or without", async () => {
    for (const title of ["Monthly report,,\nby me,,\n,,\n", "Monthly report\n\nSource: x, y\n"]) {
      const { names, rows, notice } = await look(`${title}name,size,price\n${body}\n`);
      expect([names, rows]).toEqual([["name", "size", "price"], 30]);
      expect(notice).toContain('3 lines above the table were left out, beginning with "Monthly');
    }
    const { names, notice } = await look(`,\nname,size,price\n${body}\n`);
    expect(names).toEqual(["name", "size", "price"]);
    expect(notice).toContain("1 line above the table was left out.");
  });

  it("columns and rows without name and value are left out, columns with either are kept", async () => {
    const rows = body.replaceAll("\n", ",,\n");
    const { names, rows: count, notice } = await look(`name,size,price,,empty\n${rows},,\n,,,,\n`);
    expect([names, count]).toEqual([["name", "size", "price", "empty"], 30]);
    expect(notice).toContain("Column 4 has neither a name nor a value");
    expect(notice).toContain("1 row without any value was left out (line 32)");
  });

  it("a separator at the ends of the rows is no column", async () => {
    const { names } = await look(`name,size,price\n${body.replaceAll("\n", ",\n")},\n`);
    expect(names).toEqual(["name", "size", "price"]);
  });

  it("cells aligned with spaces", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `  ${i}.5   ${i * 2}\t"a b"  `).join("\n");
    const { names, rows: count, formatLabel } = await look(` x   y    name\n${rows}\n`);
    expect([names, count, formatLabel]).toEqual([["x", "y", "name"], 20, "spaces, UTF-8"]);
  });

  it("newlines in names and cells, in files with other newlines", async () => {
    const text = `"first\nname",b\r\n"x\ny",1\r\n${"z,2\r\n".repeat(20)}`;
    const { names, rows } = await look(text);
    expect([names, rows]).toEqual([["first\nname", "b"], 21]);
  });
});

describe("what is no table", () => {
  it.each([
    ["AUTOML_FILE_FORMAT", "# Data\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", /Markdown/],
    ["AUTOML_FILE_EMPTY", ",,,\n,,,\n,,,\n", /no data rows/],
    ["AUTOML_TABLE_TOO_LARGE", `${",".repeat(30_000)}\n`.repeat(3), /20000/],
    ["AUTOML_FILE_BROKEN_ROWS", `a,b\n${'1,"2\n'.repeat(9)}`, /line 2 .*"1,\\"2"/],
  ])("%s", async (code, text, message) => {
    await expect(look(text)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("NDJSON", () => {
  it("lines that are no records are counted, and refused when there are many", async () => {
    const lines = Array.from({ length: 60 }, (_, i) => JSON.stringify({ x: i, y: `t${i}` }));
    const cut = [...lines, '{"x": 1, "y'].join("\n");
    const { rows, brokenRows } = await look(cut);
    expect([rows, brokenRows.count, brokenRows.examples[0]?.line]).toEqual([60, 1, 61]);
    const many = [...lines, ...lines.map((line) => line.slice(0, 9)).slice(0, 9)].join("\n");
    await expect(look(many)).rejects.toMatchObject({ code: "AUTOML_FILE_BROKEN_ROWS" });
  });
});
