import { describe, expect, it } from "vitest";
import { loadTable } from "../../src/data/open-file.ts";
import { readTableCache, writeTableCache } from "../../src/data/table-cache.ts";
import { temporaryFile } from "./temporary.ts";

const columns = [
  { name: "a", type: "numeric" },
  { name: "y", type: "numeric" },
] as const;

async function copiesIn(lines: readonly string[], copies = true) {
  const path = temporaryFile(`a,b,y\n${lines.join("\n")}\n`, "copies.csv");
  return (await loadTable(path, { columns, target: "y", copies })).table;
}

describe("copies of a row", () => {
  it("are rows with the same cells in all columns of the file, read or not", async () => {
    const lines = ["1,u,5", "1,v,5", "1,u,5", "2,,6", "1,u,5", "2,,6", "3,w,7"];
    const table = await copiesIn(lines);
    expect([...table.copyOf!]).toEqual([0, 1, 0, 3, 0, 3, 6]);
    expect((await copiesIn(lines, false)).copyOf).toBeUndefined();
    expect(await copiesIn(lines.slice(0, 2))).not.toHaveProperty("copyOf");
  });

  it("may differ in a column that numbers the rows, and in no other", async () => {
    const numbered = ["7,u,5", "8,v,5", "10,u,5", "11,u,6", "12,v,5"];
    expect([...(await copiesIn(numbered)).copyOf!]).toEqual([0, 1, 0, 3, 1]);
    // Neither rises, or leaves out more than it holds.
    const others = ["7,u,5", "9,v,5", "8,u,5", "11,u,6", "12,v,5"];
    expect(await copiesIn(others)).not.toHaveProperty("copyOf");
    const wide = ["1,u,5", "8,v,5", "10,u,5", "110,u,6", "112,v,5"];
    expect(await copiesIn(wide)).not.toHaveProperty("copyOf");
  });

  it("are counted in rows of the table, which lacks those without a target", async () => {
    const table = await copiesIn(["1,u,", "1,v,5", "1,u,", "2,x,6", "1,v,5"]);
    expect([...table.rowNumbers]).toEqual([2, 4, 5]);
    expect([...table.copyOf!]).toEqual([0, 1, 0]);
  });

  it("are found among many rows, and kept with a table", async () => {
    const lines = Array.from({ length: 6000 }, (_, i) => `${(i * 7) % 4000},x,${(i % 4000) / 8}`);
    const table = await copiesIn(lines);
    expect([...table.copyOf!]).toEqual(lines.map((_, i) => i % 4000));
    const path = temporaryFile("", "copies.table");
    writeTableCache(path, table);
    expect(readTableCache(path)).toEqual(table);
  });
});
