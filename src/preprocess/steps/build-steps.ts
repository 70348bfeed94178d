import type { StepSpec } from "../../core/trial-spec.ts";
import { checkStep } from "./check-step.ts";

/** Everything that can stand between the prepared columns and a model, inside `pipeline(...)`. */
export const steps = Object.freeze({
  /** Every column to mean 0 and standard deviation 1. */
  standardize(): StepSpec & { readonly kind: "standardize" } {
    return frozen({ kind: "standardize" });
  },
  /** All products of up to `degree` columns, a column with itself included. */
  polynomial(options: { degree: 2 | 3 }): StepSpec & { readonly kind: "polynomial" } {
    return frozen({ kind: "polynomial", degree: options.degree });
  },
  /** The `keep` directions in which the rows vary most. Standardize first when columns have different units. */
  principalComponents(options: {
    keep: number;
  }): StepSpec & { readonly kind: "principalComponents" } {
    return frozen({ kind: "principalComponents", keep: options.keep });
  },
});

function frozen<S extends StepSpec>(spec: S): S {
  checkStep(spec);
  return Object.freeze(spec);
}
