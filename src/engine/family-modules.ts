import { AutomlError } from "../core/errors.ts";
import type { Family } from "../models/contract/family.ts";
import { registerFamily } from "../models/registry.ts";

/**
 * Adds the families that the modules export as `families` to the registry of this thread: model families of one's own
 * race with the built-in ones. Each module is imported in every worker.
 */
export async function loadFamilyModules(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const { families } = (await import(url)) as { readonly families?: readonly Family[] };
    if (families === undefined || typeof families[Symbol.iterator] !== "function") {
      throw new AutomlError(
        "AUTOML_OPTION_INVALID",
        `${url} does not export an array named "families".`,
      );
    }
    for (const family of families) registerFamily(family);
  }
}
