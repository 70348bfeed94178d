import type { NumberParameter } from "../contract/search-space.ts";

export const treesRange: NumberParameter = {
  type: "number",
  meaning: "trees averaged; more is steadier, slower and never worse",
  low: 32,
  high: 512,
  limits: { low: 1, high: 1e6 },
  scale: "log",
  integer: true,
  default: 300,
  searched: true,
};

/** Each forest has a default of its own. */
export const maxFeaturesRange: NumberParameter = {
  type: "number",
  meaning: "share of columns drawn at each split; fewer makes trees differ more",
  low: 0.1,
  high: 1,
  limits: { low: 1e-9, high: 1 },
  scale: "linear",
  integer: false,
  default: 1,
  searched: true,
};

export const minSamplesLeafRange: NumberParameter = {
  type: "number",
  meaning: "rows a leaf must hold; more is smoother and smaller",
  low: 1,
  high: 64,
  limits: { low: 1, high: 1e9 },
  scale: "log",
  integer: true,
  default: 1,
  searched: true,
};
