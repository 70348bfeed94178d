import type { TargetSpec, TargetTransform } from "../../core/trial-spec.ts";
import type { ScriptRun } from "../script-input.ts";
import { commentLines, commentText, phrase } from "../syntax/comment-text.ts";

const scales: Readonly<Record<TargetTransform, string>> = {
  none: "as it is",
  log: "on the log scale",
  boxCox: "on a Box-Cox scale",
  quantile: "by its quantiles",
};

/** Codes of the checks that say what the target is like. */
const shapes = ["target-skewed", "target-count", "target-class-like", "target-bounded"];

/** Why this column is predicted, and on which scale. */
export function targetNotes(target: TargetSpec, run: ScriptRun): string[] {
  const { transform, center } = target;
  const chosen = `The column to predict (${run.target.why}), fitted ${scales[transform]}.`;
  const checks = run.checks.filter(
    ({ column, code }) => column === target.column && shapes.includes(code),
  );
  const messages = checks.map(({ message }) => phrase(message));
  const seen = messages.length === 0 ? "" : ` Seen in the data: ${messages.join("; ")}.`;
  const back =
    transform === "none"
      ? ' Others: transform: "log", "boxCox" or "quantile".'
      : ` Predictions and scores are on the original scale${center === "median" ? "; predictions are medians" : ""}.`;
  return commentLines(commentText(chosen + seen + back), "// ", 100);
}
