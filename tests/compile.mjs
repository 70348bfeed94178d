// Compiles the package into `dist/`: the WebAssembly kernels of the trees, then TypeScript.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const assembly = "src/models/tree/assembly";
const kernels = "dist/models/tree/kernels.wasm";

/** True when every step succeeded. */
export function compile() {
  if (!isCurrent() && !run("node_modules/assemblyscript/bin/asc.js", kernelArguments()))
    return false;
  if (!run("node_modules/typescript/bin/tsc", ["-p", "tsconfig.json"])) return false;
  // npm sets the mode of a command when it links it; a link that is there already is left alone.
  chmodSync(join(root, "dist/cli/main.js"), 0o755);
  return true;
}

function kernelArguments() {
  mkdirSync(join(root, "dist/models/tree"), { recursive: true });
  const memory = [
    "--importMemory",
    "--sharedMemory",
    "--initialMemory",
    "1",
    "--maximumMemory",
    "65536",
  ];
  return [
    join(assembly, "index.ts"),
    ...["--outFile", kernels, "--optimizeLevel", "3", "--shrinkLevel", "0"],
    ...[
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "--enable",
      "threads",
      "--use",
      "abort=",
    ],
    ...memory,
  ];
}

/** Compiling the kernels takes seconds, so it is done only when one of their sources is newer. */
function isCurrent() {
  if (!existsSync(join(root, kernels))) return false;
  const made = statSync(join(root, kernels)).mtimeMs;
  const sources = readdirSync(join(root, assembly)).map((name) => join(root, assembly, name));
  return [...sources, fileURLToPath(import.meta.url)].every(
    (file) => statSync(file).mtimeMs < made,
  );
}

function run(script, args) {
  return (
    spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" }).status === 0
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !compile())
  process.exitCode = 1;
