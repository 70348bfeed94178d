import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { DenseKernels } from "../../../src/models/dense/dense-kernels.ts";
import { exponential } from "../../../src/models/dense/exponential.ts";
import { JsDense } from "../../../src/models/dense/js-dense.ts";
import { withDense } from "../../../src/models/dense/open-dense.ts";
import { WasmDense } from "../../../src/models/dense/wasm-dense.ts";

const length = 4000;

/** What is in the memory after some work on it, by both implementations: normal numbers first. */
function compare(work: (kernels: DenseKernels) => unknown, make = (r: Random) => r.normal()): void {
  const results = [new JsDense(length), openWasm()].map((kernels) => {
    const random = new Random("dense");
    for (let i = 8; i < length; i++) kernels.numbers[i] = make(random);
    const answer = work(kernels);
    return { answer, bits: new BigInt64Array(kernels.numbers.slice(0, length).buffer) };
  });
  expect(results[1]!.answer).toEqual(results[0]!.answer);
  expect(results[1]!.bits).toEqual(results[0]!.bits);
}

function openWasm(): WasmDense {
  return withDense(length, ({ kernels }) => {
    expect(kernels).toBeInstanceOf(WasmDense);
    return kernels as WasmDense;
  });
}

describe.skipIf(process.env["AUTOML_KERNELS"] === "js")("kernels of dense algebra", () => {
  it("give the same bits in TypeScript and in WebAssembly: products", () => {
    for (const [rows, columns, depth] of [
      [1, 1, 1],
      [3, 2, 4],
      [4, 2, 3],
      [9, 7, 6],
      [5, 8, 0],
      [8, 3, 33],
    ] as const) {
      compare((k) => k.subtractProduct(3000, 8, 1500, rows, columns, depth, 11, 35, 40));
    }
  });

  it("factors and solutions of small triangles", () => {
    for (const size of [1, 2, 7, 16]) {
      compare((k) => {
        for (let i = 0; i < size; i++) k.numbers[8 + i * 18 + i]! += 20;
        const done = k.factorBlock(8, size, 18);
        expect(done).toBe(true);
        k.solveBlock(1000, 8, 11, size, 21, 18);
        return done;
      });
    }
  });

  it("a pivot that is not above 0", () => {
    compare((k) => {
      k.numbers.set([1, 0, 2, 4], 8);
      return k.factorBlock(8, 2, 2);
    });
    compare((k) => {
      k.numbers[8] = NaN;
      expect(k.factorBlock(8, 1, 1)).toBe(false);
    });
  });

  it("distances", () => {
    for (const count of [1, 7, 8, 21]) {
      compare((k) => k.squaredDistances(3000, 8, 100, 30, 5, count));
      compare((k) => k.squaredDistances(3000, 8, 100, 30, 0, count));
    }
  });

  it("covariances, near, far and at 0", () => {
    const scale = [0, 1e-300, 1e-8, 1, 50, 3000, 1e7, 1e300];
    const make = (random: Random): number => scale[random.integer(8)]! * random.next();
    for (const slopes of [null, 2000]) {
      compare((k) => k.matern(8, 500, slopes), make);
      compare((k) => k.exponentialDecay(8, 500, slopes), make);
    }
    compare((k) => k.gaussian(8, 500), make);
  });

  it("products with a symmetric matrix in single precision", () => {
    for (const size of [0, 1, 2, 5, 6, 31]) {
      compare((k) => {
        k.storeSingles(5000, 8, size);
        k.addSymmetricRow(3000, 5000, 100, size);
      });
    }
  });
});

describe("the exponential", () => {
  it("is that of the language but for rounding", () => {
    let worst = 0;
    for (let x = 0; x > -690; x -= 0.0137) {
      worst = Math.max(worst, Math.abs(exponential(x) / Math.exp(x) - 1));
    }
    expect(worst).toBeLessThan(3e-16);
    expect(exponential(0)).toBe(1);
    expect(exponential(-0)).toBe(1);
    expect(exponential(-Infinity)).toBeLessThan(1e-300);
    expect(exponential(NaN)).toBeNaN();
  });
});
