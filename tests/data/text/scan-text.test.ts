import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseRecords } from "../../../src/data/parse-records.ts";
import { sniff } from "../../../src/data/sniff.ts";
import { RecordScanner } from "../../../src/data/text/record-scanner.ts";
import { scanText, type ScanOptions } from "../../../src/data/text/scan-text.ts";
import { temporaryFile, temporaryPath } from "../temporary.ts";

const marks = { separator: ",", quote: '"', escape: '"' };

describe("RecordScanner", () => {
  it("finds the records that parseRecords finds, in parts of any size", () => {
    const piece = fc.constantFrom("a", ",", '"', "\n", "\r\n", "\r", " ", "é", "12");
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (given, size) => {
        expect(cellsOf(Buffer.from(given), size)).toEqual(
          // Blank lines are no records there.
          parseRecords(given, marks).map((cells) => cells.length),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** Cells of each record that is no blank line, when the text comes in parts. */
function cellsOf(data: Uint8Array, size: number): number[] {
  const scanner = new RecordScanner(marks, 3);
  const found: number[] = [];
  let rest: Uint8Array = new Uint8Array();
  for (let start = 0; start <= data.length; start += size) {
    const last = start + size > data.length;
    rest = Buffer.concat([rest, data.subarray(start, start + size)]);
    let at = 0;
    while (at < rest.length) {
      const next = scanner.find(rest, at, last);
      if (next < 0) break;
      const isBlank = scanner.cells === 1 && isNothing(rest.subarray(at, scanner.end));
      if (!isBlank) found.push(scanner.cells);
      at = next;
    }
    rest = rest.subarray(at);
  }
  return found;
}

/** What parseRecords takes for a blank line: a cell without a character. */
function isNothing(record: Uint8Array): boolean {
  return parseRecords(`x,${Buffer.from(record).toString()}`, marks)[0]?.[1] === "";
}

async function scan(text: string | Uint8Array, more: Partial<ScanOptions> = {}) {
  const dialect = sniff({
    text: Buffer.from(text).toString(),
    whole: true,
    encoding: "utf-8",
    bom: false,
  });
  const copyTo = temporaryPath("copy.csv");
  const options: ScanOptions = {
    packing: "none",
    dialect,
    wide: false,
    sample: null,
    rowsBefore: 0,
    copyTo,
    ...more,
  };
  const found = await scanText(temporaryFile(text), options);
  return { ...found, copy: readFileSync(copyTo, "utf8") };
}

const good = (from: number) =>
  Array.from({ length: 100 }, (_, i) => `n${from + i},${i}\n`).join("");

describe("scanText", () => {
  it("takes a record with closed quotes but cells too few or too many as one broken record", async () => {
    const few = `name,size\n${good(0)}"two\nlines"\nnext,"""\r\n,x"\n`;
    expect(await scan(few)).toMatchObject({ fileRows: 101, broken: { count: 1 } });
    const many = await scan(`name,size\n${good(0)}"two\nlines",1,2\nnext,"a\nb"\n`);
    expect(many).toMatchObject({ fileRows: 101, broken: { count: 1 } });
    expect(many.broken.examples[0]).toMatchObject({ line: 102, reason: "3 cells instead of 2" });
    // Lines that are records of their own were swallowed by a quote that is not closed.
    const open = await scan(`name,size\n${good(0)}"six\nb,2\nc,"\nd,3\n`);
    expect(open.fileRows + open.broken.count).toBe(104);
    const swallowed = await scan(`name,size,more\n${"n,1,2\n".repeat(100)}"6,5\n"",5,4\n6,",3\n`);
    expect(swallowed.fileRows + swallowed.broken.count).toBeGreaterThan(100);
  });

  it("counts rows, and knows the line of each", async () => {
    const text = `# made by hand\nname,size\n"two\nlines",1\n\nb,2\nbroken\nc,3\n${good(0)}`;
    const { rows, lines, broken, clean } = await scan(text);
    expect([rows, clean]).toEqual([103, false]);
    expect([0, 1, 2, 3].map((row) => lines.lineOf(row))).toEqual([3, 6, 8, 9]);
    expect(broken).toEqual({
      count: 1,
      examples: [{ line: 7, reason: "1 cell instead of 2", text: "broken" }],
    });
  });

  it("takes a quote that is not closed for one broken line, and goes on below it", async () => {
    for (const tail of ['z,"3"\n', ""]) {
      const text = `name,size\n${good(0)}x,"1\n${good(100)}${tail}`;
      const { rows, broken } = await scan(text);
      expect(rows).toBe(tail === 'z,"3"\n' ? 201 : 200);
      expect(broken.examples[0]).toMatchObject({ line: 102, text: 'x,"1' });
    }
  });

  it("copies rows cleanly: one kind of newline, quotes where readers agree, no rows without a value", async () => {
    const text = 'a,b\r\n"x\r\ny",1\r\n"p"q,2\n,\n"r" ,3,\r\ns,4\n';
    const { copy, emptyRows, emptyLines, longRows } = await scan(text);
    expect(copy).toBe('"x\ny",1\n"pq","2"\n"r ","3"\ns,4\n');
    expect([emptyRows, emptyLines, longRows]).toEqual([1, [5], 1]);
  });

  it("draws the same rows by number, whatever their text, and leaves the others out", async () => {
    const sample = { fraction: 0.3, seed: 7 };
    const one = await scan(`name,size\n${good(0)}`, { sample });
    const other = await scan(`name,size\n${good(500)}`, { sample });
    expect(one.fileRows).toBe(100);
    expect(one.rows).toBe(one.rowNumbers!.length);
    expect(Array.from(one.rowNumbers!)).toEqual(Array.from(other.rowNumbers!));
    expect(one.copy.split("\n").slice(0, 2)).toEqual(
      Array.from(one.rowNumbers!.slice(0, 2), (row) => `n${row - 1},${row - 1}`),
    );
    const again = await scan(`name,size\n${good(0)}`, { sample: { ...sample, seed: 8 } });
    expect(Array.from(again.rowNumbers!)).not.toEqual(Array.from(one.rowNumbers!));
  });
});
