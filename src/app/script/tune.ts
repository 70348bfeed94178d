import { AutomlError, nearestName } from "../../core/errors.ts";
import { lossOf, type MetricName } from "../../core/metrics.ts";
import { Random } from "../../core/random.ts";
import type { Split } from "../../core/split.ts";
import type { TrialSpec } from "../../core/trial-spec.ts";
import { evaluateTrial, type Evaluation } from "../../engine/evaluate.ts";
import { customDefinition } from "../../models/custom.ts";
import type { Family } from "../../models/contract/family.ts";
import type {
  NumberParameter,
  OptionalParameter,
  Parameter,
} from "../../models/contract/search-space.ts";
import { withParams } from "../../models/builders.ts";
import { findFamily } from "../../models/registry.ts";
import type { Feature } from "../../preprocess/features/feature.ts";
import { completeTrial } from "./complete-trial.ts";
import type { Range } from "./range.ts";
import type { TableWith } from "./read-table.ts";
import { printProgress, printTuning } from "./show/tuning.ts";
import { sessionOf } from "./table-session.ts";
import { typed, type Trial } from "./trial.ts";

/** What `tune` may change: a range or a list of values per parameter of the model. The seed is not for choosing. */
export type Space<P extends object> = {
  readonly [K in Exclude<keyof P, "seed">]?: Range | readonly NonNullable<P[K]>[];
};

export interface TuneOptions<P extends object> {
  /** How many variations are tried; 0 gives the trial itself. */
  readonly trials: number;
  readonly space: Space<P>;
  readonly seed: number;
  /** What is made as good as possible (default "rmse"). */
  readonly metric?: MetricName;
}

/** Share of a parameter's range that a local step moves by, and how often a draw is global instead. */
const stepWidth = 0.2;
const globalShare = 0.3;

/**
 * Searches for better parameters around those of the trial, on the same folds: local steps from the best found so far,
 * and draws from the whole space. Deterministic by seed. The rounds of boosting are found by early stopping for each
 * variation, unless they are in the space.
 *
 * @returns the best trial, which is the given one when nothing beats it
 */
export async function tune<F extends readonly Feature[], P extends object>(
  trial: Trial<F, P>,
  table: TableWith<F>,
  split: Split,
  options: TuneOptions<P>,
): Promise<Trial<F, P>> {
  if (!Number.isInteger(options.trials) || options.trials < 0) {
    throw new AutomlError(
      "AUTOML_OPTION_INVALID",
      `tune: trials is ${options.trials}; it must be 0 or more.`,
    );
  }
  if (options.trials === 0) return trial;
  const spec = completeTrial(trial, table);
  const session = sessionOf(table);
  const metric = options.metric ?? "rmse";
  const axes = readSpace(spec, options.space);
  const random = new Random(options.seed).split("tune");
  const start = evaluateTrial(spec, split, session, { metric });
  const findRounds = shouldFindRounds(spec, options.space);
  let best: Evaluation = start;
  const tried = new Set([pointOf(spec, axes)]);
  for (let number = 1; number <= options.trials; number++) {
    const candidate = vary(best.spec, axes, random.split(number), tried);
    if (candidate === undefined) break;
    const evaluation = evaluateTrial(
      findRounds ? withMostRounds(candidate) : candidate,
      split,
      session,
      { metric, findRounds },
    );
    if (lossOf(evaluation.scores, metric) < lossOf(best.scores, metric)) best = evaluation;
    printProgress(number, options.trials, best, metric);
    // Gives the event loop a turn, so that Ctrl-C gets through.
    await new Promise((resolve) => setImmediate(resolve));
  }
  printTuning(start, best, metric, tried.size - 1);
  return typed<F, P>(best.spec);
}

interface Axis {
  readonly name: string;
  /** A value by its position 0 … 1, or one of a list. */
  readonly values: Range | readonly unknown[];
  readonly parameter: Parameter | OptionalParameter | undefined;
}

