import { metrics, type MetricName } from "../../../core/metrics.ts";
import type { Evaluation } from "../../../engine/evaluate.ts";
import { formatCount, plural } from "../../../report/format.ts";
import { scriptContext } from "../context.ts";
import { differenceText, textOf } from "./scores.ts";

/** The line that is rewritten while a search goes on; only on a terminal. */
export function printProgress(
  done: number,
  of: number,
  best: Evaluation,
  metric: MetricName,
): void {
  if (!process.stderr.isTTY) return;
  const score = textOf(metric, best.scores[metric], best.scores[metric]);
  const end = done === of ? "\n" : "";
  process.stderr.write(
    `\r\u001b[2K  tune   ${formatCount(done)} of ${formatCount(of)}   best ${score}${end}`,
  );
}

/** What a search found, beside where it began. */
export function printTuning(
  start: Evaluation,
  best: Evaluation,
  metric: MetricName,
  tried: number,
): void {
  if (scriptContext().quiet) return;
  const before = start.scores[metric];
  const now = best.scores[metric];
  const trials = plural(tried, "variation");
  if (start === best) {
    console.log(`  tune   ${trials}, none better than ${textOf(metric, before, before)}`);
    return;
  }
  const score = `${metrics[metric].label} ${textOf(metric, before, before)} → ${textOf(metric, now, before)}`;
  console.log(`  tune   ${trials}: ${score}   ${differenceText(metric, before, now)}`);
  console.log(`         ${changedParameters(start.spec.model.params, best.spec.model.params)}`);
}

function changedParameters(before: object, now: object): string {
  const changes = Object.entries(now)
    .filter(([name, value]) => !Object.is(Reflect.get(before, name), value))
    .map(([name, value]) => `${name}: ${String(Reflect.get(before, name))} → ${String(value)}`);
  return changes.join("   ");
}
