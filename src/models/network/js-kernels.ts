import type { NetworkKernels } from "./kernels.ts";

const { fround, sqrt } = Math;

/**
 * The kernels in TypeScript: each operation rounded to single precision and in the same order, so the same bits. They
 * stand in where there is no WebAssembly with SIMD, and are what the others are tested against.
 */
export function jsKernels(floats: Float32Array, words: Int32Array): NetworkKernels {
  return {
    ...products(floats),
    ...layers(floats, words),
    ...heads(floats, words),
    ...optimizers(floats),
  };
}

function products(f: Float32Array): Pick<NetworkKernels, "product" | "toPanels" | "transpose"> {
  return {
    product(a, aRow, aStep, b, c, cRow, cPanel, rows, columns, inner, start) {
      const step = aStep >> 2;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let from = (a + row * aRow) >> 2;
          let at = (b >> 2) + (column >> 3) * inner * 8 + (column & 7);
          let sum = start === 0 ? 0 : f[(start >> 2) + column]!;
          for (let k = 0; k < inner; k++) {
            sum = fround(sum + fround(f[from]! * f[at]!));
            from += step;
            at += 8;
          }
          f[((c + row * cRow + (column >> 3) * cPanel) >> 2) + (column & 7)] = sum;
        }
      }
    },
    toPanels(from, rows, columns, to) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const at = (to >> 2) + ((column >> 3) * rows + row) * 8 + (column & 7);
          f[at] = f[(from >> 2) + row * columns + column]!;
        }
      }
    },
    transpose(from, rows, columns, to) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const at = (from >> 2) + ((column >> 3) * rows + row) * 8 + (column & 7);
          f[(to >> 2) + ((row >> 3) * columns + column) * 8 + (row & 7)] = f[at]!;
        }
      }
    },
  };
}

type LayerKernel =
  | "activateSmooth"
  | "activateRelu"
  | "drop"
  | "multiply"
  | "columnSums"
  | "gather"
  | "gateGradient";

function layers(f: Float32Array, words: Int32Array): Pick<NetworkKernels, LayerKernel> {
  return {
    ...activations(f),
    ...batches(f, words),
    drop(z, slope, count, threshold, scale, state) {
      const factor = fround(scale);
      for (let lane = 0; lane < 4; lane++) {
        let word = words[(state >> 2) + lane]!;
        for (let i = lane; i < count; i += 4) {
          word ^= word << 13;
          word ^= word >>> 17;
          word ^= word << 5;
          const kept = word >= threshold ? factor : 0;
          f[(z >> 2) + i]! *= kept;
          f[(slope >> 2) + i]! *= kept;
        }
        words[(state >> 2) + lane] = word;
      }
    },
    multiply(a, b, count) {
      for (let i = 0; i < count; i++) f[(a >> 2) + i]! *= f[(b >> 2) + i]!;
    },
    columnSums(from, rows, columns, out) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let row = 0; row < rows; row++)
          sum = fround(sum + f[(from >> 2) + row * columns + column]!);
        f[(out >> 2) + column] = sum;
      }
    },
  };
}

function activations(f: Float32Array): Pick<NetworkKernels, "activateSmooth" | "activateRelu"> {
  return {
    activateSmooth(z, slope, count) {
      for (let i = 0; i < count; i++) {
        const x = f[(z >> 2) + i]!;
        const r = fround(1 / fround(sqrt(fround(1 + fround(x * x)))));
        const t = fround(fround(x * r) * 0.5);
        const gate = fround(0.5 + t);
        f[(z >> 2) + i] = fround(x * gate);
        if (slope !== 0) f[(slope >> 2) + i] = fround(gate + fround(t * fround(r * r)));
      }
    },
    activateRelu(z, slope, count) {
      for (let i = 0; i < count; i++) {
        const positive = f[(z >> 2) + i]! > 0;
        if (!positive) f[(z >> 2) + i] = 0;
        if (slope !== 0) f[(slope >> 2) + i] = positive ? 1 : 0;
      }
    },
  };
}

