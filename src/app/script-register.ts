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
  registerTypeScript();
  register(compiledModule("app/script-hook"), {
    data: { entry: compiledModule("index").href },
  });
}

let registered = false;
