import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { expandPattern } from "../../src/data/expand-pattern.ts";
import { inspectFile, loadTable } from "../../src/data/open-file.ts";
import { temporaryPath } from "./temporary.ts";

let folders = 0;

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = join(dirname(temporaryPath("x")), `several-${++folders}`);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

const names = (paths: readonly string[], base: string) =>
  paths.map((path) => path.slice(base.length + 1).replaceAll("\\", "/"));

describe("expandPattern", () => {
  it("finds files in the order of their names, in folders, too", () => {
    const base = folder({
      "b-2.csv": "",
      "b-10.csv": "",
      "c.csv": "",
      ".b-3.csv": "",
      "y/1/b.csv": "",
    });
    expect(names(expandPattern(join(base, "b-*.csv")), base)).toEqual(["b-10.csv", "b-2.csv"]);
    expect(names(expandPattern(join(base, "[bc]*.csv")), base)).toHaveLength(3);
    expect(names(expandPattern(join(base, "[!b].csv")), base)).toEqual(["c.csv"]);
    expect(names(expandPattern(join(base, "*", "?", "b.csv")), base)).toEqual(["y/1/b.csv"]);
    expect(() => expandPattern(join(base, "none-*.csv"))).toThrow(/No file matches/);
  });

  it("takes a file of that very name before any pattern", () => {
    const base = folder({ "a[1].csv": "", "a1.csv": "" });
    expect(names(expandPattern(join(base, "a[1].csv")), base)).toEqual(["a[1].csv"]);
  });
});

describe("several files", () => {
  const columns = [
    { name: "name", type: "category" as const },
    { name: "size", type: "numeric" as const },
  ];

  it("are one table, though written differently and with columns in another order", async () => {
    const base = folder({
      "d-1.csv": "name,size\na,1\nb,2\n",
      "d-2.csv.gz": gzipSync("size;name\n3;c\n\n4;d\n"),
      "d-3.json": '[{"size":5,"name":"e"}]',
    });
    const seen = await inspectFile(join(base, "d-*"));
    expect(seen).toMatchObject({ rows: 5, fileRows: 5 });
    expect(seen.files).toHaveLength(3);
    expect(seen.formatLabel).toBe("3 files, comma, UTF-8; semicolon, UTF-8, gzip; JSON");
    expect(seen.notes[0]).toContain("in the order of their names: d-1.csv, d-2.csv.gz, d-3.json.");
    const { table } = await loadTable(join(base, "d-*"), { columns });
    expect(table.columns).toMatchObject([
      { name: "name", codes: Int32Array.of(0, 1, 2, 3, 4) },
      { name: "size", values: Float64Array.of(1, 2, 3, 4, 5) },
    ]);
    expect(Array.from(table.rowNumbers)).toEqual([1, 2, 3, 4, 5]);
    expect(table.sha256).toBe(seen.sha256);
  });

  it("must have the same columns", async () => {
    const base = folder({ "1.csv": "name,size\na,1\nb,2\n", "2.csv": "name,weight\na,1\nb,2\n" });
    await expect(inspectFile(join(base, "*.csv"))).rejects.toMatchObject({
      code: "AUTOML_FILE_FORMAT",
      message: '2.csv has other columns than 1.csv: it lacks "size", and it has "weight".',
    });
  });

  it("are named where a cell or a row is wrong", async () => {
    const rows = "a,1\n".repeat(40);
    const base = folder({ "1.csv": `name,size\n${rows}`, "2.csv": `name,size\n${rows}x\nq,w\n` });
    const { brokenRows } = await inspectFile(join(base, "*.csv"));
    expect(brokenRows.examples).toMatchObject([{ file: "2.csv", line: 42, text: "x" }]);
    await expect(
      loadTable(join(base, "*.csv"), { columns: [{ name: "name", type: "numeric" }] }),
    ).rejects.toMatchObject({ message: expect.stringContaining("(line 2 of 1.csv)") as string });
  });

  it("without headers: the first decides", async () => {
    const base = folder({ "1.csv": "x,1\ny,2\nx,3\n", "2.csv": "p,1\nq,2\n" });
    expect((await inspectFile(join(base, "*.csv"))).rows).toBe(5);
  });
});
