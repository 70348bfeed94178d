import type { TargetSpec, TargetTransform } from "../../core/trial-spec.ts";
import type { ScriptRun } from "../script-input.ts";
import { commentLines, commentText, phrase } from "../syntax/comment-text.ts";

const scales: Readonly<Record<TargetTransform, string>> = {
  none: "as it is",
  log: "on the log scale",
  boxCox: "on a Box-Cox scale",
  quantile: "by its quantiles",
};

/** Why this column is predicted, and on which scale. */
export function targetNotes(target: TargetSpec, run: ScriptRun): string[] {
  const { transform } = target;
  const chosen = `The column to predict (${run.target.why}), fitted ${scales[transform]}.`;
  const check = run.checks.find(
    ({ column, code }) => column === target.column && code === "target-skewed",
  );
  const seen = check === undefined ? "" : ` Seen in the data: ${phrase(check.message)}.`;
  const back =
    transform === "none"
      ? ' Others: transform: "log", "boxCox" or "quantile".'
      : " Predictions and scores are on the original scale.";
  return commentLines(commentText(chosen + seen + back), "// ", 100);
}
