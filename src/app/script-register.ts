import { register } from "node:module";
import { register as registerTypeScript } from "tsx/esm/api";
import { compiledModule } from "./installation.ts";

/**
 * Makes this process able to import generated TypeScript scripts from any folder. Ours is registered last, hence asked
 * first. Calling it twice is harmless: the second time does nothing.
 */
export function registerScriptHooks(): void {
  if (registered) return;
  registered = true;
  // A tsconfig.json that happens to lie in the working directory is no part of a script.
  registerTypeScript({ tsconfig: false });
  register(compiledModule("app/script-hook"), {
    data: { entry: compiledModule("index").href },
  });
}

let registered = false;
