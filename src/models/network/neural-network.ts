import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { networkCost } from "./cost.ts";
import { fitNetwork } from "./fit-network.ts";
import { networkSpace, type NeuralNetworkParams } from "./parameters.ts";

/**
 * A multilayer perceptron with the defaults of recent work on tables: inputs squashed instead of cut (Holzmüller et al.
 * 2024, RealMLP), columns bent in pieces (Gorishniy et al. 2022), members that share their layers (Gorishniy et al.
 * 2024, TabM-mini), Adam with decoupled decay. All of it in single precision on kernels of our own.
 */
export const neuralNetwork: Family<NeuralNetworkParams> = {
  name: "neuralNetwork",
  label: "neural network",
  summary:
    "Layers of weighted sums and bends, several networks averaged: good where the target bends smoothly in many columns at once.",
  needs: { missing: false, categories: "numbers" },
  steps: [],
  space: networkSpace,
  start: {
    width: 48,
    layers: 2,
    members: 4,
    pieces: 8,
    activation: "smooth",
    steps: 1500,
    learningRate: 0.01,
    weightDecay: 0.2,
    dropout: 0,
    seed: 1,
  },
  cost: networkCost,
  maxUnits: 600e9,
  fit(x, y, params, context) {
    return fitNetwork(x, y, checkParameters(neuralNetwork, params), () => context.checkpoint());
  },
};
