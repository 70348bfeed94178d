import { afterEach, describe, expect, it } from "vitest";
import type { TrialSpec } from "../../../src/core/trial-spec.ts";
import type { Piece } from "../../../src/engine/pool/piece.ts";
import { WorkerPool } from "../../../src/engine/pool/pool.ts";
import { smallSplit, smallTable } from "../fixtures/small-run.ts";

const hostile = new URL("../fixtures/hostile-families.mjs", import.meta.url).href;

const piece = (kind: string): Piece => {
  const features = [{ kind: "numeric", column: "a" }] as const;
  const target = { column: "y", transform: "none" } as const;
  const spec: TrialSpec = { features, target, model: { kind, params: {} } };
  return { kind: "fold", fold: 0, spec };
};

describe("WorkerPool", () => {
  let pool: WorkerPool | undefined;
  const open = (room: number): WorkerPool => {
    const { test: _test, all: _all, ...split } = smallSplit(60);
    const shared = {
      table: smallTable(60),
      split,
      metric: "rmse",
      familyModules: [hostile],
    } as const;
    pool = new WorkerPool({ workers: 2, memory: { allowed: 2 ** 40, room }, shared });
    return pool;
  };
  afterEach(async () => pool?.close());

  const run = (kind: string, owner: string, predictedBytes: number) =>
    pool!.run(piece(kind), { owner, predictedBytes, timeoutSeconds: null });

  it("runs side by side what fits into memory, and the rest one after the other", async () => {
    open(100);
    expect(pool!.hasRoom(1e9)).toBe(true);
    const endless = run("endless", "1", 60);
    expect(pool!.hasRoom(40)).toBe(true);
    expect(pool!.hasRoom(41)).toBe(false);
    const ended: string[] = [];
    const large = run("mean", "2", 60).then((outcome) => (ended.push("large"), outcome));
    expect(pool!.idle).toBe(0);
    const small = run("mean", "3", 10).then((outcome) => (ended.push("small"), outcome));
    const unwanted = run("mean", "4", 10);
    pool!.cancel("4");
    expect(await unwanted).toMatchObject({ ok: false, ended: "cancelled" });
    expect(ended).toEqual([]);
    pool!.cancel("1");
    expect(await endless).toMatchObject({ ok: false, ended: "cancelled" });
    expect(await large).toMatchObject({ ok: true });
    expect(await small).toMatchObject({ ok: true });
    expect(pool!.idle).toBe(2);
  });

  it("asks one owner's pieces to end and leaves the others alone", async () => {
    open(100);
    const patient = run("patient", "1", 10);
    const endless = run("endless", "2", 10);
    // Both threads are at work.
    await new Promise((resolve) => setTimeout(resolve, 500));
    pool!.cancel("1");
    // It ends at a checkpoint, with its thread alive: no error of an ended worker.
    expect(await patient).toMatchObject({ ok: false, ended: "cancelled" });
    expect(pool!.idle).toBe(1);
    expect(await run("mean", "3", 10)).toMatchObject({ ok: true });
    pool!.cancel("2");
    expect(await endless).toMatchObject({ ok: false, ended: "cancelled" });
    expect(await run("mean", "4", 10)).toMatchObject({ ok: true });
  });

  it("ends what waits as well when everything is to end", async () => {
    open(100);
    const endless = run("endless", "1", 90);
    const waiting = run("mean", "2", 90);
    await pool!.cancelAll();
    expect(await endless).toMatchObject({ ok: false, ended: "cancelled" });
    expect(await waiting).toMatchObject({ ok: false, ended: "cancelled" });
    expect(await run("mean", "3", 90)).toMatchObject({ ok: true });
  });
});
