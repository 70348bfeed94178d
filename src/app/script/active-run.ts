import { timestampBefore } from "../../core/clock.ts";
import type { JournalLine } from "../../engine/journal.ts";

/** A run whose search wrote nothing for this long was killed. */
const quietSeconds = 60;

/** Written by scripts, whether the run goes on or not. */
const byScripts = ["trial-edited", "test-opened"];

/** True while a run is being trained or resumed: it numbers its trials itself, and an edit would take its next number. */
export function isActive(lines: readonly JournalLine[]): boolean {
  const last = lines.findLast((line) => !byScripts.includes(line.type));
  if (last === undefined || last.type === "run-finished") return false;
  return last.time > timestampBefore(quietSeconds);
}
