import type { Matrix } from "../../core/matrix.ts";
import type { Family } from "../contract/family.ts";
import { checkParameters } from "../parameters.ts";
import { copyRows } from "../predict/row-block.ts";

export interface NearestNeighborsParams {
  /** How many training rows a prediction is the mean of; all of them when there are fewer. More is smoother. */
  readonly neighbors: number;
  /** "uniform": all count alike; "distance": weighted by 1 / distance. */
  readonly weighting: "uniform" | "distance";
  /** 1: distance is the sum of absolute differences; 2: the straight line. */
  readonly power: 1 | 2;
}

/** Fitting keeps the rows; all work is in prediction, so the cost is that of predicting a quarter as many rows. */
export const nearestNeighbors: Family<NearestNeighborsParams> = {
  name: "nearestNeighbors",
  label: "nearest neighbours",
  summary:
    "Mean target of the most similar training rows: no formula at all, good in few columns, slow on many rows.",
  needs: { missing: false, categories: "numbers" },
  steps: [{ kind: "standardize" }],
  space: {
    neighbors: {
      type: "number",
      meaning: "training rows averaged per prediction; more is smoother",
      low: 1,
      high: 200,
      scale: "log",
      integer: true,
      default: 10,
      searched: true,
      limits: { low: 1, high: 1e6 },
    },
    weighting: {
      type: "choice",
      meaning: "whether nearer rows count more",
      choices: ["uniform", "distance"],
      default: "distance",
      searched: true,
    },
    power: {
      type: "choice",
      meaning: "1 adds up absolute differences, 2 is the straight line",
      choices: [1, 2],
      default: 2,
      searched: true,
    },
  },
  start: { neighbors: 10, weighting: "distance", power: 2 },
  cost: ({ rows, columns }, { neighbors }) => {
    // Rows whose distance is measured per query: the index saves most of them in few columns, none in many.
    const measured = Math.min(rows, (5 * neighbors + 50) * Math.exp(0.5 * columns));
    return {
      units: 2000 + (rows / 4) * (measured * (columns + 2) + 20 * neighbors) + 100 * rows * columns,
      bytes: 8 * (2 * rows * columns + rows) + 12 * rows,
    };
  },
  fit(x, y, params) {
    const { neighbors, weighting, power } = checkParameters(nearestNeighbors, params);
    return {
      kind: "neighbors",
      version: 1,
      neighbors: Math.min(neighbors, x.rows),
      weighting,
      power,
      points: rowsOf(x),
      columns: x.columns,
      targets: Float64Array.from(y),
    };
  },
};

function rowsOf(x: Matrix): Float64Array {
  const points = new Float64Array(x.rows * x.columns);
  copyRows(x, 0, x.rows, points);
  return points;
}
