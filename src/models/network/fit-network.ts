import { AutomlError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { ConstantStructure, NetworkStructure } from "../contract/structure.ts";
import { centreTarget } from "../linear/centred-target.ts";
import { countInputs, writeInputs } from "../predict/network-inputs.ts";
import { fitInputs } from "./fit-inputs.ts";
import { batchRowsFor, mostPiecesFor, widthsOf } from "./network-size.ts";
import type { NeuralNetworkParams } from "./parameters.ts";
import { readParameters } from "./saved-parameters.ts";
import { placeTraining, type Training } from "./training.ts";
import { trainNetwork } from "./train-network.ts";
import { withWorkspace } from "./workspace.ts";

/** Fits inputs, target and network. A constant target, or no column that varies, gives the mean. */
export function fitNetwork(
  x: Matrix,
  y: Float64Array,
  params: NeuralNetworkParams,
  checkpoint: () => void,
): ConstantStructure | NetworkStructure {
  const target = centreTarget(y);
  const inputs = fitInputs(x, mostPiecesFor(x.columns, params));
  const count = countInputs(inputs);
  if (count === 0 || target.deviation === 0)
    return { kind: "constant", version: 1, value: target.mean };
  const { activation, members } = params;
  const shape = { widths: widthsOf(count, params), members };
  const columnInputs = inputs.divisors.reduce((used, divisor) => used + Number(divisor !== 0), 0);
  const batchRows = batchRowsFor(x.rows);
  const training: Training = { ...params, shape, rows: x.rows, columnInputs, batchRows };
  return withWorkspace(placeTraining(training, 0).end, (workspace) => {
    const { floats, start } = workspace;
    const place = placeTraining(training, start);
    const width = shape.widths[0]!;
    const first = place.inputs / 4;
    const rows = floats.subarray(first, first + x.rows * width).fill(0);
    writeInputs(inputs, x, 0, x.rows, rows, width);
    for (let r = 0; r < x.rows; r++)
      floats[place.targets / 4 + r] = target.values[r]! / target.deviation;
    trainNetwork(workspace, training, place, checkpoint);
    const trained = readParameters(place.parameters, floats, shape);
    requireFinite(trained, params);
    return {
      kind: "network",
      version: 1,
      activation,
      // Adding 0 turns -0, which JSON cannot hold, into 0.
      base: target.mean + 0,
      scale: target.deviation,
      members,
      widths: Int32Array.from(shape.widths),
      ...inputs,
      ...trained,
    };
  });
}

function requireFinite(trained: object, { learningRate }: NeuralNetworkParams): void {
  const arrays = Object.values(trained) as Float32Array[];
  if (arrays.every((numbers) => numbers.every(Number.isFinite))) return;
  throw new AutomlError("AUTOML_MODEL_NOT_FINITE", "The network's weights grew without bounds.", {
    hint: "Lower learningRate.",
    details: { learningRate },
  });
}
