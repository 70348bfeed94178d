import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { timestampBefore } from "../core/clock.ts";
import { AutomlError } from "../core/errors.ts";
import { runFiles } from "../core/run-folder.ts";
import { unwritable } from "../core/unwritable.ts";

/** Lies in a run's folder while the run is trained or resumed, and names the process that does it. */
const lockName = ".training";

/** A run whose journal was not written to for this long is not trained on another machine any more. */
const quietSeconds = 60;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** Locks that this process holds: its own id in a file may be that of an earlier process. */
const own = new Set<string>();

/**
 * Takes a run for training: it numbers its trials itself, so two commands at once would spoil it. What a killed process
 * left is taken over.
 * @returns gives the run free again
 * @throws AutomlError AUTOML_RUN_BUSY, AUTOML_OUTPUT_UNWRITABLE
 */
export function holdRun(folder: string): () => void {
  const lock = join(folder, lockName);
  if (existsSync(lock) && !isHeld(folder)) rmSync(lock, { force: true });
  const holder: Holder = { pid: process.pid, host: hostname() };
  try {
    writeFileSync(lock, JSON.stringify(holder), { flag: "wx" });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") throw busy(folder, lock, cause);
    throw unwritable(lock, cause);
  }
  own.add(lock);
  return () => {
    own.delete(lock);
    rmSync(lock, { force: true });
  };
}

/** True while a command trains the run or goes on with it. */
export function isHeld(folder: string): boolean {
  const lock = join(folder, lockName);
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(readFileSync(lock, "utf8")) as Partial<Holder>;
  } catch (error) {
    // Not there, or about to be written.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
  if (holder.host !== hostname()) return !isQuiet(folder);
  return holder.pid === process.pid ? own.has(lock) : isAlive(holder.pid ?? 0);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A killed process that its parent has not waited for answers signals, but does nothing any more (in a container, for ever). */
function isZombie(pid: number): boolean {
  try {
    // The state follows the name, which is in parentheses and may hold anything.
    return /\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // no /proc on this system
  }
}

/** What runs on another machine cannot be asked, but it writes to the journal. */
function isQuiet(folder: string): boolean {
  const written = statSync(join(folder, runFiles.journal), { throwIfNoEntry: false })?.mtime;
  return written === undefined || written.toISOString() < timestampBefore(quietSeconds);
}

function busy(folder: string, lock: string, cause: unknown): AutomlError {
  return new AutomlError(
    "AUTOML_RUN_BUSY",
    `Another command is training ${folder} at this moment.`,
    {
      hint: `Wait until it has ended. If there is none, remove ${lock}.`,
      details: { folder, lock },
      cause,
    },
  );
}
