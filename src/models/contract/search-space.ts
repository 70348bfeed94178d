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
