import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/**
 * A CommonJS package, loaded when it is first needed: what most scripts and commands never use must not slow their
 * start. Give its type: `lazyPackage<typeof MlMatrix>("ml-matrix")`.
 */
export function lazyPackage<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => (loaded ??= load(name) as T);
}
