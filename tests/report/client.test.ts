import { describe, expect, it } from "vitest";
import { loadClient } from "./client-script.ts";

interface Row {
  readonly id: string;
  readonly score: number;
  readonly parent: string | null;
}

describe("the leaderboard in the page", () => {
  const { besideParents, compareValues } = loadClient<{
    besideParents: (
      rows: readonly Row[],
      compare: (a: Row, b: Row) => number,
    ) => { row: Row; depth: number }[];
    compareValues: (a: unknown, b: unknown, sign: number) => number;
  }>(["sortable-table", "leaderboard"], ["besideParents", "compareValues"]);
  const compare = (a: Row, b: Row): number => compareValues(a.score, b.score, 1);
  const lines = (rows: readonly Row[]): string[] =>
    besideParents(rows, compare).map(({ row, depth }) => `${"  ".repeat(depth)}${row.id}`);

  it("puts edits below their parents, where the best of them belongs", () => {
    const rows: Row[] = [
      { id: "b", score: 1, parent: "a" },
      { id: "x", score: 2, parent: null },
      { id: "a", score: 3, parent: null },
      { id: "c", score: 4, parent: "b" },
      { id: "y", score: 5, parent: null },
    ];
    expect(lines(rows)).toEqual(["a", "  b", "    c", "x", "y"]);
  });

  it("shows edits whose parents are filtered away", () => {
    expect(
      lines([
        { id: "b", score: 1, parent: "gone" },
        { id: "s", score: 2, parent: "s" },
      ]),
    ).toEqual(["b", "s"]);
  });

  it("sorts missing values last in both directions", () => {
    const values = [3, null, 1, null, 2];
    expect([...values].sort((a, b) => compareValues(a, b, 1))).toEqual([1, 2, 3, null, null]);
    expect([...values].sort((a, b) => compareValues(a, b, -1))).toEqual([3, 2, 1, null, null]);
  });
});

describe("source code in the page", () => {
  const { tokenPattern } = loadClient<{ tokenPattern: RegExp }>(["source-code"], ["tokenPattern"]);
  const tokens = (source: string): string[] =>
    [...source.matchAll(tokenPattern)].map((match) => {
      const kind = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0];
      return `${kind}: ${match[0]}`;
    });

  it("knows comments, strings, numbers, keywords and calls", () => {
    expect(tokens('const a = f("x // y", 0.5); // done')).toEqual([
      "keyword: const",
      "call: f",
      'string: "x // y"',
      "number: 0.5",
      "comment: // done",
    ]);
    expect(tokens("`a ${b} 'c'` /* d\n e */")).toEqual([
      "string: `a ${b} 'c'`",
      "comment: /* d\n e */",
    ]);
  });
});

describe("numbers in the page", () => {
  const { numberText } = loadClient<{ numberText: (value: number, digits?: number) => string }>(
    ["numbers"],
    ["numberText"],
  );

  it("look like those of the rest of the report", () => {
    expect([71805.4, -281430, 0.05131, 100, 0, 1e20].map((value) => numberText(value))).toEqual([
      "71\u202f805",
      "−281\u202f430",
      "0.05131",
      "100",
      "0",
      "1e20",
    ]);
  });
});