function batches(
  f: Float32Array,
  words: Int32Array,
): Pick<NetworkKernels, "gather" | "gateGradient"> {
  return {
    gather(inputs, index, rows, columns, gates, out) {
      for (let row = 0; row < rows; row++) {
        const r = words[(index >> 2) + row]!;
        const to = (out >> 2) + row * columns;
        if (r < 0) f.fill(0, to, to + columns);
        else {
          const from = (inputs >> 2) + r * columns;
          for (let c = 0; c < columns; c++) f[to + c] = f[from + c]! * f[(gates >> 2) + c]!;
        }
      }
    },
    gateGradient(inputs, index, rows, columns, delta, out) {
      f.fill(0, out >> 2, (out >> 2) + columns);
      for (let row = 0; row < rows; row++) {
        const r = words[(index >> 2) + row]!;
        if (r < 0) continue;
        const from = (inputs >> 2) + r * columns;
        const at = (delta >> 2) + row * columns;
        for (let c = 0; c < columns; c++) f[(out >> 2) + c]! += fround(f[at + c]! * f[from + c]!);
      }
    },
  };
}

function heads(
  f: Float32Array,
  words: Int32Array,
): Pick<NetworkKernels, "answers" | "headGradient"> {
  return {
    answers(h, rows, columns, weights, bias, out) {
      const lanes = new Float32Array(4);
      for (let row = 0; row < rows; row++) {
        lanes.fill(0);
        const at = (h >> 2) + row * columns;
        for (let c = 0; c < columns; c++)
          lanes[c & 3]! += fround(f[at + c]! * f[(weights >> 2) + c]!);
        const left = fround(lanes[0]! + lanes[1]!);
        const right = fround(lanes[2]! + lanes[3]!);
        f[(out >> 2) + row] = f[bias >> 2]! + fround(left + right);
      }
    },
    headGradient(
      h,
      rows,
      columns,
      weights,
      answer,
      index,
      targets,
      scale,
      gradient,
      biasGradient,
      delta,
    ) {
      f.fill(0, gradient >> 2, (gradient >> 2) + columns);
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const r = words[(index >> 2) + row]!;
        const error = r < 0 ? 0 : fround(f[(answer >> 2) + row]! - f[(targets >> 2) + r]!);
        const g = fround(error * fround(scale));
        total = fround(total + g);
        const at = row * columns;
        for (let c = 0; c < columns; c++) {
          f[(gradient >> 2) + c]! += fround(g * f[(h >> 2) + at + c]!);
          f[(delta >> 2) + at + c] = g * f[(weights >> 2) + c]!;
        }
      }
      f[biasGradient >> 2] = total;
    },
  };
}

function optimizers(f: Float32Array): Pick<NetworkKernels, "adam"> {
  return {
    adam(w, gradient, m, v, count, rate, keep, beta1, beta2, correction) {
      const [old1, old2] = [fround(beta1), fround(beta2)];
      const [new1, new2] = [fround(1 - old1), fround(1 - old2)];
      const [step, kept, whole, epsilon] = [rate, keep, correction, 1e-8].map(fround) as [
        number,
        number,
        number,
        number,
      ];
      for (let i = 0; i < count; i++) {
        const g = f[(gradient >> 2) + i]!;
        const mean = fround(fround(old1 * f[(m >> 2) + i]!) + fround(new1 * g));
        const square = fround(fround(old2 * f[(v >> 2) + i]!) + fround(new2 * fround(g * g)));
        f[(m >> 2) + i] = mean;
        f[(v >> 2) + i] = square;
        const length = fround(fround(sqrt(fround(whole * square))) + epsilon);
        const move = fround(fround(step * mean) / length);
        f[(w >> 2) + i] = fround(kept * f[(w >> 2) + i]!) - move;
      }
    },
  };
}
