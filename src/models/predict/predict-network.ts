import type { Matrix } from "../../core/matrix.ts";
import type { NetworkStructure } from "../contract/structure.ts";
import { writeParameters } from "../network/saved-parameters.ts";
import { type NetworkShape, Room, takeParameters, takePassage } from "../network/layout.ts";
import { passForward } from "../network/pass-forward.ts";
import { withWorkspace } from "../network/workspace.ts";
import { writeInputs } from "./network-inputs.ts";
import { requireColumns } from "./require-columns.ts";

/** Rows that pass through the layers at once, times members. */
const blockRows = 256;

/**
 * base + scale x the mean answer of the members, added up in their order. Each row passes through the network by
 * itself, so its bits do not depend on the rows beside it. O(rows x members x weights).
 */
export function predictNetwork(structure: NetworkStructure, x: Matrix): Float64Array {
  requireColumns(x, structure.divisors.length);
  const { activation, base, scale, members } = structure;
  const shape = { widths: [...structure.widths], members };
  const width = shape.widths[0]!;
  const most = Math.max(1, Math.min(x.rows, Math.floor(blockRows / members)));
  const out = new Float64Array(x.rows);
  withWorkspace(placePrediction(shape, most, 0).end, (workspace) => {
    const { floats, words, start } = workspace;
    const { parameters, passage, inputs, index } = placePrediction(shape, most, start);
    writeParameters(structure, parameters, floats);
    for (let i = 0; i < most; i++) words[index / 4 + i] = i;
    const indices = Array.from({ length: members }, () => index);
    const block = floats.subarray(inputs / 4, inputs / 4 + most * width).fill(0);
    for (let from = 0; from < x.rows; from += most) {
      const count = Math.min(most, x.rows - from);
      writeInputs(structure, x, from, count, block, width);
      const rows = evenRows(count * members);
      const batch = { inputs, indices, count };
      passForward(workspace, shape, parameters, { ...passage, rows }, batch, activation);
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let m = 0; m < members; m++) sum += floats[passage.answers / 4 + m * count + i]!;
        out[from + i] = base + scale * (sum / members);
      }
    }
  });
  return out;
}

/** Lays out the memory of a prediction of so many rows at once, from `start` on. */
function placePrediction(shape: NetworkShape, rows: number, start: number) {
  const room = new Room(start);
  const parameters = takeParameters(shape, room);
  const passage = takePassage(shape, evenRows(rows * shape.members), room);
  const inputs = room.take(rows * shape.widths[0]!);
  const index = room.take(rows);
  return { parameters, passage, inputs, index, end: room.top };
}

/** The products take rows by fours. */
function evenRows(rows: number): number {
  return Math.ceil(rows / 4) * 4;
}
