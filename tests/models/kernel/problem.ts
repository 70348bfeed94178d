import { matrixOf } from "../problems.ts";

/** Twelve rows that numpy was given too. */
export const rows = [
  [0, 1.5],
  [1.98, -1],
  [-0.51, -0.17],
  [-1.85, 1.22],
  [0.99, -1.46],
  [1.6, 0.72],
  [-1.4, 0.5],
  [-1.24, -1.39],
  [1.72, 1.35],
  [0.79, -0.41],
  [-1.92, -0.8],
  [-0.3, 1.48],
] as const;

export const target = Float64Array.from([
  1.125, -0.23, -0.838, 1.274, 1.983, 0.201, -0.21, 0.352, 0.617, 1.084, 0.963, 0.531,
]);

export const queries = matrixOf([
  [0, 0],
  [1, -1],
  [-2, 0.5],
  [5, 5],
]);
