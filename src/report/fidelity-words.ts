import type { Fidelity } from "../core/trial-spec.ts";

/** "1/3 of the rows", "40 % of the rows": what each fit of a trial of lower fidelity got. */
export function fidelityWords({ rows }: Fidelity): string {
  const parts = Math.round(1 / rows);
  const share =
    Math.abs(parts * rows - 1) < 0.02 ? `1/${parts}` : `${(100 * rows).toPrecision(2)} %`;
  return `${share} of the rows`;
}
