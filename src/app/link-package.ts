import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { packageDirectory } from "./installation.ts";

const packageName = "glassbox-automl";

export type LinkOutcome =
  /** Scripts of the folder find the package already. */
  | { readonly kind: "resolves"; readonly at: string }
  | { readonly kind: "linked"; readonly at: string }
  /** The folder could not be written; `automl run` works all the same. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Makes `glassbox-automl` resolvable from a run's folder for editors, tsc and `npx tsx`, unless it is found from there
 * already: by a link in `automl-runs/node_modules`, or in the run itself when it lies in a folder of the user's own
 * (whose `node_modules` is not ours to touch). Never throws: a run is worth more than the types in an editor.
 */
export function linkPackage(runDirectory: string): LinkOutcome {
  const run = resolve(runDirectory);
  const found = findPackage(run);
  if (found !== undefined) return { kind: "resolves", at: found };
  const holder = basename(dirname(run)) === "automl-runs" ? dirname(run) : run;
  const at = join(holder, "node_modules", packageName);
  try {
    // Left by an installation that is gone, or by another version.
    if (isLink(at)) rmSync(at);
    mkdirSync(dirname(at), { recursive: true });
    // A junction needs no rights on Windows; elsewhere the type is ignored.
    symlinkSync(packageDirectory().replace(/[\\/]$/, ""), at, "junction");
    return { kind: "linked", at };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The package as Node and tsc look for it from a folder: in `node_modules` of the folder and of those above. */
function findPackage(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, "node_modules", packageName);
    if (isThisPackage(candidate)) return candidate;
    if (dirname(at) === at) return undefined;
  }
}

/** An older installation would have other types than the scripts were written for, so the version has to agree. */
function isThisPackage(directory: string): boolean {
  const theirs = packageVersion(directory);
  return theirs !== undefined && theirs === packageVersion(packageDirectory());
}

function packageVersion(directory: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
      version?: unknown;
    };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
