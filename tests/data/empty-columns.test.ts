import { describe, expect, it } from "vitest";
import { loadTable } from "../../src/data/open-file.ts";
import { temporaryFile } from "./temporary.ts";

describe("columns without names and values", () => {
  it("are left out, few or thousands of them, and the others keep their cells", async () => {
    for (const count of [2, 600]) {
      const empty = ",".repeat(count);
      // Among them one without a name that holds a value.
      const lines = [`a,${empty}b`, `1,${empty}2`, `3,${empty.slice(1)}7,4`, `5,${empty}6`];
      const path = temporaryFile(`${lines.join("\n")}\n`);
      const { table } = await loadTable(path, {
        columns: [
          { name: "a", type: "numeric" },
          { name: `column${count + 1}`, type: "numeric" },
          { name: "b", type: "numeric" },
        ],
      });
      const values = table.columns.map((column) => ("values" in column ? [...column.values] : []));
      expect(values).toEqual([
        [1, 3, 5],
        [NaN, 7, NaN],
        [2, 4, 6],
      ]);
    }
  });
});
