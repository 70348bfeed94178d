import { AutomlError, nearestName } from "../../core/errors.ts";
import {
  findColumn,
  isNumberColumn,
  type CodedColumn,
  type Column,
  type Table,
} from "../../core/table.ts";
import { quoted } from "../quoted.ts";

/**
 * The columns of one table by name and type. Lines come in the order of the table's columns, so a search begins where
 * the last one ended and is O(1) for most.
 */
export class ColumnSource {
  readonly table: Table;
  #cursor = 0;

  constructor(table: Table) {
    this.table = table;
  }

  /** Throws AUTOML_COLUMN_UNKNOWN. */
  column(name: string): Column {
    const { columns } = this.table;
    const next = columns[this.#cursor];
    const found = next?.name === name ? next : findColumn(this.table, name);
    if (found === undefined) throw unknownColumn(name, columns);
    this.#cursor = next === found ? this.#cursor + 1 : columns.indexOf(found) + 1;
    return found;
  }

  /** Values of a number column; a boolean's 0 and 1 count as numbers. Throws AUTOML_COLUMN_TYPE for other types. */
  numbers(name: string, type: "numeric" | "boolean" | "date"): Float64Array<SharedArrayBuffer> {
    const column = this.column(name);
    const fits = column.type === type || (type === "numeric" && column.type === "boolean");
    if (!fits || !isNumberColumn(column)) throw wrongType(column, type);
    return column.values;
  }

  /** A coded column, category or text. Throws AUTOML_COLUMN_TYPE for other types. */
  coded(name: string, type: "category" | "text"): CodedColumn {
    const column = this.column(name);
    if (isNumberColumn(column)) throw wrongType(column, type);
    return column;
  }
}

function unknownColumn(name: string, columns: readonly Column[]): AutomlError {
  const names = columns.map((column) => column.name);
  const near = nearestName(name.slice(0, 200), names);
  return new AutomlError("AUTOML_COLUMN_UNKNOWN", `There is no column ${quoted(name)}.`, {
    hint:
      near === undefined
        ? `Columns: ${names.slice(0, 20).map(quoted).join(", ")}${names.length > 20 ? ", ..." : ""}`
        : `Did you mean ${quoted(near)}?`,
    details: { column: name, columns: names },
  });
}

function wrongType(column: Column, wanted: string): AutomlError {
  return new AutomlError(
    "AUTOML_COLUMN_TYPE",
    `Column ${quoted(column.name)} was read as ${column.type}, but its line takes it as ${wanted}.`,
    {
      hint: `Read the table with the same features, or write column.${column.type}(...).`,
      details: { column: column.name, type: column.type, wanted },
    },
  );
}
