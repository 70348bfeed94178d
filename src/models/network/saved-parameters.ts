import type { NetworkStructure } from "../contract/structure.ts";
import type { Parameters } from "./layout.ts";

type Saved = Pick<NetworkStructure, "gates" | "weights" | "biases" | "heads" | "headBiases">;

/** Copies the trained numbers of a structure to where the kernels find them. */
export function writeParameters(saved: Saved, parameters: Parameters, floats: Float32Array): void {
  floats.set(saved.gates, parameters.gates / 4);
  let [weight, bias] = [0, 0];
  for (const { inputs, outputs, weights, biases } of parameters.layers) {
    floats.set(saved.weights.subarray(weight, weight + inputs * outputs), weights / 4);
    floats.set(saved.biases.subarray(bias, bias + outputs), biases / 4);
    weight += inputs * outputs;
    bias += outputs;
  }
  floats.set(saved.heads, parameters.heads / 4);
  floats.set(saved.headBiases, parameters.headBiases / 4);
}

/** Copies trained numbers out of the kernels' memory. */
export function readParameters(
  { gates, layers, heads, headBiases }: Parameters,
  floats: Float32Array,
  { widths, members }: { readonly widths: readonly number[]; readonly members: number },
): Saved {
  const read = (at: number, count: number): Float32Array =>
    Float32Array.from(floats.subarray(at / 4, at / 4 + count));
  const weights = layers.map((layer) => read(layer.weights, layer.inputs * layer.outputs));
  const biases = layers.map((layer) => read(layer.biases, layer.outputs));
  return {
    gates: read(gates, members * widths[0]!),
    weights: joined(weights),
    biases: joined(biases),
    heads: read(heads, members * widths.at(-1)!),
    headBiases: read(headBiases, members),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
