import { describe, expect, it } from "vitest";
import { createPaint } from "../../../src/cli/ui/paint.ts";
import { renderPrediction } from "../../../src/cli/ui/prediction.ts";
import { plain } from "../fake-terminal.ts";

const view = { data: "data/new-houses.csv", width: 100, paint: createPaint(false) };

describe("renderPrediction", () => {
  it("tells how the file met the model", () => {
    const text = renderPrediction(
      {
        rows: 2400,
        matched: 8,
        out: "/home/me/priced.csv",
        extra: ["agent"],
        unseen: [{ column: "city", levels: 3, rows: 41, examples: ["NATOMAS"] }],
        unreadable: [
          { column: "sqft", type: "numeric", cells: 2 },
          { column: "sold", type: "date", cells: 1 },
        ],
        outside: [
          { column: "sqft", rows: 2, low: 484, high: 4878 },
          {
            column: "sold",
            kind: "date",
            rows: 3,
            low: Date.UTC(2008, 4, 15),
            high: Date.UTC(2008, 4, 21, 9, 30),
          },
        ],
        empty: { rows: 7, examples: [4, 9, 1200, 1201, 1300] },
      },
      view,
    );
    expect(plain(text)).toMatchInlineSnapshot(`
      "  new-houses.csv   2 400 rows
        matched 8 of 8 columns.  1 extra ignored: agent
        sqft: 2 cells cannot be read as a number: treated as missing
        sold: 1 cell cannot be read as a date: treated as missing
        city: 3 levels never seen in training, 41 rows (NATOMAS, ...)
        sqft: 2 rows outside 484 ... 4 878: prediction is an extrapolation
        sold: 3 rows outside 2008-05-15 ... 2008-05-21 09:30:00: prediction is an extrapolation
        7 rows are empty in every column of the model (4, 9, 1 200, 1 201, 1 300, ...): the prediction
        rests on nothing
        priced.csv       2 400 rows: prediction
      "
    `);
  });

  it("goes without a file, and escapes names", () => {
    const text = renderPrediction(
      {
        rows: 1,
        matched: 6,
        out: null,
        extra: ["zip", "a\u001bb"],
        unseen: [],
        unreadable: [],
        outside: [{ column: "x", rows: 1, low: 0.123456789, high: 1 }],
        empty: null,
      },
      view,
    );
    expect(plain(text)).toMatchInlineSnapshot(`
      "  new-houses.csv   1 row
        matched 6 of 6 columns.  2 extra ignored: zip, a\\x1bb
        x: 1 row outside 0.123457 ... 1: prediction is an extrapolation
      "
    `);
  });
});
