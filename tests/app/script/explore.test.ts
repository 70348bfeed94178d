import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  column,
  explore,
  readTable,
  show,
  split,
  target,
  type LoadedTable,
  type Split,
} from "../../../src/index.ts";
import { beginScript } from "../../../src/app/script/context.ts";
import { houseCsv, temporaryFolder } from "./house-run.ts";

const folder = temporaryFolder();
afterAll(folder.clear);

let table: LoadedTable;
let parts: Split;

beforeAll(async () => {
  writeFileSync(join(folder.path, "houses.csv"), houseCsv());
  beginScript({ script: join(folder.path, "explore.ts") });
  const features = [
    column.numeric("area"),
    column.numeric("rooms"),
    column.category("town"),
    column.date("sold", "%Y-%m-%d"),
  ];
  table = await readTable("houses.csv", { features, target: target("price") });
  parts = split.random(table, { test: 0.2, folds: 3, seed: 1 });
});

function shown(value: Parameters<typeof show>[0]): string {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    show(value);
    return log.mock.calls.map(([text]) => String(text)).join("\n");
  } finally {
    log.mockRestore();
  }
}

describe("explore", () => {
  it("profiles the rows it is given, against the target of the table", () => {
    const data = explore.profile(table, { rows: parts.training, seed: 1 });
    expect(data).toMatchObject({ rows: 72, target: "price", seed: 1 });
    expect(explore.profile(table).rows).toBe(90);
    const text = shown(data);
    expect(text).toContain("72 rows, 5 columns");
    expect(text).toMatch(/area +numeric +0 +\d+ +median .* rises, rank correlation 0\.\d+/);
    expect(text).toContain("price (target)");
  });

  it("shows one column beside the target", () => {
    const data = explore.profile(table);
    const text = shown(explore.column(data, "town"));
    expect(text).toMatch(/town {3}category, (1 cell|none) missing/);
    expect(text).toContain("mean price");
    expect(text).toMatch(/Oak +\d+ +\d/);
    expect(shown(explore.column(data, "price"))).toContain("median");
  });

  it("names the column that was meant", () => {
    const data = explore.profile(table);
    expect(() => explore.column(data, "aera")).toThrow('no column "aera"');
    expect(() => explore.values(table, "roms")).toThrow('no column "roms"');
    expect(() => explore.pair(table, "area", "town")).toThrow('"town" holds category, not numbers');
  });

  it("lists the pairs of columns that go together", () => {
    const text = shown(explore.associations(explore.profile(table)));
    expect(text.split("\n").find((line) => line.includes("area"))).toContain("price");
  });

  it("gives points of two columns, drawn with the seed", () => {
    const pair = explore.pair(table, "area", "price", { rows: parts.training });
    expect(pair.rows).toBe(72);
    expect(pair.points).toHaveLength(72);
    expect(explore.pair(table, "area", "price", { rows: parts.training })).toEqual(pair);
    expect(shown(pair)).toContain("72 rows with both");
  });

  it("gives cells as plain values", () => {
    const towns = explore.values(table, "town");
    expect(towns).toHaveLength(90);
    expect(towns[5]).toBeNull();
    expect(towns[0]).toMatch(/Ash|Elm|Oak/);
    expect(explore.values(table, "area", parts.test)).toHaveLength(18);
  });
});
