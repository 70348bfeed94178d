import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import {
  factor,
  invertTransposed,
  solveBackward,
  solveForward,
  subtractOuter,
  type Square,
} from "../../../src/models/dense/cholesky.ts";
import { roomFor, type DenseRoom } from "../../../src/models/dense/dense-kernels.ts";
import { withDense } from "../../../src/models/dense/open-dense.ts";

/** A covariance with noise on its diagonal; rows lie `stride` apart. */
function place(room: DenseRoom, size: number, stride: number): Square {
  const at = room.take(size * stride);
  const { numbers } = room.kernels;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < stride; j++) numbers[at + i * stride + j] = entry(i, j);
  }
  return { at, size, stride };
}

function entry(i: number, j: number): number {
  return Math.exp(-Math.abs(i - j) / 20) + (i === j ? 0.1 : 0);
}

describe.each([1, 2, 15, 16, 17, 40, 150, 301])("a Cholesky factor of size %i", (size) => {
  const stride = size + 3;

  it("solves, and its inverse is the inverse of the matrix", () => {
    withDense(3 * roomFor(size * stride), (room) => {
      const { kernels } = room;
      const l = place(room, size, stride);
      expect(factor(kernels, l)).toBe(true);
      const random = new Random(size);
      const z = Float64Array.from({ length: size }, () => random.normal());
      const b = z.map((_, i) => z.reduce((sum, value, j) => sum + entry(i, j) * value, 0));
      solveForward(kernels, l, b);
      solveBackward(kernels, l, b);
      b.forEach((value, i) => expect(value).toBeCloseTo(z[i]!, 10));
      const upper: Square = { ...l, at: room.take(size * stride) };
      invertTransposed(kernels, upper, l);
      const inverse: Square = { ...l, at: room.take(size * stride) };
      kernels.numbers.fill(0, inverse.at, inverse.at + size * stride);
      subtractOuter(kernels, inverse, upper);
      const cell = (i: number, j: number): number =>
        -kernels.numbers[inverse.at + Math.max(i, j) * stride + Math.min(i, j)]!;
      for (const i of [0, size >> 1, size - 1]) {
        for (const j of [0, size >> 2, size - 1]) {
          let sum = 0;
          for (let k = 0; k < size; k++) sum += entry(i, k) * cell(k, j);
          expect(sum).toBeCloseTo(i === j ? 1 : 0, 10);
        }
      }
    });
  });

  it("does not exist of a matrix that is not positive definite", () => {
    withDense(roomFor(size * stride), (room) => {
      const square = place(room, size, stride);
      room.kernels.numbers[square.at + (size - 1) * (stride + 1)] = -1;
      expect(factor(room.kernels, square)).toBe(false);
    });
  });
});

describe("a room", () => {
  it("refuses to hand out more than it has", () => {
    withDense(roomFor(10), (room) => {
      expect(room.take(10) % 2).toBe(0);
      expect(() => room.take(10)).toThrow("too small");
    });
  });

  it("that no memory can hold is an error with a code", () => {
    expect(() => withDense(2 ** 33, () => 0)).toThrow(
      expect.objectContaining({ code: "AUTOML_TRIAL_OUT_OF_MEMORY" }),
    );
  });

  it("is another one inside of a piece of work", () => {
    withDense(100, (outer) => {
      withDense(100, (inner) => expect(inner.kernels).not.toBe(outer.kernels));
    });
  });
});
