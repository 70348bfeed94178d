import { describe, expect, it } from "vitest";
import { requireRoom } from "../../src/app/require-room.ts";
import { allowedMemory } from "../../src/core/memory.ts";
import type { ColumnSchema } from "../../src/core/schema.ts";
import { allFamilies, findFamily } from "../../src/models/registry.ts";

const columns = (count: number, distinct = 1000): ColumnSchema[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `x${i}`,
    type: i === 0 ? "category" : "numeric",
    role: i === count - 1 ? "target" : "feature",
    reason: "",
    missing: 0,
    distinct,
  }));

function refusal(rows: number, schema: ColumnSchema[], megabytes: number | null): unknown {
  try {
    requireRoom(rows, schema, allFamilies(), megabytes);
  } catch (error) {
    return error;
  }
  return null;
}

describe("requireRoom", () => {
  it("lets pass what fits", () => {
    expect(refusal(60, columns(3), 250)).toBeNull();
    expect(refusal(60, columns(3), null)).toBeNull();
  });

  it("refuses what does not, with both numbers and an allowance that is enough", () => {
    const error = refusal(500_000, columns(21), 300);
    expect(error).toMatchObject({
      code: "AUTOML_TABLE_TOO_LARGE",
      message: expect.stringMatching(
        /^The table of 500000 rows x 21 columns needs at least \d+ MB of memory to train on; 300 MB are allowed\.$/,
      ) as string,
      hint: expect.stringMatching(
        /^Allow more with --memory \d+, use a sample of the rows, or leave columns out with --exclude\.$/,
      ) as string,
    });
    const enough = Number(/--memory (\d+)/.exec(String(Reflect.get(Object(error), "hint")))![1]);
    expect(refusal(500_000, columns(21), enough)).toBeNull();
    expect(refusal(500_000, columns(21), enough - 20)).not.toBeNull();
  });

  it("counts the levels of categories", () => {
    expect(refusal(500_000, columns(4), 400)).toBeNull();
    expect(refusal(500_000, columns(4, 500_000), 400)).not.toBeNull();
  });

  it("does not suggest more than the machine allows", () => {
    const most = allowedMemory(null);
    expect(refusal(1000, columns(4, most / 64), null)).toMatchObject({
      code: "AUTOML_TABLE_TOO_LARGE",
      hint: expect.stringMatching(
        /^Use a sample of the rows, or leave columns out with --exclude\. This machine allows \S+ .B, 75 % of what it has\.$/,
      ) as string,
    });
  });

  it("refuses more values than a matrix can hold", () => {
    expect(refusal(30_000_000, columns(21), null)).toMatchObject({
      code: "AUTOML_TABLE_TOO_LARGE",
      message: expect.stringContaining("has 600000000 values to predict from; 268435456") as string,
    });
  });

  it("is content with constants when nothing else is asked for", () => {
    expect(() => requireRoom(60, columns(3), [findFamily("mean")], 250)).not.toThrow();
  });
});
