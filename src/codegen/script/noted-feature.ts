import type { ColumnRecord } from "../../core/run-record.ts";
import { isConverted } from "../../core/schema.ts";
import type { FeatureSpec } from "../../core/trial-spec.ts";
import type { NotedLine } from "../syntax/aligned-notes.ts";
import { phrase } from "../syntax/comment-text.ts";
import { layout } from "../syntax/expression.ts";
import { featureExpression } from "./feature-line.ts";
import { countText } from "./number-text.ts";
import { reasonedLine } from "./reason-lines.ts";

/** A feature on a line of its own, with what is known about its column. */
export function notedFeature(spec: FeatureSpec, columns: readonly ColumnRecord[]): NotedLine {
  const code = `  ${layout(featureExpression(spec), 2, 2, 1)},`;
  if (spec.kind === "derived") return { code, note: "computed" };
  const column = columns.find(({ name }) => name === spec.column);
  if (column === undefined) return { code, note: "" };
  const note = columnNote(column);
  return isConverted(column) ? reasonedLine(code, note) : { code, note };
}

function columnNote({ missing, reason }: ColumnRecord): string {
  const facts = [...(missing > 0 ? [`${countText(missing, "cell")} missing`] : []), phrase(reason)];
  return facts.filter((fact) => fact !== "").join("; ");
}
