// Runs on `npm ci` and `npm pack` in a checkout, never where the package is installed. Without the development
// dependencies there is no compiler: then there is nothing to build.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";

const compiler = "node_modules/typescript/bin/tsc";
if (existsSync(compiler)) {
  // What was compiled from files that are gone must not be packed.
  rmSync("dist", { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.json"], {
    stdio: "inherit",
  });
  process.exit(status ?? 1);
}
