import { describe, expect, it } from "vitest";
import { DuckSession } from "../../src/data/duck-session.ts";
import { gatherFacts } from "../../src/data/gather-facts.ts";
import { countedLabels, noBrokenRows, type RawTable } from "../../src/data/raw-table.ts";

/** A table of texts, numbers, dates, gaps: 21 columns. */
async function tableOf(session: DuckSession, rows: number): Promise<RawTable> {
  const kinds = [
    (c: number) => `((i * 7919 + ${c}) % 97)::VARCHAR`,
    (c: number) => `CASE WHEN i % 5 = ${c % 5} THEN NULL ELSE 'w' || (i * 31 + ${c}) % 13 END`,
    (c: number) => `strftime(DATE '2014-01-01' + INTERVAL (i % ${c + 9}) DAY, '%d.%m.%Y')`,
    (c: number) => `CASE WHEN i % 3 = 0 THEN 'NA' ELSE '$' || (i + ${c}) END`,
    () => "NULL",
  ];
  const names = Array.from({ length: 21 }, (_, c) => `column ${c}`);
  const select = names.map((_, c) => `(${kinds[c % kinds.length]!(c)})::VARCHAR AS c${c}`);
  await session.run(`CREATE TABLE raw AS SELECT ${select.join(", ")} FROM range(${rows}) t(i)`);
  return {
    names,
    rows,
    formatLabel: "",
    dialect: null,
    notes: [],
    broken: noBrokenRows,
    rowLabels: countedLabels,
  } as unknown as RawTable;
}

describe("gatherFacts", () => {
  it("finds the same by one query over all columns, by some columns at a time, and column by column", async () => {
    const session = await DuckSession.open();
    try {
      const raw = await tableOf(session, 60);
      const together = await gatherFacts(session, raw);
      expect(await gatherFacts(session, raw, { together: 8 })).toEqual(together);
      expect(await gatherFacts(session, raw, { fewRows: 0 })).toEqual(together);
      expect(together.map(({ name }) => name)).toEqual(raw.names);
      expect(together[0]).toMatchObject({ filled: 60, numbers: 60 });
      expect(together[3]!.written.numbers).toMatchObject({ format: "$1,234.5", fits: 40 });
      expect(together[4]).toMatchObject({ filled: 0, firstCells: [], text: null });
    } finally {
      session.close();
    }
  }, 20_000);
});
