import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AutomlError } from "../core/errors.ts";

/**
 * Refuses, before anything is read or fitted, a file for predictions that would take the place of what they are made
 * from (AUTOML_OUTPUT_EXISTS), and one that cannot be written because it is a folder or its folder is not there
 * (AUTOML_OUTPUT_UNWRITABLE): a folder made for a mistyped path would hide the mistake.
 */
export function requireOutput(out: string, sources: readonly string[]): void {
  const real = realPath(out);
  if (real !== undefined && statSync(real).isDirectory()) throw noFile(out, "it is a folder");
  if (real !== undefined && sources.some((source) => realPath(source) === real)) {
    throw new AutomlError(
      "AUTOML_OUTPUT_EXISTS",
      `${out} is what the predictions are made from: they would take its place.`,
      { hint: "Name another file with --out." },
    );
  }
  const folder = realPath(dirname(out));
  if (folder === undefined) throw noFile(out, `there is no folder ${dirname(out)}`);
  if (!statSync(folder).isDirectory()) throw noFile(out, `${dirname(out)} is not a folder`);
}

/** Behind all links, in the spelling of the disk; undefined when nothing is there. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

function noFile(out: string, why: string): AutomlError {
  return new AutomlError("AUTOML_OUTPUT_UNWRITABLE", `${out} cannot be written: ${why}.`, {
    hint: "Name a file in a folder that exists with --out.",
    details: { path: out },
  });
}
