import type { Cost, Shape } from "../contract/family.ts";
import { batchRowsFor, mostPiecesFor, widthsOf } from "./network-size.ts";
import type { NeuralNetworkParams } from "./parameters.ts";
import { placeTraining } from "./training.ts";

/** As if every column had all its pieces: how many distinct values it has is not known before it is read. */
export function networkCost({ rows, columns }: Shape, params: NeuralNetworkParams): Cost {
  const pieces = mostPiecesFor(columns, params);
  const inputs = Math.max(1, columns) * (1 + (pieces > 1 ? pieces : 0));
  const { members, steps } = params;
  const widths = widthsOf(inputs, params);
  const batchRows = batchRowsFor(rows);
  const training = {
    ...params,
    shape: { widths, members },
    rows,
    batchRows,
    columnInputs: columns,
  };
  let [weights, values] = [0, 0];
  widths.forEach((width, l) => {
    values += width;
    if (l > 0) weights += width * widths[l - 1]!;
  });
  // 6 operations per weight and row, 33 per nanosecond; what is done once per value, and once per weight and step.
  const perRow = 0.18 * weights + 1.5 * values + 15;
  const perStep = batchRows * members * perRow + 1.2 * weights + 3000;
  return {
    units: 20_000 + steps * perStep + 6 * rows * inputs + 60 * rows * columns,
    bytes: placeTraining(training, 0).end + 8 * rows + 4 * members * rows,
  };
}
