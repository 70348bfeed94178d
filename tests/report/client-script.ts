import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const folder = new URL("../../templates/report/client/", import.meta.url);

/** Source of one file of the page's script. */
export function clientSource(name: string): string {
  return readFileSync(new URL(`${name}.js`, folder), "utf8");
}

/** Loads files of the page's script outside a page and gives back some of what they declare. */
export function loadClient<T>(files: readonly string[], names: readonly string[]): T {
  const source = files.map(clientSource).join("\n");
  return runInThisContext(
    `(() => { "use strict";\n${source}\nreturn { ${names.join(", ")} }; })()`,
  ) as T;
}
