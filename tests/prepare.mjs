// Runs on `npm ci`. Without the development dependencies there is no compiler: then there is nothing to build,
// because an installed package already holds its compiled files.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const compiler = "node_modules/typescript/bin/tsc";
if (existsSync(compiler)) {
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.json"], { stdio: "inherit" });
  process.exit(status ?? 1);
}
