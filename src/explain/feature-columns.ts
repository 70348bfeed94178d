import type { FittedTrial } from "../ensemble/trial-model.ts";

/** A feature line, by the name of its column, and the columns that it became in the prepared matrix. */
export interface FeatureColumns {
  readonly feature: string;
  readonly columns: readonly number[];
}

/** Every feature line of a fitted trial, in the order of the matrix. */
export function featureColumns(fitted: FittedTrial): FeatureColumns[] {
  const { features } = fitted.preparation;
  // A constant has prepared none of them.
  if (features.length === 0)
    return fitted.spec.features.map(({ column }) => ({ feature: column, columns: [] }));
  let next = 0;
  return features.map((state) => {
    const columns = state.names.map(() => next++);
    return { feature: state.column, columns };
  });
}
