import type { TargetSpec, TargetTransform } from "../../core/trial-spec.ts";
import type { ScriptRun } from "../script-input.ts";
import { commentLines, commentText, nameText, phrase } from "../syntax/comment-text.ts";

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
  const { transform, center, weight } = target;
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
  const reading = run.columns.find(({ name }) => name === target.column)?.reason ?? "";
  const cells = /^target: [^.]*\. (.*)$/s.exec(reading)?.[1];
  const read = cells === undefined ? "" : ` ${cells}`;
  const weighted =
    weight === undefined ? "" : ` Rows count as ${nameText(weight)} says, in fits and in scores.`;
  return commentLines(commentText(chosen + read + seen + back + weighted), "// ", 100);
}
