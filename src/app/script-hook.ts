import type { InitializeHook, ResolveHook } from "node:module";

/**
 * Module hooks for generated scripts, loaded in Node's loader thread. They resolve `glassbox-automl` to this very
 * installation, so that a script runs in a folder that has no node_modules, and take every TypeScript file for a
 * module, so that the folder needs no package.json either.
 */

const packageName = "glassbox-automl";
let entry: string | undefined;

export const initialize: InitializeHook<{ entry: string }> = (data) => {
  entry = data.entry;
};

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (specifier === packageName && entry !== undefined) {
    return { url: entry, format: "module", shortCircuit: true };
  }
  const resolved = await nextResolve(specifier, context);
  const isScript = /^file:.*\.ts(?:$|[?#])/.test(resolved.url);
  return isScript ? { ...resolved, format: "module" } : resolved;
};
