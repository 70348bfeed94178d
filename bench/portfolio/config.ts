import { existsSync, readFileSync } from "node:fs";
import type { PreparationName } from "../../src/search/preparations.ts";

/** One configuration, the same on every set. Its parameters leave out the seed and what early stopping finds. */
export interface Config {
  /** "gradientBoosting-017"; "-start" and "-default" are the family's own, "hand-03" is of the hand-made list. */
  readonly id: string;
  readonly family: string;
  readonly preparation: PreparationName;
  /** "suggested": the transform that the target's shape suggests; none where it suggests none. */
  readonly transform: "none" | "suggested";
  readonly params: Readonly<Record<string, unknown>>;
}

/** A line of `src/search/portfolio.json`. */
export type PortfolioEntry = Omit<Config, "id">;

/** One JSON value per line; nothing when there is no such file. A line that a crash tore is passed over. */
export function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap(parse<T>);
}

function parse<T>(line: string): T[] {
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}