function readSpace(spec: TrialSpec, space: object): Axis[] {
  const custom = customDefinition(spec.model) !== undefined;
  const parameters = custom ? {} : parametersOf(findFamily(spec.model.kind));
  const names = custom ? Object.keys(spec.model.params) : Object.keys(parameters);
  return Object.entries(space).map(([name, values]: [string, Axis["values"]]) => {
    if (!names.includes(name)) throw unknownParameter(spec.model.kind, name, names);
    if (Array.isArray(values) && values.length === 0) {
      throw new AutomlError(
        "AUTOML_OPTION_INVALID",
        `tune: the list of values for ${name} is empty.`,
      );
    }
    return {
      name,
      values,
      parameter: Object.hasOwn(parameters, name) ? parameters[name] : undefined,
    };
  });
}

function parametersOf({
  space,
  options,
}: Family): Readonly<Record<string, Parameter | OptionalParameter>> {
  return { ...space, ...options };
}

function unknownParameter(kind: string, name: string, names: readonly string[]): AutomlError {
  const near = nearestName(name, names);
  return new AutomlError(
    "AUTOML_PARAMETER_INVALID",
    `${kind} has no parameter "${name}" to search.`,
    {
      hint: near === undefined ? `It has ${names.join(", ")}.` : `Did you mean "${near}"?`,
    },
  );
}

/** Early stopping decides the rounds of a family that has them, unless the space does. */
function shouldFindRounds(spec: TrialSpec, space: object): boolean {
  const rounds = roundsOf(spec)?.rounds;
  return rounds !== undefined && !Object.hasOwn(space, rounds.parameter);
}

function roundsOf(spec: TrialSpec): Family | undefined {
  return customDefinition(spec.model) === undefined ? findFamily(spec.model.kind) : undefined;
}

/** The spec with the upper limit of rounds, for early stopping to find the right number below it. */
function withMostRounds(spec: TrialSpec): TrialSpec {
  const family = roundsOf(spec);
  if (family?.rounds === undefined) return spec;
  const { parameter } = family.rounds;
  const most = (Reflect.get(family.space, parameter) as NumberParameter).default;
  return changed(spec, { [parameter]: most });
}

/** A variation that was not tried before; undefined when the space seems to hold no more. */
function vary(
  center: TrialSpec,
  axes: readonly Axis[],
  random: Random,
  tried: Set<string>,
): TrialSpec | undefined {
  for (let attempt = 0; attempt < 50; attempt++) {
    const isGlobal = random.next() < globalShare;
    const params: Record<string, unknown> = {};
    const moved = random.integer(Math.max(1, axes.length));
    axes.forEach((axis, a) => {
      const current: unknown = Reflect.get(center.model.params, axis.name);
      // At least one parameter moves.
      const stays = a !== moved && !isGlobal && random.next() < 0.5;
      params[axis.name] = stays ? current : drawValue(axis, current, isGlobal, random);
    });
    const key = JSON.stringify(params);
    if (tried.has(key)) continue;
    tried.add(key);
    return changed(center, params);
  }
  return undefined;
}

function drawValue(axis: Axis, current: unknown, isGlobal: boolean, random: Random): unknown {
  const { values, parameter } = axis;
  if (!("scale" in values)) return values[random.integer(values.length)];
  const integer = values.integer || (parameter?.type === "number" && parameter.integer);
  const { low, high, scale } = values;
  const toScale = (x: number): number => (scale === "log" ? Math.log(x) : x);
  const [from, to] = [toScale(low), toScale(high)];
  const here = toScale(Math.min(high, Math.max(low, Number(current))));
  const step = stepWidth * (to - from) * random.normal();
  const position =
    isGlobal || !Number.isFinite(here) ? from + random.next() * (to - from) : here + step;
  const raw = scale === "log" ? Math.exp(position) : position;
  // Three digits: a script should read 0.0513, not 0.05130294711.
  const rounded = integer ? Math.round(raw) : Number(raw.toPrecision(3));
  const inside = Math.min(high, Math.max(low, rounded));
  return integer ? Math.min(Math.floor(high), Math.max(Math.ceil(low), inside)) : inside;
}

/** Where a trial lies in the space, as text. */
function pointOf(spec: TrialSpec, axes: readonly Axis[]): string {
  return JSON.stringify(
    Object.fromEntries(
      axes.map(({ name }) => [name, Reflect.get(spec.model.params, name) as unknown]),
    ),
  );
}

function changed(spec: TrialSpec, changes: object): TrialSpec {
  return Object.freeze({ ...spec, model: withParams(spec.model, changes) });
}
