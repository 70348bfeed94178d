import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { valueSql } from "../../src/data/cell-sql.ts";
import { DuckSession, literal } from "../../src/data/duck-session.ts";
import { parseNumber } from "../../src/data/number-format.ts";

let session: DuckSession;
beforeAll(async () => {
  session = await DuckSession.open();
});
afterAll(() => session.close());

const formats = [
  "1234.5",
  "$1,234.5",
  "1.234,5 €",
  "1234.5{h|m}",
  "1,234.5{acres|Sq. Ft.}",
  "1234.5{hp|ps}",
  "1,234.5{억|만}원",
  "1234.5{M|k}",
  "1234.5 - 1234.5",
  "$1,234.5K - $1,234.5K (est.)",
  "1234.5/5",
  `5'11"`,
  "12:34:56",
];
const pieces = fc.constantFrom(
  ..."0|5|12|1,200|3.5|2,5|1.234|-|+|(|)|$|€|K|k|M|h|m|hp|ps|acres|sq ft|Sq. Ft.|억|만|원| | - |to|–|<|/5|'|\"|(est.)|,|and|:".split(
    "|",
  ),
);

it("numbers in a file are those in a row, whatever stands in the cell", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...formats),
      fc.array(pieces, { minLength: 1, maxLength: 7 }).map((parts) => parts.join("")),
      async (format, cell) => {
        const sql = valueSql("v", { name: "v", type: "numeric", format });
        const [row] = await session.rows(`SELECT ${sql} FROM (SELECT ${literal(cell)} AS v)`);
        const value = parseNumber(cell, format);
        expect(row![0], `${cell} as ${format}`).toBe(Number.isNaN(value) ? null : value);
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
