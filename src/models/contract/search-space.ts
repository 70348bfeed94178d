import type { MetricName } from "../../core/metrics.ts";

/** One hyper-parameter: what it does, what it may be, where to begin. */
export type Parameter = NumberParameter | ChoiceParameter;

export interface NumberParameter {
  readonly type: "number";
  /** One line for the generated script: what it does and what more or less of it means. */
  readonly meaning: string;
  readonly low: number;
  readonly high: number;
  readonly scale: "linear" | "log";
  readonly integer: boolean;
  readonly default: number;
  /** False: never searched (the tree count of boosting is found by early stopping). */
  readonly searched: boolean;
  /** What it can take at all, when that is more than `low … high`: a user may go where the search does not. */
  readonly limits?: { readonly low: number; readonly high: number };
}

export interface ChoiceParameter {
  readonly type: "choice";
  readonly meaning: string;
  readonly choices: readonly (string | number | boolean)[];
  readonly default: string | number | boolean;
  readonly searched: boolean;
  /** Of a parameter that is searched on some targets only: what may be chosen there, the default first. */
  readonly suited?: (target: TargetTraits) => readonly (string | number | boolean)[];
  /** Choices that take the target only as it is, without a transform. */
  readonly untransformed?: readonly (string | number | boolean)[];
}

/** What a choice may depend on: fixed for a run. */
export interface TargetTraits {
  readonly metric: MetricName;
  /** Whether the target's mean is worth learning on a log scale: it is nowhere negative, and skewed or a count. */
  readonly logLink: boolean;
}

/**
 * A parameter that may be left out, and mostly is: never searched, and in specs and scripts only where it was given a
 * value of its own.
 */
export type OptionalParameter = OptionalNumber | Directions;

export interface OptionalNumber {
  readonly type: "number";
  readonly meaning: string;
  readonly low: number;
  readonly high: number;
  readonly integer: boolean;
  /** What it is when left out; null: nothing (a limit that is not there). */
  readonly default: number | null;
}

/** Numbers 1 or -1 by column name; none when left out. */
export interface Directions {
  readonly type: "directions";
  readonly meaning: string;
}

type OptionalName<P extends object> = {
  [K in keyof P]-?: object extends Pick<P, K> ? K : never;
}[keyof P];

/** Every parameter of P that is always there, but `seed`, in the order a script prints them. */
export type SearchSpace<P extends object> = {
  readonly [K in Exclude<keyof P, "seed" | OptionalName<P>>]-?: Parameter;
};

/** Every parameter of P that may be left out. */
export type OptionalSpace<P extends object> = {
  readonly [K in OptionalName<P>]-?: OptionalParameter;
};
