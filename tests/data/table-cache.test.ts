import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedFloat64, sharedInt32, type Table } from "../../src/core/table.ts";
import { readTableCache, writeTableCache } from "../../src/data/table-cache.ts";
import { temporaryPath } from "./temporary.ts";

const values = sharedFloat64(3);
values.set([1.5, NaN, -0]);
const codes = sharedInt32(3);
codes.set([1, -1, 0]);
const rowNumbers = sharedInt32(3);
rowNumbers.set([1, 3, 4]);
const table: Table = {
  rows: 3,
  columns: [
    { name: "__proto__", type: "numeric", values },
    { name: "c\n", type: "category", codes, levels: ["a", "\u{1F600} "] },
    { name: "t", type: "date", values: sharedFloat64(3) },
  ],
  rowNumbers,
  sha256: "abc",
};

describe("table cache", () => {
  it("gives back the same table, bit for bit, on shared memory", () => {
    const path = temporaryPath("deep/er/table.bin");
    writeTableCache(path, table);
    const back = readTableCache(path)!;
    expect(back).toEqual(table);
    const [first] = back.columns;
    expect(first?.type === "numeric" && Object.is(first.values[2], -0)).toBe(true);
    expect(back.rowNumbers.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("holds a table without rows or columns", () => {
    const path = temporaryPath("empty.bin");
    const empty: Table = { rows: 0, columns: [], rowNumbers: sharedInt32(0), sha256: "" };
    writeTableCache(path, empty);
    expect(readTableCache(path)).toEqual(empty);
  });

  it("is nothing when the file is missing, cut, longer or something else", () => {
    const path = temporaryPath("table.bin");
    expect(readTableCache(path)).toBeUndefined();
    writeTableCache(path, table);
    const bytes = readFileSync(path);
    for (const damaged of [
      bytes.subarray(0, 40),
      bytes.subarray(0, -8),
      Buffer.concat([bytes, bytes]),
      Buffer.from("a,b\n"),
      Buffer.alloc(0),
    ]) {
      writeFileSync(path, damaged);
      expect(readTableCache(path)).toBeUndefined();
    }
  });
});
