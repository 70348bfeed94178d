import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import type { SystemName } from "./systems.ts";

export const modes = ["speed", "real", "forests", "predict", "memory", "accuracy"] as const;
export type Mode = (typeof modes)[number];

export interface Options {
  readonly modes: readonly Mode[];
  readonly python: string;
  readonly benchmark: string;
  /** The compiled package. */
  readonly dist: string;
  /** Boosting systems beside ours; sklearn stands for the forests. */
  readonly peers: readonly SystemName[];
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly leaves: number;
  readonly seeds: number;
  /** Names of synthetic sizes or real sets; undefined: those of the mode. */
  readonly cases: readonly string[] | undefined;
  readonly out: string | undefined;
}

const peerNames: readonly SystemName[] = ["lightgbm", "histgb", "xgboost", "sklearn"];

export function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      python: { type: "string", default: process.env["AUTOML_BENCH_PYTHON"] ?? "python3" },
      benchmark: {
        type: "string",
        default: fileURLToPath(new URL("../../../shared/benchmark", import.meta.url)),
      },
      dist: { type: "string", default: fileURLToPath(new URL("../../dist", import.meta.url)) },
      peers: { type: "string", default: peerNames.join(",") },
      threads: { type: "string", default: "1,2" },
      rounds: { type: "string", default: "5" },
      leaves: { type: "string", default: "31" },
      seeds: { type: "string", default: "5" },
      cases: { type: "string" },
      out: { type: "string" },
    },
  });
  return {
    modes: positionals.length === 0 ? modes : positionals.map((name) => oneOf(name, modes)),
    python: values.python,
    benchmark: values.benchmark,
    dist: values.dist,
    peers: list(values.peers).map((name) => oneOf(name, peerNames)),
    threads: list(values.threads).map(count),
    rounds: count(values.rounds),
    leaves: count(values.leaves),
    seeds: count(values.seeds),
    cases: values.cases === undefined ? undefined : list(values.cases),
    out: values.out,
  };
}

function list(text: string): string[] {
  return text.split(",").filter((part) => part !== "");
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no count`);
  return value;
}

function oneOf<T extends string>(name: string, known: readonly T[]): T {
  const found = known.find((each) => each === name);
  if (found === undefined) throw new Error(`${name} is none of ${known.join(", ")}`);
  return found;
}
