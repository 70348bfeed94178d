/**
 * Our side of the benchmark: a process of plain Node (compiled by `systems.ts`: tsx would take 50 MB of its own) that
 * answers messages with the compiled package, at the level of families.
 *
 *   node ours.js <URL of dist/> <threads>
 */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Matrix } from "../../src/core/matrix.ts";
import type * as Boosting from "../../src/models/boosting/gradient-boosting.ts";
import type { FitContext } from "../../src/models/contract/family.ts";
import type { TreesStructure } from "../../src/models/contract/structure.ts";
import type * as Extra from "../../src/models/forest/extra-trees.ts";
import type * as Forest from "../../src/models/forest/random-forest.ts";
import type * as Parameters from "../../src/models/parameters.ts";
import type * as Predict from "../../src/models/predict/predict-structure.ts";
import type * as Bins from "../../src/models/tree/binned-matrix.ts";
import type {
  DataAnswer,
  FitAnswer,
  MemoryAnswer,
  Message,
  ModelSettings,
  PredictAnswer,
  RowsAnswer,
} from "./protocol.ts";
import { checksum, syntheticPart } from "./synthetic.ts";

interface Data {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly test: { readonly x: Matrix; readonly y: Float64Array };
}

const [dist = "", threadCount = "1"] = process.argv.slice(2);
const threads = Number(threadCount);
const { gradientBoosting } = await load<typeof Boosting>("models/boosting/gradient-boosting.js");
const { randomForest } = await load<typeof Forest>("models/forest/random-forest.js");
const { extraTrees } = await load<typeof Extra>("models/forest/extra-trees.js");
const { completeParameters } = await load<typeof Parameters>("models/parameters.js");
const { sharedBins } = await load<typeof Bins>("models/tree/binned-matrix.js");
const { predictStructure } = await load<typeof Predict>("models/predict/predict-structure.js");

let data: Data | undefined;
let model: TreesStructure | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Message))}\n`);
}

function load<T>(path: string): Promise<T> {
  return import(new URL(path, dist).href) as Promise<T>;
}

function answer(
  message: Message,
): DataAnswer | FitAnswer | PredictAnswer | RowsAnswer | MemoryAnswer {
  switch (message.do) {
    case "synthetic": {
      const train = syntheticPart(message.rows, message.columns, "train");
      const test = syntheticPart(message.testRows, message.columns, "test");
      const levels = Array.from({ length: message.columns }, () => 0);
      return hold(train.x, train.y, test.x, test.y, levels);
    }
    case "load":
      return loadFile(message);
    case "fit":
      return fit(message.model);
    case "predict":
      return predict();
    case "rows":
      return predictRows(message.count);
    case "memory":
      return { peak: peakMemory() };
  }
}

function hold(
  x: Float64Array,
  y: Float64Array,
  testX: Float64Array,
  testY: Float64Array,
  levels: readonly number[],
): DataAnswer {
  const names = levels.map((_, c) => `c${c}`);
  const matrix = (cells: Float64Array, rows: number): Matrix => ({
    rows,
    columns: levels.length,
    data: cells,
    names,
    levels,
  });
  data = { x: matrix(x, y.length), y, test: { x: matrix(testX, testY.length), y: testY } };
  return { checksum: checksum(x, y, testX, testY) };
}

function loadFile({ file, rows, testRows, levels }: Extract<Message, { do: "load" }>): DataAnswer {
  const descriptor = openSync(file, "r");
  const next = (length: number): Float64Array => {
    const numbers = new Float64Array(length);
    const bytes = new Uint8Array(numbers.buffer);
    for (let at = 0; at < bytes.length;)
      at += readSync(descriptor, bytes, at, bytes.length - at, null);
    return numbers;
  };
  const columns = levels.length;
  const parts = [
    next(rows * columns),
    next(rows),
    next(testRows * columns),
    next(testRows),
  ] as const;
  closeSync(descriptor);
  return hold(...parts, levels);
}

/** Bins first, into the memo that the fit then finds them in: a search shares them among trials. */
function fit(settings: ModelSettings): FitAnswer {
  const { x, y, test } = held(data);
  const kept = new Map<string, unknown>();
  const context: FitContext = {
    memo<T>(key: string, make: () => T): T {
      if (!kept.has(key)) kept.set(key, make());
      return kept.get(key) as T;
    },
    checkpoint: () => {},
    threads,
  };
  const processorStart = process.cpuUsage();
  const start = performance.now();
  sharedBins(context, x);
  const binned = performance.now();
  model = train(settings, x, y, context);
  const end = performance.now();
  const { user, system } = process.cpuUsage(processorStart);
  return {
    bin: binned - start,
    train: end - binned,
    processor: (user + system) / 1000,
    rmse: test.y.length === 0 ? 0 : rmse(predictStructure(model, test.x), test.y),
    nodes: model.feature.length / settings.trees,
  };
}

function train(
  settings: ModelSettings,
  x: Matrix,
  y: Float64Array,
  context: FitContext,
): TreesStructure {
  const { family, ...given } = settings;
  if (!("drawnColumns" in given)) {
    const params = completeParameters(gradientBoosting, { ...given, l2: 0 });
    return gradientBoosting.fit(x, y, params, context) as TreesStructure;
  }
  const { drawnColumns, ...rest } = given;
  const params = { ...rest, maxFeatures: drawnColumns / x.columns };
  return (
    family === "randomForest"
      ? randomForest.fit(x, y, completeParameters(randomForest, params), context)
      : extraTrees.fit(x, y, completeParameters(extraTrees, params), context)
  ) as TreesStructure;
}

function predict(): PredictAnswer {
  const { test } = held(data);
  const start = performance.now();
  predictStructure(held(model), test.x);
  return { milliseconds: performance.now() - start, rows: test.x.rows };
}

function predictRows(count: number): RowsAnswer {
  const { test } = held(data);
  const structure = held(model);
  const { columns, rows } = test.x;
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = new Float64Array(columns);
    for (let c = 0; c < columns; c++) row[c] = test.x.data[c * rows + (i % rows)]!;
    const start = performance.now();
    predictStructure(structure, { ...test.x, rows: 1, data: row });
    times.push((performance.now() - start) * 1000);
  }
  times.sort((a, b) => a - b);
  return { median: times[count >> 1]!, p99: times[Math.floor(0.99 * count)]! };
}

function rmse(predicted: Float64Array, truth: Float64Array): number {
  let sum = 0;
  for (let r = 0; r < truth.length; r++) sum += (predicted[r]! - truth[r]!) ** 2;
  return Math.sqrt(sum / truth.length);
}

/** Linux counts it exactly; elsewhere the runtime's own figure has to do. */
function peakMemory(): number {
  try {
    const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // No such file on this system.
  }
  return process.resourceUsage().maxRSS * 1024;
}

function held<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a message came too early");
  return value;
}
