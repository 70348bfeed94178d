import { totalmem } from "node:os";
import type { ColumnType, Table } from "./table.ts";

/** What the machine or the container has, in bytes. */
function machineMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 && constrained < totalmem() ? constrained : totalmem();
}

/** Bytes a run may take: 75 % of what there is, or the megabytes that the user allows if that is less. */
export function allowedMemory(megabytes: number | null): number {
  const asked = megabytes === null ? Infinity : megabytes * 2 ** 20;
  return Math.min(Math.floor(0.75 * machineMemory()), asked);
}

/** Bytes of a column: its values, or its codes and about 64 for each level. */
export function columnBytes(type: ColumnType, rows: number, levels: number): number {
  return type === "category" || type === "text" ? 4 * rows + 64 * levels : 8 * rows;
}

export function tableBytes({ rows, columns }: Table): number {
  const levelsOf = (column: Table["columns"][number]): number =>
    "levels" in column ? column.levels.length : 0;
  return columns.reduce(
    (sum, column) => sum + columnBytes(column.type, rows, levelsOf(column)),
    4 * rows,
  );
}

/** "350 MB", "1.3 GB", in the megabytes of `--memory`. What is needed is rounded up and what is allowed down. */
export function memoryText(bytes: number, towards: "up" | "down"): string {
  const round = towards === "up" ? Math.ceil : Math.floor;
  const megabytes = round(bytes / 2 ** 20);
  if (megabytes < 1024) return `${megabytes} MB`;
  return `${round((bytes / 2 ** 30) * 10) / 10} GB`;
}
