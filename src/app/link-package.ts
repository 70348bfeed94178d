import { existsSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compiledFile, packageDirectory } from "./installation.ts";

const packageName = "glassbox-automl";

export type LinkOutcome =
  | { readonly kind: "linked"; readonly at: string }
  /** The package was installed in the run's folder by its user. */
  | { readonly kind: "installed"; readonly at: string }
  /** The folder could not be written; `automl run` works all the same. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Makes `glassbox-automl` resolvable from a run's folder for editors, tsc and `npx tsx`, and `npx automl` run in it, by
 * links in the run's own `node_modules`. Never throws: a run is worth more than the types in an editor.
 */
export function linkPackage(runDirectory: string): LinkOutcome {
  const modules = join(resolve(runDirectory), "node_modules");
  const at = join(modules, packageName);
  try {
    if (existsSync(at) && !isLink(at)) return { kind: "installed", at };
    replaceLink(at, packageDirectory().replace(/[\\/]$/, ""));
    linkCommand(modules, "automl", compiledFile("cli/main"));
    // What `npx tsx` runs here without fetching it: scripts run with the one that this package runs them with.
    linkCommand(modules, "tsx", fileURLToPath(import.meta.resolve("tsx/cli")));
    return { kind: "linked", at };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What npm puts into `.bin` when it installs a package: a link, or a command file on Windows. */
function linkCommand(modules: string, name: string, main: string): void {
  const command = join(modules, ".bin", name);
  if (process.platform !== "win32") {
    replaceLink(command, main);
    return;
  }
  mkdirSync(dirname(command), { recursive: true });
  writeFileSync(`${command}.cmd`, `@node "${main}" %*\r\n`);
}

/** A link that is there is of an installation that may be gone. */
function replaceLink(at: string, target: string): void {
  if (isLink(at)) rmSync(at);
  mkdirSync(dirname(at), { recursive: true });
  // A junction needs no rights on Windows; elsewhere the type is ignored.
  symlinkSync(target, at, "junction");
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
