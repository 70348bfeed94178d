import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFile } from "../../bench/fuzz/check-case.ts";
import { expectedOf } from "../../bench/fuzz/delimited-case.ts";
import { encodeText, type FileEncoding } from "../../bench/fuzz/encode-text.ts";
import { expectedOf as expectedOfJson } from "../../bench/fuzz/json-case.ts";
import { makeCase } from "../../bench/fuzz/make-case.ts";
import { oddities } from "../../bench/fuzz/oddities.ts";
import { summarize, type Line } from "../../bench/fuzz/results.ts";
import { strictRead } from "../../bench/fuzz/strict-reader.ts";
import type { Style } from "../../bench/fuzz/write-delimited.ts";

describe("strict reader", () => {
  it("reads quotes, doubled quotes and newlines in cells", () => {
    const text = 'a,b\r\n1,"x ""y"", z"\r\n2,"two\r\nlines"\r\n';
    const records = [
      ["a", "b"],
      ["1", 'x "y", z'],
      ["2", "two\r\nlines"],
    ];
    expect(strictRead(text, ",")).toEqual({ kind: "table", records });
  });

  it("counts a last record without newline, a last empty cell, and no blank lines", () => {
    expect(strictRead("a,b\n\n1,2\n3,", ",")).toMatchObject({
      kind: "table",
      records: [
        ["a", "b"],
        ["1", "2"],
        ["3", ""],
      ],
    });
    expect(strictRead("a\n\n1", ",")).toMatchObject({ records: [["a"], [""], ["1"]] });
    expect(strictRead("a\rb", ",")).toMatchObject({ records: [["a"], ["b"]] });
  });

  it("refuses what is not after the rules, and tells ragged from broken", () => {
    for (const text of ['a,b\n1,"2', 'a,b\n1,x"2"', 'a,b\n"1"x,2', "a,b\n1,\0", "a\rb\nc"]) {
      expect(strictRead(text, ",").kind, text).toBe("invalid");
    }
    expect(strictRead("a,b\n1,2,3\n", ",").kind).toBe("ragged");
  });
});

describe("inputs", () => {
  const numbers = Array.from({ length: 120 }, (_, i) => oddities.length + i);

  it("are the same for the same seed and number, and others for another seed", () => {
    const bytes = (seed: number, number: number) => Buffer.from(makeCase(seed, number, []).bytes);
    for (const number of numbers) expect(bytes(1, number).equals(bytes(1, number))).toBe(true);
    expect(bytes(1, 100).equals(bytes(2, 100))).toBe(false);
  });

  it("are partly valid, partly not", () => {
    const kinds = new Set(numbers.map((number) => makeCase(1, number, []).expected.kind));
    expect([...kinds].sort()).toEqual(expect.arrayContaining(["anything", "ragged", "table"]));
  });

  it("are judged by what their bytes say, not by how they were made", () => {
    const style = { separator: ",", encoding: "utf-8" } as Style;
    const table = { names: ["a", "b"], rows: [["1", "2"]] };
    const of = (text: string) => expectedOf(Buffer.from(text), table, style);
    expect(of("a,b\n1,2\n,\n")).toMatchObject({ kind: "table", rows: [2, 1], columns: 2 });
    expect(of("a,c\n1,2\n")).toEqual({ kind: "anything" });
    expect(of("a,b\n1,2,3\n4,5\n")).toEqual({ kind: "ragged", records: [2] });
    expect(of("a,b\n")).toEqual({ kind: "refused" });
    expect(expectedOfJson(Buffer.from('[{"a":1},{}]'), false)).toMatchObject({ rows: [2, 1] });
    expect(expectedOfJson(Buffer.from('{"a":1}\n{"a":'), true)).toEqual({ kind: "anything" });
  });

  it("come in encodings that Node.js cannot write", () => {
    const samples: [FileEncoding, string][] = [
      ["euc-kr", "가격,1\n"],
      ["shift_jis", "あ;中\n"],
      ["gb18030", "中文|价格\n"],
      ["windows-1252", "café\n"],
      ["utf-16be", "é中\n"],
    ];
    for (const [encoding, text] of samples) {
      expect(new TextDecoder(encoding, { fatal: true }).decode(encodeText(text, encoding))).toBe(
        text,
      );
    }
  });
});

describe("findings", () => {
  it("are rows that an independent reader counts otherwise, and errors without a code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fuzz-test-"));
    try {
      const path = join(folder, "table.csv");
      writeFileSync(path, "a,b\n1,x\n2,y\n3,z\n");
      const expected = { kind: "table", columns: 2, isWhole: true } as const;
      expect((await checkFile(path, { ...expected, rows: [3] })).finding).toBeNull();
      const { finding } = await checkFile(path, { ...expected, rows: [4] });
      expect(finding).toEqual({ kind: "wrong row count", detail: "3 rows for 4" });
      expect((await checkFile(path, { kind: "refused" })).finding?.kind).toBe(
        "read although no table",
      );
      const gone = await checkFile(join(folder, "gone.csv"), { kind: "anything" });
      expect(gone).toMatchObject({ outcome: "AUTOML_FILE_MISSING", finding: null });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are counted once when a chunk was repeated", () => {
    const chunk = { seed: 1, from: 0, to: 100, outcomes: { read: 100 }, cpuSeconds: 2, longest: 9 };
    const finding = { number: 7, kind: "hang", detail: "", steps: [] } as const;
    const lines: Line[] = [finding, chunk, finding, chunk];
    expect(summarize(lines)).toContain("100 inputs in 2 processor seconds");
    expect(summarize(lines)).toContain("1 findings");
    expect(summarize([chunk])).toContain("no findings");
  });
});
