import { pairChart } from "../../../codegen/explore/profile-charts.ts";
import { nameText } from "../../../codegen/syntax/comment-text.ts";
import { plural } from "../../../report/format.ts";
import type { Pair } from "../explore.ts";
import type { Display } from "./display.ts";

/** Points are for a chart; a terminal gets how many they are. */
export function describePair({ columns, points, rows }: Pair): Display {
  const [x, y] = columns;
  const drawn = points.length < rows ? `, ${points.length} of them drawn` : "";
  return {
    title: `${nameText(x)} and ${nameText(y)}   ${plural(rows, "row")} with both${drawn}`,
    notes: points.length === 0 ? [] : ["as points in the notebook; a terminal draws none"],
    chart: pairChart(points, columns),
  };
}
