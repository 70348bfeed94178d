import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataFrame } from "danfojs-node";
import { afterAll, describe, expect, it } from "vitest";
import { train } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "train-frame-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("train", () => {
  it("takes a DataFrame and keeps it as a CSV that the scripts read", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [
      i,
      i % 3 === 0 ? "a" : "b",
      2 * i + (i % 3),
    ]);
    const frame = new DataFrame(rows, { columns: ["x", "kind", "price"] });
    const run = await train(frame, { target: "price", maxTrials: 8, out: join(folder, "run") });
    expect(run.record.data.rows).toBe(60);
    expect(run.best?.predict({ x: 30, kind: "a" })).toBeCloseTo(60, -1);
    const kept = readFileSync(join(folder, "run/data/frame.csv"), "utf8");
    expect(kept.split("\n").slice(0, 2)).toEqual(["x,kind,price", "0,a,0"]);
    const script = readFileSync(join(folder, "run", run.best!.record.script!), "utf8");
    expect(script).toContain('readTable("../../data/frame.csv"');
  });
});
