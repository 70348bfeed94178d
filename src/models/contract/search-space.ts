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

/** Every parameter of P but `seed`, in the order a script prints them. */
export type SearchSpace<P extends object> = {
  readonly [K in Exclude<keyof P, "seed">]-?: Parameter;
};
