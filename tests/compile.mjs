// Compiles the package into `dist/`: the WebAssembly kernels of models, then TypeScript.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Folders of src/models/ with kernels in `assembly/`; `shared`: several threads work in their memory. */
const modules = [
  { folder: "tree", shared: true },
  { folder: "dense", shared: false },
  { folder: "network", shared: false },
];

/** True when every step succeeded. */
export function compile() {
  if (!modules.every((module) => isCurrent(module) || compileKernels(module))) return false;
  if (!run("node_modules/typescript/bin/tsc", ["-p", "tsconfig.json"])) return false;
  // npm sets the mode of a command when it links it; a link that is there already is left alone.
  chmodSync(join(root, "dist/cli/main.js"), 0o755);
  return true;
}

function compileKernels({ folder, shared }) {
  mkdirSync(join(root, "dist/models", folder), { recursive: true });
  const options = ["--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--runtime", "stub"];
  const memory = ["--importMemory", "--initialMemory", "1", "--maximumMemory", "65536"];
  return run("node_modules/assemblyscript/bin/asc.js", [
    join(sourcesOf(folder), "index.ts"),
    ...["--outFile", kernelsOf(folder), ...options, "--enable", "simd", "--use", "abort="],
    ...memory,
    ...(shared ? ["--sharedMemory", "--enable", "threads"] : []),
  ]);
}

/** Compiling the kernels takes seconds, so it is done only when one of their sources is newer. */
function isCurrent({ folder }) {
  const kernels = join(root, kernelsOf(folder));
  if (!existsSync(kernels)) return false;
  const made = statSync(kernels).mtimeMs;
  const assembly = join(root, sourcesOf(folder));
  const sources = readdirSync(assembly).map((name) => join(assembly, name));
  return [...sources, fileURLToPath(import.meta.url)].every(
    (file) => statSync(file).mtimeMs < made,
  );
}

function sourcesOf(folder) {
  return `src/models/${folder}/assembly`;
}

function kernelsOf(folder) {
  return `dist/models/${folder}/kernels.wasm`;
}

function run(script, args) {
  return (
    spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" }).status === 0
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !compile())
  process.exitCode = 1;
