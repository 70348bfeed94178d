import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Where this package's compiled files lie. Child processes and editors need JavaScript, also when the tests run the
 * package from its TypeScript sources: `src/…/x.ts` becomes `dist/…/x.js`.
 */

const root = new URL("../../", import.meta.url);

/** Folder of the package, with a slash at the end. */
export function packageDirectory(): string {
  return fileURLToPath(root);
}

/** URL of a compiled module, named by its path under `src/` without an extension. */
export function compiledModule(name: string): URL {
  return new URL(`dist/${name}.js`, root);
}

/** File path of a compiled module. */
export function compiledFile(name: string): string {
  return fileURLToPath(compiledModule(name));
}

/** URL of a file path, for `import()`. */
export function fileUrl(path: string): string {
  return pathToFileURL(path).href;
}

/** Version of this package. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
    version: string;
  };
  return version;
}
