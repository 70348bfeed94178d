import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Compiles scripts against the package's sources, with everything strict, and gives the compiler's complaints file by
 * file. One run of the compiler for all of them, because most of its time goes into the package.
 */
export function typeErrors(scripts: Readonly<Record<string, string>>): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), "automl-types-"));
  try {
    mkdirSync(join(folder, "scripts"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(join(folder, "scripts", `${name}.ts`), script);
    }
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { stdout } = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    return errorsByFile(stdout, Object.keys(scripts));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const configuration = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    paths: { "glassbox-automl": [join(root, "src/index.ts")] },
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["scripts"],
};

function errorsByFile(output: string, names: readonly string[]): Record<string, string[]> {
  const errors: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]));
  for (const line of output.split("\n")) {
    const [, name, message] = /^scripts\/(.+)\.ts(\(.*)$/.exec(line) ?? [];
    if (name !== undefined && message !== undefined) errors[name]?.push(message);
  }
  return errors;
}
