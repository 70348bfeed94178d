import type { TargetTraits } from "../../contract/search-space.ts";
import { createHuberLoss } from "./huber.ts";
import type { Loss } from "./loss.ts";
import { createPoissonLoss } from "./poisson.ts";
import { createSquaredLoss } from "./squared.ts";
import { absoluteLoss, quantileLoss } from "./tilted.ts";

export type LossName = "squared" | "absolute" | "huber" | "quantile" | "poisson";

export const lossNames: readonly LossName[] = [
  "squared",
  "absolute",
  "huber",
  "quantile",
  "poisson",
];

/**
 * What a search may choose among. For squared errors Poisson's loss is the one other that pays, and it does so for every
 * target with a long right tail, not for counts alone; absolute and relative errors are also minimised directly.
 */
export function suitedLosses({ metric, logLink }: TargetTraits): readonly LossName[] {
  const isAbsolute = metric === "mae" || metric === "medae" || metric === "mape";
  return [
    "squared",
    ...(isAbsolute ? (["absolute"] as const) : []),
    ...(logLink ? (["poisson"] as const) : []),
  ];
}

/** A loss for one fit. `quantile` is what the loss of that name aims at. */
export function createLoss(name: LossName, quantile: number): Loss {
  switch (name) {
    case "squared":
      return createSquaredLoss();
    case "absolute":
      return absoluteLoss;
    case "huber":
      return createHuberLoss();
    case "quantile":
      return quantileLoss(quantile);
    case "poisson":
      return createPoissonLoss();
  }
}
