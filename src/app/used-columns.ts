import type { ColumnSchema } from "../core/schema.ts";
import type { DividedBy } from "../data/division/choose.ts";
import type { ColumnRequest } from "../data/cell-sql.ts";
import type { RunConfig } from "../engine/run-config.ts";

type Columns = Pick<RunConfig, "timeCol" | "groupCol" | "splitCol" | "weightCol">;

/** The column that the rows of a run are divided by; undefined: at random. */
export function dividedBy({ timeCol, groupCol, splitCol }: Columns): DividedBy | undefined {
  if (timeCol !== undefined) return { kind: "time", column: timeCol };
  if (groupCol !== undefined) return { kind: "group", column: groupCol };
  return splitCol === undefined ? undefined : { kind: "column", column: splitCol };
}

/** What a run reads of its file: features, target, the column that rows are divided by, and that of their weights. */
export function usedColumns<C extends ColumnSchema>(
  columns: readonly C[],
  config: Columns,
): (C & ColumnRequest)[] {
  const divided = dividedBy(config)?.column;
  const { weightCol } = config;
  return columns.flatMap((column) => {
    if (column.name === weightCol) return [{ ...column, type: "numeric" as const }];
    const isUsed = column.role === "feature" || column.role === "target" || column.name === divided;
    return isUsed ? [column] : [];
  });
}
