// Runs on `npm ci` and `npm pack` in a checkout, never where the package is installed. Without the development
// dependencies there is no compiler: then there is nothing to build.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, rmSync } from "node:fs";

const compiler = "node_modules/typescript/bin/tsc";
if (existsSync(compiler)) {
  // What was compiled from files that are gone must not be packed.
  rmSync("dist", { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.json"], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
  // npm sets the mode of a command when it links it; a link that is there already is left alone.
  chmodSync("dist/cli/main.js", 0o755);
}
