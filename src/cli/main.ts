#!/usr/bin/env node
import { createCli } from "./create-cli.ts";
import { runCli } from "./program.ts";

const cli = createCli();
void runCli(process.argv.slice(2), cli).then((exitCode) => {
  // Exits only when everything is written: a pipe may be slower than we are.
  process.exitCode = exitCode;
  process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
});
