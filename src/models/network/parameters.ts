import type { SearchSpace } from "../contract/search-space.ts";

export interface NeuralNetworkParams {
  /** Units of each hidden layer, rounded up to a multiple of 8. */
  readonly width: number;
  readonly layers: number;
  /** Networks that share their layers and are averaged. */
  readonly members: number;
  /** Pieces between quantiles that a numeric column is bent in, at most; 0: columns as they are. */
  readonly pieces: number;
  /** "smooth": x (1 + x / sqrt(1 + x²)) / 2; "relu": max(x, 0). */
  readonly activation: "smooth" | "relu";
  /** Updates of the weights, each on a batch of 16 to 256 rows that grows with the table. */
  readonly steps: number;
  /** Peak of the step size, which rises at first and then falls to 0. */
  readonly learningRate: number;
  /** Share of a weight, times the learning rate, that each step takes off. */
  readonly weightDecay: number;
  /** Share of hidden values that are left out at random in each step. */
  readonly dropout: number;
  readonly seed: number;
}

export const networkSpace: SearchSpace<NeuralNetworkParams> = {
  width: {
    type: "number",
    meaning: "units per layer; more bends finer and takes longer",
    low: 32,
    high: 256,
    scale: "log",
    integer: true,
    default: 64,
    searched: true,
    limits: { low: 1, high: 2048 },
  },
  layers: {
    type: "number",
    meaning: "hidden layers; more combines columns more deeply",
    low: 1,
    high: 3,
    scale: "linear",
    integer: true,
    default: 2,
    searched: true,
    limits: { low: 1, high: 8 },
  },
  members: {
    type: "number",
    meaning: "networks that share their layers and are averaged; more is steadier and slower",
    low: 1,
    high: 32,
    scale: "log",
    integer: true,
    default: 8,
    searched: false,
    limits: { low: 1, high: 128 },
  },
  pieces: {
    type: "number",
    meaning: "straight pieces each numeric column is bent in; 0 takes columns as they are",
    low: 0,
    high: 32,
    scale: "linear",
    integer: true,
    default: 8,
    searched: true,
    limits: { low: 0, high: 256 },
  },
  activation: {
    type: "choice",
    meaning: "what a unit does to its sum: a smooth bend, or 0 below 0",
    choices: ["smooth", "relu"],
    default: "smooth",
    searched: true,
  },
  steps: {
    type: "number",
    meaning: "updates of the weights; more fits closer and takes longer",
    low: 1000,
    high: 12000,
    scale: "log",
    integer: true,
    default: 3000,
    searched: true,
    limits: { low: 1, high: 1e6 },
  },
  learningRate: {
    type: "number",
    meaning: "largest step size; more learns faster and less evenly",
    low: 0.002,
    high: 0.04,
    scale: "log",
    integer: false,
    default: 0.01,
    searched: true,
    limits: { low: 1e-6, high: 1 },
  },
  weightDecay: {
    type: "number",
    meaning: "pull of weights towards 0; more is smoother",
    low: 0.005,
    high: 1,
    scale: "log",
    integer: false,
    default: 0.2,
    searched: true,
    limits: { low: 0, high: 100 },
  },
  dropout: {
    type: "number",
    meaning: "share of hidden values left out at random while training; more is smoother",
    low: 0,
    high: 0.3,
    scale: "linear",
    integer: false,
    default: 0,
    searched: true,
    limits: { low: 0, high: 0.9 },
  },
};
