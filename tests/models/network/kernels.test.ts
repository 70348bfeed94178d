import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import type { NetworkKernels } from "../../../src/models/network/kernels.ts";
import { jsWorkspace, withWorkspace } from "../../../src/models/network/workspace.ts";

/** Bytes of the field the kernels work in: 8 stretches of 8 KiB. */
const stretch = 8192;
const place = (i: number, start: number): number => start + i * stretch;

/** The memory after the kernel ran on the same random numbers, in WebAssembly and in TypeScript. */
function both(run: (kernels: NetworkKernels, at: (i: number) => number) => void, seed = 1) {
  const fill = (words: Int32Array, floats: Float32Array, start: number): void => {
    const random = new Random(seed);
    for (let i = 0; i < 8 * (stretch / 4); i++) floats[start / 4 + i] = random.normal();
    // The last stretch holds numbers of rows, and none.
    for (let i = 0; i < 64; i++) words[place(7, start) / 4 + i] = random.integer(9) - 1;
  };
  const js = jsWorkspace(8 * stretch);
  fill(js.words, js.floats, js.start);
  run(js.kernels, (i) => place(i, js.start));
  return withWorkspace(8 * stretch, ({ kernels, floats, words, start }) => {
    // Only WebAssembly has its memory in whole pages.
    expect(floats.byteLength % 65536).toBe(0);
    fill(words, floats, start);
    run(kernels, (i) => place(i, start));
    const part = (all: Int32Array, from: number): Int32Array =>
      all.slice(from / 4, from / 4 + 8 * (stretch / 4));
    return { wasm: part(words, start), js: part(js.words, js.start), floats: js.floats };
  });
}

describe("the kernels have the same bits in WebAssembly and in TypeScript:", () => {
  it.each([
    [4, 8, 4],
    [12, 24, 20],
    [8, 40, 36],
  ])("product of %i x %i over %i", (rows, columns, inner) => {
    for (const start of [false, true]) {
      const { wasm, js } = both((kernels, at) => {
        const bias = start ? at(5) : 0;
        kernels.product(
          at(0),
          4 * inner,
          4,
          at(1),
          at(2),
          4 * columns,
          32,
          rows,
          columns,
          inner,
          bias,
          at(6),
        );
        kernels.product(
          at(0),
          4,
          4 * rows,
          at(1),
          at(3),
          32,
          32 * rows,
          rows,
          columns,
          inner,
          bias,
          at(6),
        );
        // The scratch of the products is theirs alone.
        kernels.multiply(at(6), at(6), 0);
      });
      expect(wasm.slice(0, 6 * (stretch / 4))).toEqual(js.slice(0, 6 * (stretch / 4)));
    }
  });

  it.each<[string, (kernels: NetworkKernels, at: (i: number) => number) => void]>([
    ["toPanels", (kernels, at) => kernels.toPanels(at(0), 12, 24, at(1))],
    ["transpose", (kernels, at) => kernels.transpose(at(0), 16, 24, at(1))],
    ["activateSmooth", (kernels, at) => kernels.activateSmooth(at(0), at(1), 200)],
    ["activateSmooth without slopes", (kernels, at) => kernels.activateSmooth(at(0), 0, 200)],
    ["activateRelu", (kernels, at) => kernels.activateRelu(at(0), at(1), 200)],
    ["activateRelu without slopes", (kernels, at) => kernels.activateRelu(at(0), 0, 200)],
    ["drop", (kernels, at) => kernels.drop(at(0), at(1), 400, -(2 ** 30), 1 / 0.75, at(2))],
    ["multiply", (kernels, at) => kernels.multiply(at(0), at(1), 200)],
    ["columnSums", (kernels, at) => kernels.columnSums(at(0), 13, 16, at(1))],
    ["gather", (kernels, at) => kernels.gather(at(0), at(7), 20, 16, at(1), at(2))],
    ["gateGradient", (kernels, at) => kernels.gateGradient(at(0), at(7), 20, 16, at(1), at(2))],
    ["answers", (kernels, at) => kernels.answers(at(0), 9, 24, at(1), at(2), at(3))],
    [
      "headGradient",
      (kernels, at) =>
        kernels.headGradient(at(0), 12, 24, at(1), at(2), at(7), at(3), 0.3, at(4), at(5), at(6)),
    ],
    [
      "adam",
      (kernels, at) => {
        kernels.multiply(at(3), at(3), 200);
        kernels.adam(at(0), at(1), at(2), at(3), 200, 0.01, 0.999, 0.9, 0.95, 1.3);
      },
    ],
  ])("%s", (_name, run) => {
    const { wasm, js } = both(run);
    expect(wasm).toEqual(js);
  });

  it("on numbers that are huge, tiny or 0", () => {
    const extreme = [0, -0, 1e30, -1e30, 1e-30, 1e-42, 3e38, -3e38];
    const { start, ...js } = jsWorkspace(1024);
    js.floats.set(extreme, start / 4);
    js.kernels.activateSmooth(start, start + 64, 8);
    withWorkspace(1024, (wasm) => {
      wasm.floats.set(extreme, wasm.start / 4);
      wasm.kernels.activateSmooth(wasm.start, wasm.start + 64, 8);
      const from = wasm.start / 4;
      expect(wasm.words.slice(from, from + 8)).toEqual(js.words.slice(from, from + 8));
      expect(wasm.words.slice(from + 16, from + 24)).toEqual(js.words.slice(from + 16, from + 24));
      expect(wasm.floats.slice(from, from + 8).every(Number.isFinite)).toBe(true);
    });
  });
});

describe("the kernels compute what they say:", () => {
  it("product adds a b to the start", () => {
    const { kernels, floats, start } = jsWorkspace(8 * stretch);
    const [a, b, c, bias] = [0, 1, 2, 3].map((i) => place(i, start)) as [
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 16; i++) floats[a / 4 + i] = i;
    for (let i = 0; i < 32; i++) floats[b / 4 + i] = i % 8 === 2 ? 1 : 0;
    floats[bias / 4 + 2] = 100;
    kernels.product(a, 16, 4, b, c, 32, 32, 4, 8, 4, bias, place(4, start));
    const third = [0, 1, 2, 3].map((row) => floats[c / 4 + 8 * row + 2]);
    expect(third).toEqual([106, 122, 138, 154]);
    expect(floats[c / 4]).toBe(0);
  });

  it("the slopes of the smooth activation are its derivative", () => {
    const { kernels, floats, start } = jsWorkspace(4096);
    const xs = Array.from({ length: 40 }, (_, i) => (i - 20) / 4);
    const f = (x: number): number => (x * (1 + x / Math.sqrt(1 + x * x))) / 2;
    floats.set(xs, start / 4);
    kernels.activateSmooth(start, start + 1024, 40);
    xs.forEach((x, i) => {
      expect(floats[start / 4 + i]).toBeCloseTo(f(x), 5);
      const slope = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5;
      expect(floats[start / 4 + 256 + i]).toBeCloseTo(slope, 5);
    });
  });

  it("drop leaves out the share it is told, and keeps the sum", () => {
    const { kernels, floats, words, start } = jsWorkspace(65536);
    floats.fill(1, start / 4, start / 4 + 8000);
    words.set([1, 2, 3, 4], 12000);
    kernels.drop(start, start + 32000, 4000, Math.round((0.2 - 0.5) * 2 ** 32), 1 / 0.8, 48000);
    const values = floats.slice(start / 4, start / 4 + 4000);
    const left = values.filter((value) => value !== 0);
    expect(left.length / 4000).toBeCloseTo(0.8, 1);
    expect(left.every((value) => value === 1.25)).toBe(true);
  });
});
