import { createHuberLoss } from "./huber.ts";
import type { Loss } from "./loss.ts";
import { poissonLoss } from "./poisson.ts";
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
      return poissonLoss;
  }
}
