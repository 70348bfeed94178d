import type { Cost, Shape } from "../contract/family.ts";
import { stagesFor } from "./find-hyper-parameters.ts";
import { likelihoodRoom } from "./marginal-likelihood.ts";
import {
  conjugateRows,
  exactRows,
  inducingPoints,
  preconditionPoints,
  solveRoom,
} from "./solve.ts";

/** Beyond it a family of kernels refuses: about two minutes. */
export const mostUnits = 1.2e11;

/** Products of conjugate gradients, as a rule. */
const products = 30;

/** Fitted to measured times; a flop of the blocked products takes about 0.1 units. */
export function gaussianProcessCost(
  shape: Shape,
  params: { readonly kernel: string; readonly trend: string },
): Cost {
  const { rows, columns } = shape;
  let units = 0;
  let room = 0;
  for (const [i, { rows: drawn, evaluations }] of stagesFor(rows).entries()) {
    const square = drawn * drawn;
    const line = params.trend === "linear" ? 1 : 0;
    // Most climbs end before their evaluations do.
    const times = 0.5 * evaluations * (i === 0 && params.kernel === "auto" ? 3 : 1);
    units += times * (0.08 * square * drawn + square * (8 + line + 0.4 * columns));
    room = Math.max(room, likelihoodRoom(drawn, columns));
  }
  const solved = solveCost(shape);
  return { units: units + solved.units, bytes: Math.max(8 * room, solved.bytes) };
}

/** Cost of `solve`, and of predicting a quarter as many rows. */
export function solveCost({ rows, columns }: Shape): Cost {
  const points = rows > conjugateRows ? inducingPoints : rows;
  const perCell = 4 + 0.6 * columns;
  const base = 20_000 + 100 * rows * columns;
  const predict = (rows / 4) * points * perCell;
  const bytes = 8 * (solveRoom(rows, columns) + 2 * points * columns + 4 * rows * (columns + 1));
  if (rows <= exactRows) {
    return { units: base + predict + rows ** 3 / 30 + (rows * rows * perCell) / 2, bytes };
  }
  if (rows <= conjugateRows) {
    const low = rows * preconditionPoints * (2 * products + 0.2 * preconditionPoints + perCell);
    const square = rows * rows * (perCell / 2 + 0.5 * products);
    return { units: base + predict + low + square, bytes };
  }
  const inducing = rows * inducingPoints * (0.09 * inducingPoints + perCell);
  return { units: base + predict + inducing, bytes };
}
