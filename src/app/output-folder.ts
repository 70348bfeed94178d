import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  rmdirSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { minuteStamp } from "../core/clock.ts";
import { ensureFolder } from "../core/ensure-folder.ts";
import { AutomlError } from "../core/errors.ts";
import { unwritable } from "../core/unwritable.ts";
import { runsFolder } from "./find-run.ts";

/** The folder a new run will get. It is not made yet, but it is known that it can be. */
export function chooseFolder(data: string, out: string | undefined): string {
  if (out !== undefined) {
    const folder = resolve(out);
    refuseIfTaken(folder, out);
    refuseIfUnwritable(folder);
    return folder;
  }
  const stem = basename(data)
    .replace(/\.(gz|zst)$/i, "")
    .replace(/\.[^.]*$/, "");
  const name = `${stem.replace(/[^\p{L}\p{N}_.-]+/gu, "-").slice(0, 60) || "data"}-${minuteStamp()}`;
  let folder = resolve(runsFolder, name);
  for (let copy = 2; existsSync(folder); copy++) folder = resolve(runsFolder, `${name}-${copy}`);
  refuseIfUnwritable(folder);
  return folder;
}

/** A run's folder that this command made, and nobody else. */
export interface NewFolder {
  readonly path: string;
  /** Takes it away again, with all that was written there and the folders made above it. */
  readonly remove: () => void;
}

/**
 * Makes the folder that `chooseFolder` names for the same arguments. Another command may have taken it in the meantime:
 * then a run without `out` gets the next free name.
 */
export function makeFolder(data: string, out: string | undefined): NewFolder {
  for (;;) {
    const path = chooseFolder(data, out);
    let topmost: string | undefined;
    try {
      topmost = ensureFolder(path);
    } catch (cause) {
      throw unwritable(path, cause);
    }
    const made = { path, remove: () => removeFolder(path, topmost) };
    // Only one of two commands can make this folder: what stands there is the other's.
    if (!makeNew(join(path, "data"), made)) continue;
    makeNew(join(path, "trials"), made);
    return made;
  }
}

/** False when it is there already. */
function makeNew(folder: string, { path, remove }: NewFolder): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    remove();
    throw unwritable(path, cause);
  }
}

/** @param topmost the highest of the folders that were made; undefined when the empty folder was there already */
function removeFolder(path: string, topmost: string | undefined): void {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
  if (topmost === undefined) return;
  // Folders above go only when they are empty: another run may have come to stand beside this one.
  try {
    for (let at = path; at.length >= topmost.length; at = dirname(at)) rmdirSync(at);
  } catch {
    // Somebody else uses it.
  }
}

function refuseIfTaken(folder: string, out: string): void {
  if (!existsSync(folder)) return;
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (cause) {
    throw new AutomlError("AUTOML_OUTPUT_EXISTS", `${out} is not a folder.`, {
      hint: "Name a new folder with --out.",
      cause,
    });
  }
  if (entries.length === 0) return;
  throw new AutomlError("AUTOML_OUTPUT_EXISTS", `${out} is not empty.`, {
    hint: "Name a new folder with --out, or go on with the run in it: automl resume.",
  });
}

/** The nearest folder that exists must be writable. */
function refuseIfUnwritable(folder: string): void {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    readdirSync(existing);
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}
