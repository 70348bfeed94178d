// Runs on `npm ci` and `npm pack` in a checkout, never where the package is installed. Without the development
// dependencies there is no compiler: then there is nothing to build.
import { existsSync, rmSync } from "node:fs";
import { compile } from "./compile.mjs";

if (existsSync("node_modules/typescript/bin/tsc")) {
  // What was compiled from files that are gone must not be packed.
  rmSync("dist", { recursive: true, force: true });
  if (!compile()) process.exitCode = 1;
}
