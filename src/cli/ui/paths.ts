import { isAbsolute, relative } from "node:path";

/** The last part of a path, whichever way its slashes go. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== "") ?? path;
}

/** The path as a user in `directory` would type it: relative when it lies inside, with forward slashes. */
export function shortPath(path: string, directory: string): string {
  const short = relative(directory, path);
  const inside = short !== "" && !short.startsWith("..") && !isAbsolute(short);
  return (inside ? short : path).replaceAll("\\", "/");
}
