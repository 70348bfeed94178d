import { workerData } from "node:worker_threads";
import { seconds } from "../../core/clock.ts";
import { AutomlError } from "../../core/errors.ts";
import { FitSession } from "../../ensemble/fit-session.ts";
import { loadFamilyModules } from "../family-modules.ts";
import type { PieceReply, PlacedPiece, WorkerShared } from "./piece.ts";
import { runPiece } from "./run-piece.ts";

/** Entry point of a worker thread: the pool calls the returned function once per piece. */
const shared = workerData as WorkerShared;
const session = new FitSession(shared.table, {
  maxBytes: shared.keptBytes,
  checkpoint: () => {
    const { stopFlags } = shared;
    if (Atomics.load(stopFlags, 0) + Atomics.load(stopFlags, current) !== 0) throw new Stopped();
  },
  threads: () => 1 + Atomics.load(shared.idle, 0),
});
let ready: Promise<void> | undefined;
/** Place of the piece that is being carried out. */
let current = 0;

/** Thrown at a checkpoint when nobody wants the result any more. */
class Stopped extends Error {}

export async function work({ piece, place }: PlacedPiece): Promise<PieceReply> {
  const start = seconds();
  current = place;
  try {
    ready ??= loadFamilyModules(shared.familyModules);
    await ready;
    const result = runPiece(piece, shared, session);
    return { ok: true, result, seconds: seconds() - start };
  } catch (error) {
    if (error instanceof Stopped)
      return { ok: false, ended: "cancelled", seconds: seconds() - start };
    const { code, message } = describe(error);
    return { ok: false, code, message, seconds: seconds() - start };
  }
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AutomlError) return { code: error.code, message: error.message };
  if (
    error instanceof RangeError &&
    /allocation|Array buffer|Invalid typed array length/i.test(error.message)
  ) {
    return { code: "AUTOML_TRIAL_OUT_OF_MEMORY", message: error.message };
  }
  return {
    code: "AUTOML_TRIAL_FAILED",
    message: error instanceof Error ? error.message : String(error),
  };
}
