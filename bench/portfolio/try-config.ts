import { evaluateTrial } from "../../src/engine/evaluate.ts";
import { FitSession } from "../../src/ensemble/fit-session.ts";
import { completeParameters } from "../../src/models/parameters.ts";
import { findFamily } from "../../src/models/registry.ts";
import type { FeatureSpec, TrialSpec } from "../../src/core/trial-spec.ts";
import { likelyParams } from "../../src/search/likely-params.ts";
import { preparedFeatures, type PreparationName } from "../../src/search/preparations.ts";
import type { BenchmarkSet } from "./benchmark-set.ts";
import type { Config } from "./config.ts";

/** A line of a set's results. */
export interface Result {
  readonly id: string;
  /** Validation RMSE, pooled over the folds tried, and by fold; null: no score, and `error` says why. */
  readonly loss: number | null;
  readonly losses: readonly number[];
  /** Work units of all folds of a run on all the set's training rows, with the rounds that were found; null: unknown. */
  readonly units: number | null;
  /** Processor seconds this try took. */
  readonly seconds: number;
  readonly error?: string;
  /** Out-of-fold predictions of the sampled rows, little-endian float32 in base64. */
  readonly predictions?: string;
}

export interface Limits {
  /** A try predicted to cost more work is not begun. */
  readonly units: number;
  /** A try that takes more processor seconds is ended at its next checkpoint. */
  readonly seconds: number;
}

/** A session in which a try that takes too long ends. One for several tries: prepared matrices are shared. */
export class TrySession {
  readonly #set: BenchmarkSet;
  readonly #limits: Limits;
  readonly #session: FitSession;
  #started = 0;

  constructor(set: BenchmarkSet, limits: Limits) {
    this.#set = set;
    this.#limits = limits;
    this.#session = new FitSession(set.table, {
      maxBytes: 200e6,
      threads: () => 1,
      checkpoint: () => {
        if (processorSeconds() - this.#started > limits.seconds) throw new Error("too slow");
      },
    });
  }

  /** Never throws: what fails is a result with an error. */
  try(config: Config): Result {
    this.#started = processorSeconds();
    try {
      return this.#evaluate(config);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return this.#failed(config.id, text.slice(0, 120), null);
    }
  }

  #evaluate(config: Config): Result {
    const { split, run } = this.#set;
    const spec = this.#specOf(config);
    const family = findFamily(config.family);
    const first = split.folds[0]!.train;
    const { columns } = this.#session.prepare(spec, first.index).x;
    const unitsOf = (rows: number, params: object): number =>
      family.cost({ rows, columns }, params).units;
    const likely = likelyParams(family, { ...spec.model.params });
    const predicted = unitsOf(first.count, likely) * split.folds.length;
    if (predicted > this.#limits.units) {
      return this.#failed(config.id, "too much work", unitsOf(run.rows, likely) * run.folds);
    }
    const findRounds = family.rounds !== undefined;
    const outcome = evaluateTrial(spec, split, this.#session, { findRounds });
    const sampled = Float32Array.from(this.#set.sample, (row) => outcome.outOfFold[row]!);
    return {
      id: config.id,
      loss: outcome.scores.rmse,
      losses: outcome.foldScores,
      units: unitsOf(run.rows, outcome.spec.model.params) * run.folds,
      seconds: this.#seconds(),
      predictions: Buffer.from(sampled.buffer).toString("base64"),
    };
  }

  #specOf({ family: name, preparation, transform, params }: Config): TrialSpec {
    const { target, features, table, split, suggested } = this.#set;
    const family = findFamily(name);
    const prepared = (variant: PreparationName): readonly FeatureSpec[] | null =>
      preparedFeatures(variant, features, family.needs, table, split.training.index);
    const complete = completeParameters(family, { ...params, ...seedOf(family.start) });
    return {
      // A preparation that changes nothing on this table is the default one.
      features: prepared(preparation) ?? prepared("default")!,
      target: { column: target, transform: transform === "suggested" ? suggested : "none" },
      model: {
        kind: name,
        params: complete,
        ...(family.steps.length > 0 ? { steps: family.steps } : {}),
      },
    };
  }

  #failed(id: string, error: string, units: number | null): Result {
    return { id, loss: null, losses: [], units, seconds: this.#seconds(), error };
  }

  #seconds(): number {
    return processorSeconds() - this.#started;
  }
}

function seedOf(start: object): { seed?: number } {
  return "seed" in start ? { seed: 1 } : {};
}

/** Processor seconds of this process. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
