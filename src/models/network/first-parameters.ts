import type { Random } from "../../core/random.ts";
import type { Parameters } from "./layout.ts";
import type { Training } from "./training.ts";

/**
 * Draws the numbers training begins with; gradients and their means begin at 0. Gates are 1 or -1 (Gorishniy et al.
 * 2024, TabM). Weights keep the variance of what passes through (He et al. 2015), those of pieces are 0: the network
 * begins with columns as they are and bends them as far as that pays.
 */
export function drawParameters(
  { shape, columnInputs }: Training,
  { gates, layers, heads, bytes }: Parameters,
  random: Random,
  floats: Float32Array,
): void {
  floats.fill(0, gates / 4, gates / 4 + bytes);
  const { widths, members } = shape;
  for (let i = 0; i < members * widths[0]!; i++)
    floats[gates / 4 + i] = members > 1 && random.next() < 0.5 ? -1 : 1;
  layers.forEach(({ inputs, outputs, weights, biases }, l) => {
    const used = l === 0 ? columnInputs : inputs;
    const deviation = Math.sqrt(2 / used);
    const bound = 1 / Math.sqrt(used);
    for (let j = 0; j < outputs; j++) {
      const at = weights / 4 + (j >> 3) * inputs * 8 + (j & 7);
      for (let i = 0; i < used; i++) floats[at + 8 * i] = deviation * random.normal();
      floats[biases / 4 + j] = bound * (2 * random.next() - 1);
    }
  });
  const last = widths.at(-1)!;
  for (let i = 0; i < members * last; i++)
    floats[heads / 4 + i] = random.normal() / Math.sqrt(last);
}
