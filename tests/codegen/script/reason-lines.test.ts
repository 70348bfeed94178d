import { describe, expect, it } from "vitest";
import type { ColumnRecord } from "../../../src/core/run-record.ts";
import { featureList } from "../../../src/codegen/script/feature-list.ts";
import { reasonedLine, sharedReason } from "../../../src/codegen/script/reason-lines.ts";

function record(name: string, changes: Partial<ColumnRecord>): ColumnRecord {
  return {
    name,
    type: "numeric",
    role: "feature",
    reason: "All 60 filled cells are numbers.",
    missing: 0,
    distinct: 9,
    ...changes,
  };
}

const why =
  "58 of 60 filled cells are numbers written like R$1,234.5 and the other 2 count as missing.";

describe("reasons in a script", () => {
  it("stand behind the line, or in front of it in full", () => {
    expect(reasonedLine('  column.numeric("a"),', "short")).toEqual({
      code: '  column.numeric("a"),',
      note: "short",
    });
    const long = reasonedLine('  column.numeric("a"),', why);
    expect(long.note).toBe("");
    expect(long.code.replace(/\s*\n\s*(\/\/ )?/g, " ")).toContain(why);
  });

  it("are there for every converted and every dropped column, however many", () => {
    const prices = Array.from({ length: 50 }, (_, i) =>
      record(`p${i}`, { reason: why, format: "R$1,234.5", misfits: i === 7 ? 2 : 0 }),
    );
    const dropped = Array.from({ length: 20 }, (_, i) =>
      record(`id${i}`, {
        role: "identifier",
        reason: `60 different texts in 60 cells: it labels rows.`,
      }),
    );
    const features = prices.map(({ name }) => ({
      kind: "numeric" as const,
      column: name,
      format: "R$1,234.5",
    }));
    const { lines } = featureList(features, [...prices, ...dropped]);
    const comments = lines.filter((line) => line.trim().startsWith("//")).join(" ");
    for (const { name } of [...prices, ...dropped]) expect(comments).toContain(`"${name}"`);
    expect(comments).toContain('"p7" (2 other cells became missing)');
    expect(comments).toContain("numbers written like R$1,234.5");
  });

  it("are said once for columns alike", () => {
    const dates = Array.from({ length: 50 }, (_, i) =>
      record(`d${i}`, {
        type: "date",
        format: "%Y",
        reason: `All ${i} filled cells are dates like %Y.`,
      }),
    );
    const features = dates.map(({ name }) => ({
      kind: "date" as const,
      column: name,
      format: "%Y",
    }));
    expect(featureList(features, dates).lines[0]).toBe("  // 50 columns alike: dates like %Y");
  });

  it.each([
    ["All 398 filled cells are numbers.", "numbers"],
    [why, "numbers written like R$1,234.5"],
    ["The same value in all 60 filled cells of 60.", "the same value in all filled cells"],
    [
      "60 different texts in 60 cells, one word each: it labels rows.",
      "different texts, one word each: it labels rows",
    ],
    ["59 of 60 cells are missing.", "nearly all cells are missing"],
  ])("%s without its counts", (reason, shared) => {
    expect(sharedReason(reason)).toBe(shared);
  });
});

it("notMissing is printed where the column has it", () => {
  const column = record("region", {
    type: "category",
    notMissing: ["NA"],
    reason: "NA is a level.",
  });
  const { lines } = featureList(
    [{ kind: "category", column: "region", notMissing: ["NA"], encode: { by: "oneHot" } }],
    [column],
  );
  expect(lines[0]).toContain('column.category("region", { notMissing: ["NA"] }).oneHot(),');
});
