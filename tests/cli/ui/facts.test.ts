import { describe, expect, it } from "vitest";
import { factLines, textColumn } from "../../../src/cli/ui/facts.ts";

describe("factLines", () => {
  it("puts a note in its column, behind a longer text, or below", () => {
    const lines = (text: string): string[] =>
      factLines({ label: "rows", lines: [text], note: "seed 1" }, 19, 100);
    expect(lines("746 training")[0]!.indexOf("seed 1")).toBe(72);
    expect(lines("x".repeat(60))).toEqual([`  rows             ${"x".repeat(60)}   seed 1`]);
    expect(lines("x".repeat(80))).toEqual([
      `  rows             ${"x".repeat(80)}`,
      `${" ".repeat(19)}seed 1`,
    ]);
  });

  it("makes room for a long first label", () => {
    expect(textColumn("sacramento.csv")).toBe(19);
    expect(textColumn("a-much-longer-name.csv")).toBe(27);
    expect(textColumn("x".repeat(200))).toBe(45);
  });
});
