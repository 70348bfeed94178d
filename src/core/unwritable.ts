import { AutomlError } from "./errors.ts";

/** What the system's codes mean for somebody who wants a file written. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "there is no right to write there",
  EPERM: "there is no right to write there",
  EROFS: "that place is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  ENOTDIR: "a file stands where a folder is needed",
  EEXIST: "a file stands where a folder is needed",
  EISDIR: "it is a folder",
  ENOENT: "no folder can be made there",
  ENAMETOOLONG: "the name is too long",
};

/** AUTOML_OUTPUT_UNWRITABLE for a path, with the system's reason in words. */
export function unwritable(path: string, cause: unknown): AutomlError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  const reason = reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new AutomlError("AUTOML_OUTPUT_UNWRITABLE", `${path} cannot be written: ${reason}.`, {
    hint: "Name another place with --out, or make room and get the right to write there.",
    details: { path },
    cause,
  });
}
