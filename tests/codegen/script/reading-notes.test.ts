import { describe, expect, it } from "vitest";
import { readingFields, readingNotes } from "../../../src/codegen/script/reading-notes.ts";
import { fields, flat } from "../../../src/codegen/syntax/expression.ts";

const whole = { rows: 90, rowsWithoutTarget: 10 };

describe("how a file is read, in a script", () => {
  it("is nothing to say when all rows are read and nothing was changed", () => {
    expect(readingFields(whole)).toEqual([]);
    expect(readingNotes(whole)).toEqual([]);
  });

  it("is the sample and the header, so that the same rows come again", () => {
    const reading = { header: false, sample: { fraction: 0.05, seed: 7 } };
    const data = { ...whole, fileRows: 2000, reading };
    expect(flat(fields(readingFields(data)))).toBe(
      "{ header: false, sample: { fraction: 0.05, seed: 7 } }",
    );
    expect(readingNotes(data).join(" ")).toContain("A sample: 100 rows of 2000 data rows (5.00 %)");
  });

  it("is what was left out, in comments that no name breaks out of", () => {
    const notes = ['A second column "a\n*/ evil()\u2028evil()" is called "a_2".'];
    const lines = readingNotes({ ...whole, brokenRows: 2, notes });
    expect(lines[0]).toBe("// 2 rows that did not fit the header are left out.");
    for (const line of lines.join("\n").split(/[\n\r\u2028\u2029]/)) expect(line).toMatch(/^\/\/ /);
  });
});
