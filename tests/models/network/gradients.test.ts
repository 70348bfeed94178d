import { describe, expect, it } from "vitest";
import { Random } from "../../../src/core/random.ts";
import { drawParameters } from "../../../src/models/network/first-parameters.ts";
import { passBackward } from "../../../src/models/network/pass-backward.ts";
import { passForward } from "../../../src/models/network/pass-forward.ts";
import { trainNetwork } from "../../../src/models/network/train-network.ts";
import { placeTraining, type Training } from "../../../src/models/network/training.ts";
import {
  jsWorkspace,
  withWorkspace,
  type Workspace,
} from "../../../src/models/network/workspace.ts";

const training: Training = {
  shape: { widths: [8, 16, 8], members: 3 },
  activation: "smooth",
  rows: 10,
  columnInputs: 6,
  batchRows: 4,
  steps: 12,
  learningRate: 0.02,
  weightDecay: 0.1,
  dropout: 0,
  seed: 5,
};

function fillData({ floats }: Workspace, place: ReturnType<typeof placeTraining>): void {
  const random = new Random("data");
  for (let i = 0; i < 80; i++) floats[place.inputs / 4 + i] = random.normal();
  for (let i = 0; i < 10; i++) floats[place.targets / 4 + i] = random.normal();
}

describe("passBackward", () => {
  it.each(["smooth", "relu"] as const)("gives the slopes of the loss (%s)", (activation) => {
    const given = { ...training, activation };
    const { end } = placeTraining(given, 0);
    const workspace = jsWorkspace(end);
    const place = placeTraining(given, workspace.start);
    const { floats, words } = workspace;
    fillData(workspace, place);
    const { parameters, passage, indices, slopes, inputs, targets } = place;
    drawParameters(given, parameters, new Random(3), floats);
    const { shape, batchRows } = given;
    indices.forEach((at, m) => words.set([m, 3, 8, -1], at / 4));
    const batch = { inputs, indices, count: batchRows };
    const keeping = { slopes, drop: null };
    const forward = (): void =>
      passForward(workspace, shape, parameters, passage, batch, activation, keeping);
    const loss = (): number => {
      forward();
      let sum = 0;
      for (let i = 0; i < 12; i++) {
        const row = words[indices[Math.floor(i / 4)]! / 4 + (i % 4)]!;
        if (row >= 0) sum += (floats[passage.answers / 4 + i]! - floats[targets / 4 + row]!) ** 2;
      }
      return sum / 2 / batchRows;
    };
    forward();
    passBackward(workspace, given, place);
    const gradient = floats.slice(
      (parameters.gates + place.behind) / 4,
      (parameters.gates + 2 * place.behind) / 4,
    );
    let checked = 0;
    for (let i = 0; i < gradient.length; i += 3) {
      const at = parameters.gates / 4 + i;
      const before = floats[at]!;
      floats[at] = before + 0.01;
      const above = loss();
      floats[at] = before - 0.01;
      const below = loss();
      floats[at] = before;
      if (gradient[i] === 0) continue;
      // A bend of relu within the step would spoil the difference, hence the generous bound.
      expect(Math.abs((above - below) / 0.02 - gradient[i]!)).toBeLessThan(0.02);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(60);
  });
});

describe("trainNetwork", () => {
  it.each([
    { dropout: 0 },
    { dropout: 0.3, activation: "relu" as const },
    { shape: { widths: [8, 8], members: 1 }, rows: 3 },
  ])("has the same bits in WebAssembly and in TypeScript: %j", (changes) => {
    const given = { ...training, ...changes };
    const { end } = placeTraining(given, 0);
    const train = (workspace: Workspace): Int32Array => {
      const place = placeTraining(given, workspace.start);
      fillData(workspace, place);
      trainNetwork(workspace, given, place, () => {});
      const from = place.parameters.gates / 4;
      expect(workspace.floats.slice(from, from + 20).every(Number.isFinite)).toBe(true);
      return workspace.words.slice(from, from + place.behind);
    };
    expect(withWorkspace(end, train)).toEqual(train(jsWorkspace(end)));
  });

  it("asks whether it is still wanted, and ends when it is not", () => {
    const { end } = placeTraining(training, 0);
    const stop = (): void =>
      withWorkspace(end, (workspace) => {
        const place = placeTraining(training, workspace.start);
        fillData(workspace, place);
        trainNetwork(workspace, training, place, () => {
          throw new Error("not wanted");
        });
      });
    expect(stop).toThrow("not wanted");
  });
});
