import { Random } from "../core/random.ts";
import type { RowIndex } from "../core/split.ts";
import { sharedInt32 } from "../core/table.ts";
import type { Fidelity } from "../core/trial-spec.ts";

/** Fewer rows say nothing of a model. */
const fewestRows = 20;

/**
 * The training rows that a fit of lower fidelity gets: a draw that depends on these rows and the share alone, ascending.
 * A smaller share is part of a larger one, so that rungs can be compared. O(rows log rows).
 */
export function drawRows(rows: RowIndex, { rows: share }: Fidelity): RowIndex {
  const count = Math.min(rows.length, Math.max(fewestRows, Math.round(share * rows.length)));
  if (count === rows.length) return rows;
  const first = rows[0] ?? 0;
  const last = rows[rows.length - 1] ?? 0;
  const shuffled = new Random(`fidelity/${rows.length}/${first}/${last}`).shuffle(rows.slice());
  const drawn = sharedInt32(count);
  drawn.set(shuffled.subarray(0, count));
  return drawn.sort();
}
