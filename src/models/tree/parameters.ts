import type { OptionalNumber } from "../contract/search-space.ts";

export const maxDepthOption: OptionalNumber = {
  type: "number",
  meaning: "splits from root to leaf at most",
  low: 1,
  high: 1e6,
  integer: true,
  default: null,
};

/** Leaves that a tree of so many levels of splits may have at most. */
export function leavesWithin(maxDepth: number): number {
  return maxDepth < 31 ? 1 << maxDepth : Infinity;
}
