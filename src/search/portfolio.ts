import { readFileSync } from "node:fs";
import type { PreparationName } from "./preparations.ts";
import type { Params } from "./sample-params.ts";

/** One configuration that has been strong on many tables. Parameters that it leaves out have their defaults. */
export interface PortfolioEntry {
  readonly family: string;
  readonly preparation: PreparationName;
  /** "none": the run's first target transform; "suggested": its second, or the first where there is no other. */
  readonly transform: "none" | "suggested";
  readonly params: Params;
}

/**
 * Strong configurations in the order in which they are best tried: each adds most to those before it, for what it
 * costs. Chosen offline (`bench/portfolio`), kept as JSON beside this file.
 */
export const portfolio: readonly PortfolioEntry[] = JSON.parse(
  readFileSync(new URL("./portfolio.json", import.meta.url), "utf8"),
) as PortfolioEntry[];
